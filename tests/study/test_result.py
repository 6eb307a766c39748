"""What a completed study came to is kept with everything it was counted from, and never altered."""

from decimal import Decimal

import pytest
from django.urls import reverse

from policies.bands.actions import save_band
from policies.models import NeedBand
from requests.models import Study, StudyResult
from requests.study.actions import recommend
from requests.study.lines.actions import add_line
from requests.study.page import summary
from tests import recorded
from tests.cast import client_of
from tests.security.test_database import refused
from tests.study.desk import OPINION, fill, get, send


@pytest.fixture
@recorded.kept_rows
def raised(taken, cast):
    fill(cast.reem, taken)
    add_line(taken, by=cast.reem, kind="rent", amount=Decimal(12000), every="year")
    add_line(taken, by=cast.reem, kind="loan", amount=Decimal(400), every="month", counts=False, why_not="قرض سيارة")
    send(cast.reem, taken, "obligations", observed="رأيت العقد.")
    send(cast.reem, taken, "opinion", **OPINION)
    taken.refresh_from_db()
    return taken


def test_inputs_formula_and_result_are_kept(raised, cast):
    row = StudyResult.objects.get()
    assert (row.formula, row.household_size, row.per_head, row.made_by) == (1, 3, Decimal("666.67"), cast.reem)
    assert (row.band, row.by_example) == ("ب: حاجة متوسطة", True)
    lines = [(line["kind"], line["amount"], line["counts"], line["said_by"]) for line in row.inputs["lines"]]
    assert lines == [
        ("salary", "3000.00", True, None),
        ("rent", "12000.00", True, None),
        ("loan", "400.00", False, cast.reem.name),
    ]
    assert row.inputs["bands"][0] == {"label": "أ: حاجة شديدة", "up_to": "500.00", "example": True}
    assert row.inputs["sections"]["housing"]["observed"] == "سقف المطبخ متشقق."
    assert row.inputs["recommendation"]["kind"] == "bill"


def test_the_table_of_bands_may_change_and_the_result_stays(raised, cast):
    band = NeedBand.objects.get(up_to=500)
    band.up_to = Decimal(700)
    save_band(band, by=cast.editor)
    assert (raised.study.band, StudyResult.objects.get().band) == ("ب: حاجة متوسطة", "ب: حاجة متوسطة")
    shown = summary(raised.study, cast.member1)["figure"]
    assert (shown["band"].label, shown["example"]) == ("ب: حاجة متوسطة", True)


def test_a_study_completed_anew_leaves_a_row_beside_the_first(taken, cast):
    whole = {"household_size": 3, "income": "3000", "findings": "x", "recommends": "approve", "reasons": "x"}
    recommend(taken, by=cast.reem, **whole)
    type(taken).objects.filter(pk=taken.pk).update(state="social_research")
    recommend(taken, by=cast.reem, **whole | {"income": "1200"})
    assert [row.per_head for row in StudyResult.objects.all()] == [1000, 400]


def shown(person, case) -> str:
    return client_of(person).get(reverse("committee:case", args=[case.reference])).content.decode()


def test_the_committee_reads_by_which_formula_and_when_it_was_counted(raised, cast):
    page = shown(cast.member1, raised)
    assert "حُسب بالمعادلة رقم 1، في" in page
    assert "نتائج سابقة" not in page


def test_after_a_return_it_reads_what_stood_before(raised, cast):
    """The figure, the band and what was recommended; the researcher too, while the study is open again."""
    type(raised).objects.filter(pk=raised.pk).update(state="social_research")
    Study.objects.filter(case=raised).update(completed_at=None)
    assert "نتائج سابقة" in get(cast.reem, raised, "study").content.decode()
    recommend(raised, by=cast.reem, income="1200", recommends="reject")
    page = shown(cast.member1, raised)
    for words in ("نتائج سابقة", "نصيب الفرد من الدخل: 666.67 ريال شهريًا", "سداد إيجار ثلاثة أشهر"):
        assert words in page


NEVER = [
    "UPDATE requests_studyresult SET per_head = 0",
    "UPDATE requests_studyresult SET inputs = ''",
    "DELETE FROM requests_studyresult",
    "TRUNCATE requests_studyresult CASCADE",
]


def test_no_sql_alters_a_result(raised):
    assert [statement for statement in NEVER if not refused(statement)] == []


def test_the_summary_shows_lines_sections_and_formula(raised, cast):
    told = summary(raised.study, cast.member1)
    assert told["figure"]["formula"] == "(3,000 − 1,000) ÷ 3 = 666.67"
    assert told["figure"]["example"]
    assert [len(row["lines"]) for row in told["sections"] if row["lines"]] == [1, 2]
    housing = next(row for row in told["sections"] if row["facts"] and row["texts"])
    assert housing["texts"][0][1] == "سقف المطبخ متشقق."


def test_the_committee_reads_it_and_a_projector_names_nobody(raised, cast):
    member = client_of(cast.member1)
    there = reverse("committee:case", args=[raised.reference])
    assert "الأم والابن الأكبر" in member.get(there).content.decode()
    assert "الأم والابن الأكبر" not in member.get(f"{there}?projector=1").content.decode()


def test_its_researcher_reads_it_on(raised, cast):
    page = get(cast.reem, raised, "study").content.decode()
    assert "قرض سيارة" in page
    assert 'name="findings"' not in page


def test_the_case_page_reads_the_same_income(raised, cast):
    page = client_of(cast.reem).get(f"/requests/{raised.reference}/").content.decode()
    assert "666.67" in page
