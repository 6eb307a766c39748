"""What is typed in a section and not saved: kept for its writer, and never written over by another screen."""

import pytest

from core import drafts as core_drafts
from core.models import Draft
from requests.models import StudySection
from tests.cast import client_of
from tests.study.desk import address, fill, get


@pytest.fixture
def reem(cast):
    return client_of(cast.reem)


def keep(client, case, section="needs", **typed):
    return client.post(address(case, "study_keep"), {"section": section} | typed).json()


def shown(client, case, section="needs", draft=""):
    return client.get(address(case, "study_section", section), {"draft": draft}).context


def test_what_is_typed_is_shown_again_as_it_was_typed(taken, reem):
    keep(reem, taken, stated="نحتاج ثلاجة", needs=["rent", "food"], section="needs")
    form = shown(reem, taken)["form"]
    assert form["stated"].value() == "نحتاج ثلاجة"
    assert form["needs"].value() == ["rent", "food"]
    assert not StudySection.objects.exists()


def test_a_page_goes_on_with_its_own_draft(taken, reem):
    first = keep(reem, taken, stated="نحتاج")
    second = keep(reem, taken, stated="نحتاج ثلاجة", draft=first["draft"])
    assert (second["sentence"], Draft.objects.count()) == ("", 1)


def test_a_second_screen_writes_beside_it_and_is_told(taken, reem):
    first = keep(reem, taken, stated="من الهاتف")
    keep(reem, taken, stated="من الهاتف أيضًا", draft=first["draft"])
    late = keep(reem, taken, stated="من المكتب", draft=first["draft"])
    assert late["sentence"]
    context = shown(reem, taken)
    assert context["form"]["stated"].value() == "من المكتب"
    other = context["others"][0]
    assert shown(reem, taken, draft=str(other.pk))["form"]["stated"].value() == "من الهاتف أيضًا"


def test_a_copy_that_knows_of_no_draft_is_kept_beside_the_one_there_is(taken, reem):
    keep(reem, taken, stated="على الخادم")
    assert keep(reem, taken, stated="من الجهاز")["sentence"]
    assert Draft.objects.count() == 2


def test_saving_lets_the_draft_go(taken, reem, cast):
    kept = keep(reem, taken, stated="نحتاج ثلاجة")
    page = shown(reem, taken)
    there = address(taken, "study_section", "needs")
    reem.post(there, {"save": "1", "seen": page["mark"], "draft": kept["draft"], "stated": "نحتاج ثلاجة"})
    assert not Draft.objects.exists()
    assert StudySection.objects.get().stated == "نحتاج ثلاجة"


def test_a_draft_begun_before_a_saving_is_told_of_it(taken, reem):
    """It carries what its writer saw: saving it over something newer is refused once."""
    mark = shown(reem, taken)["mark"]
    kept = keep(reem, taken, stated="قديم", seen=mark)
    there = address(taken, "study_section", "needs")
    reem.post(there, {"save": "1", "seen": mark, "stated": "أحدث"})
    context = shown(reem, taken)
    answer = reem.post(there, {"save": "1", "seen": context["mark"], "draft": kept["draft"], "stated": "قديم"})
    assert answer.status_code == 409
    assert "أحدث" in answer.content.decode()


def test_it_is_let_go_on_purpose(taken, reem):
    kept = keep(reem, taken, stated="نحتاج ثلاجة")
    reem.post(address(taken, "study_forget", "needs"), {"draft": kept["draft"]})
    assert not Draft.objects.exists()


def test_the_list_says_that_something_is_not_saved(taken, reem, cast):
    keep(reem, taken, stated="x")
    rows = {row["section"].name: row["standing"] for row in get(cast.reem, taken, "study").context["rows"]}
    assert (rows["needs"], rows["visit"]) == ("unsaved", "todo")


def test_more_than_any_honest_section_is_not_kept(taken, reem):
    answer = keep(reem, taken, stated="س" * 20_000)
    assert answer["sentence"]
    assert not Draft.objects.exists()


def test_the_keys_of_a_study_are_its_writers_and_its_own(taken, reem, cast):
    page = shown(reem, taken)
    study = f"study:{taken.study.pk}"
    assert page["copy_keys"] == core_drafts.copy_keys(cast.reem, about=study)
    others = [core_drafts.copy_keys(cast.noura, about=study), core_drafts.copy_keys(cast.reem, about="study:0")]
    others.append(core_drafts.copy_keys(cast.reem))
    assert not any(set(page["copy_keys"]) & set(keys) for keys in others)


@pytest.mark.parametrize("section", ["", "nothing", "line-", "line-gold", "../income"])
def test_only_sections_and_lines_are_kept(taken, reem, section):
    assert reem.post(address(taken, "study_keep"), {"section": section, "stated": "x"}).status_code == 404


def test_a_line_that_was_typed_is_shown_again(taken, reem, cast):
    keep(reem, taken, section="line-income", kind="pension", amount="2400")
    form = get(cast.reem, taken, "study_line_add", "income").context["form"]
    assert (form["kind"].value(), form["amount"].value()) == ("pension", "2400")
    rows = {row["section"].name: row["standing"] for row in get(cast.reem, taken, "study").context["rows"]}
    assert rows["income"] == "unsaved"


def test_the_page_for_a_visit_holds_every_section_with_what_was_typed(taken, reem):
    keep(reem, taken, stated="نحتاج ثلاجة")
    rows = {row["section"].name: row for row in reem.get(address(taken, "study_field")).context["rows"]}
    assert len(rows) == 12
    assert rows["needs"]["form"]["stated"].value() == "نحتاج ثلاجة"


def test_the_page_for_a_visit_asks_a_constant_number_of_queries(taken, reem, cast, django_assert_max_num_queries):
    def asked():
        with django_assert_max_num_queries(45) as queries:
            assert reem.get(address(taken, "study_field")).status_code == 200
        return len(queries)

    few = asked()
    fill(cast.reem, taken)
    keep(reem, taken, stated="x")
    assert asked() <= few


def test_several_new_lines_wait_beside_each_other_and_each_is_saved_by_itself(taken, reem):
    salary = keep(reem, taken, section="line-income", kind="salary", amount="3000")
    pension = keep(reem, taken, section="line-income-2", kind="pension", amount="1200")
    page = reem.get(address(taken, "study_field")).content.decode()
    assert 'value="1200"' in page
    assert "بنود كُتبت في الزيارة" in reem.get(address(taken, "study_section", "income")).content.decode()
    assert "بنود كُتبت في الزيارة" in reem.get(address(taken, "study_section", "opinion")).content.decode()
    facts = {"every": "month", "known_by": "told", "counts": "yes", "field": "1"}
    there = address(taken, "study_line_add", "income")
    reem.post(
        there, facts | {"section": "line-income-2", "draft": pension["draft"], "kind": "pension", "amount": "1200"}
    )
    assert [row.kind for row in taken.study.lines.all()] == ["pension"]
    assert Draft.objects.get().pk == int(salary["draft"].partition(".")[0])


@pytest.mark.parametrize("name", ["line-income-1", "line-income-7", "line-income-22", "line-wealth-2", "line-"])
def test_a_line_is_kept_in_one_of_its_places_or_not_at_all(taken, reem, name):
    assert reem.post(address(taken, "study_keep"), {"section": name}).status_code == 404


def test_a_line_that_is_wrong_is_shown_in_its_own_place(taken, reem):
    there = address(taken, "study_line_add", "income")
    answer = reem.post(there, {"section": "line-income-3", "kind": "salary", "amount": ""})
    assert answer.context["kept_as"] == "line-income-3"
    answer = reem.post(there, {"section": "line-obligation-3", "kind": "salary", "amount": ""})
    assert answer.context["kept_as"] == "line-income"
