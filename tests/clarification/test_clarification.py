"""Referral for clarification (clause PS-3): the researcher answers, the person is told, and the case stays put."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Branch
from accounts.roles import Role
from core.audit import history
from core.errors import Refused
from core.models import OutboxRow
from oversight.conformity.measures import MEASURES, Asked
from oversight.conformity.period import Period
from policies.models import Association
from requests.clarification import rules
from requests.clarification.actions import answer, ask, take, tell
from requests.clarification.card import answers_shown
from requests.models import Clarification, Exclusion, SupportRequest
from tests.cast import client_of, new_case, user
from tests.public.desk import page_of as status_page_of

QUESTION, ANSWER = "ما معنى «البحث الاجتماعي»؟ هل يزورونني؟", "يتصل بك الباحث أولًا، ثم تتفقان على موعد يناسبك."


def page_of(person, case):
    return client_of(person).get(reverse("requests:case", args=[case.reference])).content.decode()


def asked(case, cast, question=QUESTION) -> Clarification:
    return ask(case, by=cast.noura, question=question)


def answered(case, cast, **facts) -> Clarification:
    return answer(asked(case, cast), by=cast.reem, **{"text": ANSWER, **facts})


def events(case) -> list[str]:
    return list(OutboxRow.objects.filter(subject_id=str(case.pk)).order_by("id").values_list("event", flat=True))


# The case never moves


@pytest.mark.parametrize("state", ["received", "verified", "social_research", "committee_review", "approved"])
def test_the_case_stays_exactly_where_it_is(cast, case_at, state):
    case = case_at(state)
    before = SupportRequest.objects.values().get(pk=case.pk), case.steps.count()
    tell(answered(case, cast), by=cast.noura, how="counter")
    assert (SupportRequest.objects.values().get(pk=case.pk), case.steps.count()) == before


def test_every_step_is_in_the_record_and_on_the_page(cast, case):
    tell(answered(case, cast), by=cast.saad, how="phone")
    verbs = [row.verb for row in history(case) if "clarification" in row.verb]
    assert verbs == ["asked_clarification", "answered_clarification", "told_clarification"]
    page = page_of(cast.noura, case)
    assert [s for s in ("أُحيل سؤال", "أجاب الباحث", "عرف صاحب الطلب جواب سؤاله") if s not in page] == []


def test_the_record_holds_neither_question_nor_answer(cast, case):
    answered(case, cast)
    assert not any(QUESTION in str(row.changes) or ANSWER in str(row.changes) for row in history(case))


# Who asks


@pytest.mark.parametrize("name", ["reem", "store", "manager", "secretary"])
def test_the_counter_refers_and_nobody_else(cast, case, name):
    with pytest.raises(Refused):
        ask(case, by=getattr(cast, name), question=QUESTION)


def test_another_branch_does_not_refer(cast, case):
    with pytest.raises(Refused):
        ask(case, by=cast.huda, question=QUESTION)


def test_one_question_at_a_time_then_another(cast, case):
    row = asked(case, cast)
    with pytest.raises(Refused, match="مفتوح"):
        asked(case, cast)
    tell(answer(row, by=cast.reem, text=ANSWER), by=cast.noura, how="counter")
    asked(case, cast, "وكم يستغرق ذلك؟")
    assert case.clarifications.count() == 2


def test_the_database_holds_one_open_question_too(cast, case):
    asked(case, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clarification.objects.create(case=case, question="ثانٍ", asked_by=cast.noura)


def test_nothing_is_referred_once_the_request_is_over(cast, case_at):
    with pytest.raises(Refused):
        asked(case_at("delivered"), cast)


# Who answers


def test_it_goes_to_the_researcher_of_the_case(cast, case_at):
    case = case_at("committee_review")
    assert asked(case, cast).researcher == case.researcher


def test_without_one_it_goes_to_the_researchers_of_the_branch(cast, case):
    other = user("rana", "رنا", Role.RESEARCHER, branch="north")
    row = asked(case, cast)
    assert row.researcher is None
    assert list(Clarification.objects.visible_to(cast.reem)) == [row]
    assert not Clarification.objects.visible_to(other).exists()


def test_a_researcher_who_left_leaves_no_question_behind(cast, case_at):
    case = case_at("committee_review")
    cast.reem.is_active = False
    cast.reem.save()
    assert asked(case, cast).researcher is None


def test_a_taken_question_is_not_answered_by_a_colleague(cast, case):
    colleague = user("rana", "رنا", Role.RESEARCHER)
    row = take(asked(case, cast), by=cast.reem)
    with pytest.raises(Refused, match=cast.reem.name):
        answer(row, by=colleague, text=ANSWER)


def test_after_two_working_days_a_colleague_may_take_it_over(cast, case, day_one):
    colleague = user("rana", "رنا", Role.RESEARCHER)
    row = take(asked(case, cast), by=cast.reem)
    day_one.move_to("2026-11-24T23:59:00+03:00", tick=False)  # Tuesday: two working days after Sunday
    with pytest.raises(Refused):
        take(row, by=colleague)
    day_one.move_to("2026-11-25T00:00:00+03:00", tick=False)
    assert take(row, by=colleague).researcher == colleague


def test_an_answered_question_is_not_answered_again(cast, case):
    with pytest.raises(Refused):
        answer(answered(case, cast), by=cast.reem, text="جواب آخر")


def test_a_recused_researcher_does_not_see_the_question(cast, case):
    row = asked(case, cast)
    Exclusion.objects.create(case=case, user=cast.reem, why=Exclusion.Why.CONFLICT_DECLARED)
    with pytest.raises(Refused):
        answer(row, by=cast.reem, text=ANSWER)
    assert client_of(cast.reem).get(reverse("requests:clarification", args=[row.pk])).status_code == 404


def test_the_researcher_reads_the_question_and_nothing_else_of_the_case(cast, case):
    row = asked(case, cast)
    researcher = client_of(cast.reem)
    assert researcher.get(reverse("requests:case", args=[case.reference])).status_code == 404
    page = researcher.get(reverse("requests:clarification", args=[row.pk])).content.decode()
    assert QUESTION in page
    assert case.service.label in page
    for hidden in (case.person.family_name, case.reference, case.need, case.person.mobile[-9:]):
        assert hidden not in page


# How long


@pytest.mark.parametrize(
    ("asked_at", "now", "late"),
    [
        ("2026-11-22T09:00", "2026-11-24T23:59", False),  # Sunday → Tuesday
        ("2026-11-22T09:00", "2026-11-25T00:00", True),  # … → Wednesday
        ("2026-11-26T15:00", "2026-11-30T23:59", False),  # Thursday → Monday: Friday and Saturday do not count
        ("2026-11-26T15:00", "2026-12-01T00:00", True),
        ("2026-11-27T10:00", "2026-11-30T12:00", False),  # asked on a Friday counts from Sunday
    ],
)
def test_two_working_days_are_counted_in_working_days(cast, case, day_one, asked_at, now, late):
    day_one.move_to(f"{asked_at}:00+03:00", tick=False)
    row = asked(case, cast)
    day_one.move_to(f"{now}:00+03:00", tick=False)
    assert rules.is_late(row) is late
    assert Clarification.objects.filter(rules.late()).exists() is late


def test_a_holiday_does_not_count(cast, case, day_one):
    Association.objects.update(holidays=["2026-11-23"])
    row = asked(case, cast)
    day_one.move_to("2026-11-25T12:00:00+03:00", tick=False)
    assert not rules.is_late(row)


def test_answered_it_waits_anew_for_the_telling_and_told_it_waits_no_more(cast, case, day_one):
    row = asked(case, cast)
    day_one.move_to("2026-11-29T09:00:00+03:00", tick=False)
    row = answer(row, by=cast.reem, text=ANSWER)
    assert not rules.is_late(row)
    day_one.move_to("2026-12-02T09:00:00+03:00", tick=False)
    assert rules.is_late(row)
    assert not rules.is_late(tell(row, by=cast.noura, how="counter"))


# How the answer reaches the person


def test_a_private_answer_is_never_sent_and_stays_open_until_told(cast, case):
    row = tell(answered(case, cast), by=cast.noura, how="message")
    assert events(case)[-1] == "clarification_ready"
    assert ANSWER not in str(OutboxRow.objects.latest("id").facts)
    assert (row.told_at, row.invited_at is not None) == (None, True)
    with pytest.raises(Refused):
        tell(row, by=cast.noura, how="message")
    assert tell(row, by=cast.noura, how="phone").told_how == "phone"


def test_an_answer_fit_for_the_page_is_told_by_its_link(cast, case):
    row = tell(answered(case, cast, may_be_shown=True), by=cast.noura, how="message")
    assert events(case)[-1] == "clarification_on_page"
    assert row.told_how == "message"


def test_the_status_page_shows_the_answer_and_never_the_question(cast, case):
    answered(case, cast, may_be_shown=True)
    page = status_page_of(Client(), case)
    assert ANSWER in page
    assert QUESTION not in page


def test_without_the_tick_the_status_page_shows_nothing(cast, case):
    answered(case, cast)
    assert answers_shown(case) == []
    assert ANSWER not in status_page_of(Client(), case)


@pytest.mark.parametrize(
    "private",
    [
        "يا {first} {family}، ننتظر ورقة واحدة.",
        "رقم هويتك {national_id} مسجل.",
        "نتصل بك على ‎{mobile}.",
        "حُدد لك ٣٬٠٠٠ ريال.",
        "المبلغ 3000 ر.س شهريًّا.",
        "يصرف لك بالريال: ٣٠٠٠.",
        "الموعد ل{first} {family} يوم الأحد.",
    ],
)
def test_what_is_plainly_private_does_not_stand_where_the_link_leads(cast, case, private):
    person = case.person
    text = private.format(
        first=person.first_name,
        family=person.family_name,
        national_id=person.national_id,
        mobile="0" + person.mobile[-9:],
    )
    with pytest.raises(Refused):
        answered(case, cast, text=text, may_be_shown=True)
    assert answer(case.clarifications.first() or asked(case, cast), by=cast.reem, text=text).answer == text


def test_the_associations_telephone_is_no_number_of_the_person(cast, case):
    assert answered(case, cast, text="اتصل بنا على 0110000004.", may_be_shown=True).may_be_shown


def test_an_untold_answer_is_not_told_before_it_is_given(cast, case):
    with pytest.raises(Refused):
        tell(asked(case, cast), by=cast.noura, how="counter")


# Screens


def test_from_the_case_page_to_the_waiting_lists_and_back(cast, case):
    officer, researcher = client_of(cast.noura), client_of(cast.reem)
    url = reverse("requests:clarify", args=[case.reference])
    assert officer.post(url, {"question": " "}).status_code == 422
    assert officer.post(url, {"question": QUESTION}, follow=True).status_code == 200
    row = case.clarifications.get()
    assert QUESTION[:60] in researcher.get(reverse("oversight:waiting")).content.decode()
    assert QUESTION[:60] not in officer.get(reverse("oversight:waiting")).content.decode()
    page = reverse("requests:clarification", args=[row.pk])
    assert researcher.post(page, {"answer": ""}).status_code == 422
    assert researcher.post(page, {"answer": ANSWER}).status_code == 302
    assert QUESTION[:60] in officer.get(reverse("oversight:waiting")).content.decode()
    assert ANSWER in page_of(cast.noura, case)
    told = reverse("requests:clarification_told", args=[case.reference, row.pk])
    assert officer.post(told, {"how": "x"}).status_code == 422
    assert officer.post(told, {"how": "counter"}).status_code == 302
    assert QUESTION[:60] not in officer.get(reverse("oversight:waiting")).content.decode()


def test_the_masked_manager_reads_neither(cast, case):
    answered(case, cast)
    assert ANSWER not in page_of(cast.manager, case)


def test_a_question_of_another_case_is_not_told_here(cast, case):
    other = answered(new_case(by=cast.noura), cast)
    url = reverse("requests:clarification_told", args=[case.reference, other.pk])
    assert client_of(cast.noura).post(url, {"how": "counter"}).status_code == 404


def test_the_waiting_list_asks_a_constant_number_of_queries(cast, day_one, django_assert_max_num_queries):
    researcher = client_of(cast.reem)
    for _each in range(3):
        asked(new_case(by=cast.noura), cast)
    with django_assert_max_num_queries(60) as few:
        researcher.get(reverse("oversight:waiting"))
    for _each in range(5):
        asked(new_case(by=cast.noura), cast)
    with django_assert_max_num_queries(len(few)):
        researcher.get(reverse("oversight:waiting"))


def test_the_oldest_question_stands_first(cast, day_one):
    first, second = new_case(by=cast.noura), new_case(by=cast.noura)
    asked(second, cast, "الأقدم؟")
    day_one.shift(60)
    asked(first, cast, "الأحدث؟")
    page = client_of(cast.reem).get(reverse("oversight:waiting")).content.decode()
    assert page.index("الأقدم؟") < page.index("الأحدث؟")


def test_a_delegate_refers_and_tells_in_their_branch_alone(cast, case):
    Branch.objects.get(code="north")
    theirs = new_case(by=cast.huda)
    row = ask(theirs, by=cast.huda, question=QUESTION)
    row = answer(row, by=cast.reem, text=ANSWER)  # the head office's researcher sees every branch
    assert tell(row, by=cast.huda, how="counter").told_by == cast.huda


# The conformity report


def test_the_clause_is_measured(cast, case, day_one):
    answered(case, cast)
    asked(new_case(by=cast.noura), cast)
    about = Asked(Period(date(2026, 11, 1), date(2026, 12, 31)), case.policy_version, Association.current())
    count = lambda name: MEASURES[name].rows(about).count()  # noqa: E731
    assert (count("clarified"), count("clarified_answered"), count("clarified_late")) == (2, 1, 0)
    day_one.move_to("2026-11-25T09:00:00+03:00", tick=False)
    assert count("clarified_late") == 2
