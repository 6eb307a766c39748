"""Lines of a study: each says whether it counts, and who says why when it does not; the study is counted anew."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from beneficiaries.means.actions import add_means
from beneficiaries.models import MeansLine
from core.errors import Refused
from requests.models import Study, StudyLine
from requests.study.actions import save_study
from requests.study.lines.actions import add_line, amend_line, remove_line
from tests.cast import client_of
from tests.study.desk import address, get, send

LINE = {"kind": "salary", "amount": "٣٬٠٠٠", "every": "month", "known_by": "paper", "counts": "yes"}
OUT = {"counts": "no", "why_not": "انقطع منذ شهرين"}


def post(person, case, name, *more, **facts):
    return client_of(person).post(address(case, name, *more), facts)


def kept(case):
    return Study.objects.get(case=case)


@pytest.fixture
def salary(taken, cast):
    save_study(taken, by=cast.reem, household_size=3)
    return add_line(taken, by=cast.reem, kind="salary", amount=Decimal(3000), every="month")


def test_the_formula_is_shown_in_words_and_figures(taken, salary, cast):
    add_line(taken, by=cast.reem, kind="rent", amount=Decimal(12000), every="year")
    page = get(cast.reem, taken, "study_section", "income").content.decode()
    assert "(3,000 − 1,000) ÷ 3 = 666.67" in page
    assert kept(taken).per_head == Decimal("666.67")


def test_a_line_is_added_in_arabic_digits_and_leads_back_to_its_section(taken, cast):
    answer = post(cast.reem, taken, "study_line_add", "income", **LINE)
    assert answer.headers["Location"] == address(taken, "study_section", "income")
    assert kept(taken).income == 3000


def test_a_form_sent_twice_adds_one_line(taken, cast):
    key = get(cast.reem, taken, "study_line_add", "income").context["form_key"]
    for _time in range(2):
        post(cast.reem, taken, "study_line_add", "income", form_key=key, **LINE)
    assert kept(taken).lines.count() == 1


def test_a_line_that_does_not_count_says_why_and_who(taken, salary, cast):
    post(cast.reem, taken, "study_line", salary.pk, **LINE | OUT)
    salary.refresh_from_db()
    assert (salary.counts, salary.why_not, salary.said_by) == (False, OUT["why_not"], cast.reem)
    assert kept(taken).per_head == 0


def test_without_a_reason_it_counts_on(taken, salary, cast):
    answer = post(cast.reem, taken, "study_line", salary.pk, **LINE | {"counts": "no"})
    assert set(answer.context["form"].errors) == {"why_not"}
    assert kept(taken).per_head == 1000


def test_counted_again_it_owes_no_reason(taken, salary, cast):
    amend_line(salary, by=cast.reem, counts=False, why_not="انقطع")
    salary = amend_line(salary, by=cast.reem, counts=True)
    assert (salary.counts, salary.why_not, salary.said_by) == (True, "", None)


@pytest.mark.parametrize("facts", [{"counts": False}, {"why_not": "x"}, {"amount": 0}, {"side": "obligation"}])
def test_the_database_holds_it_too(taken, salary, facts):
    with pytest.raises(IntegrityError):
        StudyLine.objects.filter(pk=salary.pk).update(**facts)


def test_an_obligation_is_no_income(taken, cast):
    answer = post(cast.reem, taken, "study_line_add", "income", **LINE | {"kind": "rent"})
    assert set(answer.context["form"].errors) == {"kind"}


def test_what_the_study_changes_the_file_does_not(taken, cast):
    add_means(taken.person, by=cast.noura, kind="pension", amount="2400", every="month")
    line = add_line(taken, by=cast.reem, kind="pension", amount=Decimal(2400), every="month")
    remove_line(line, by=cast.reem)
    assert MeansLine.objects.get(person=taken.person).amount == 2400


def test_a_line_taken_out_is_counted_no_more(taken, salary, cast):
    post(cast.reem, taken, "study_line_remove", salary.pk)
    assert not StudyLine.objects.exists()


def test_the_figure_while_typing_is_the_servers_and_keeps_nothing(taken, salary, cast):
    reply = post(cast.reem, taken, "study_figure", **LINE | {"kind": "rent", "amount": "1000"})
    assert "(3,000 − 1,000) ÷ 3 = 666.67" in reply.content.decode()
    assert StudyLine.objects.count() == 1


def test_while_the_line_is_not_whole_the_figure_is_that_of_the_others(taken, salary, cast):
    for typed in ({"kind": "gold"}, LINE | {"amount": "كثير"}, {}):
        assert "(3,000 − 0) ÷ 3 = 1,000" in post(cast.reem, taken, "study_figure", **typed).content.decode()


def test_the_figure_of_a_line_that_is_changed_counts_it_once(taken, salary, cast):
    reply = post(cast.reem, taken, "study_figure", line=salary.pk, **LINE | {"amount": "1500"})
    assert "(1,500 − 0) ÷ 3 = 500" in reply.content.decode()


def test_a_sum_given_whole_is_one_line_in_place_of_others(taken, salary, cast):
    save_study(taken, by=cast.reem, income="4200", obligations="1250", household_size=5)
    assert [(line.kind, line.amount) for line in kept(taken).lines.all()] == [
        ("other_income", 4200),
        ("other_obligation", 1250),
    ]
    assert kept(taken).per_head == Decimal("590.00")


def test_nobody_else_writes_a_line(taken, salary, cast):
    with pytest.raises(Refused):
        amend_line(salary, by=cast.noura, amount=Decimal(1))
    with pytest.raises(Refused):
        remove_line(salary, by=cast.chair)


def test_a_line_of_another_study_is_not_there(taken, case_at, cast, salary):
    other = case_at("social_research")
    client_of(cast.reem).post(address(other, "take"))
    assert get(cast.reem, other, "study_line", salary.pk).status_code == 404


def test_a_study_holds_so_many_lines(taken, cast, monkeypatch):
    monkeypatch.setattr("requests.study.rules.MOST_LINES", 1)
    add_line(taken, by=cast.reem, kind="rent", amount=Decimal(1), every="month")
    answer = post(cast.reem, taken, "study_line_add", "income", **LINE)
    assert answer.status_code == 422


def test_a_line_takes_back_that_there_is_none(taken, cast):
    send(cast.reem, taken, "obligations", none="on")
    add_line(taken, by=cast.reem, kind="salary", amount=Decimal("3000"), every="month")
    assert taken.study.sections.get(name="obligations").answers == {"none": True}  # of the other side
    add_line(taken, by=cast.reem, kind="rent", amount=Decimal("900"), every="month")
    assert taken.study.sections.get(name="obligations").answers == {}
