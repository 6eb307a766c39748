"""The file of the first decision, as it stood: kept, read by those who decide next, and never altered."""

import pytest

from core.models import StoredFile
from core.uploads import store
from requests.appeal import actions
from requests.appeal.page import frozen_file, objection
from requests.models import DocumentCheck, FrozenFile, Study
from tests.appeal.desk import objected
from tests.cast import client_of
from tests.paper import upload


@pytest.fixture
def rejected(case_at, cast):
    case = case_at("rejected")
    paper = case.checks.first()
    paper.pages.create(file=store(upload(), by_id=cast.noura.pk), position=1)
    return case


def words(rows) -> str:
    return " ".join(f"{label} {value}" for label, value in rows)


def test_what_the_decision_was_taken_on_stays_when_the_study_and_the_papers_change(rejected, cast):
    first = Study.objects.get(case=rejected)
    findings, reasons = first.findings, rejected.decisions.get().reasons
    objected(rejected, cast)
    Study.objects.filter(pk=first.pk).update(findings="دراسة جديدة", income="9000")
    DocumentCheck.objects.filter(case=rejected).update(label="ورقة أخرى")
    shown = objection(rejected)["first"]
    assert findings in words(shown["study"])
    assert "9,000" not in words(shown["study"])
    assert reasons in words(shown["decision"])
    assert "ورقة أخرى" not in words(shown["papers"])
    assert not shown["unsound"]


def test_its_papers_stay_on_the_disk_when_they_are_taken_out_of_the_case(rejected, cast):
    from core import uploads

    objected(rejected, cast)
    page = rejected.checks.first().pages.get()
    stored = page.file
    page.delete()
    uploads.discard(stored)
    assert StoredFile.objects.filter(pk=stored.pk).exists()
    assert client_of(cast.secretary).get(f"/files/{stored.key}/").status_code == 200


def test_a_changed_picture_would_be_seen(rejected, cast):
    """The control: what is kept is compared with its hash."""
    frozen = objected(rejected, cast).frozen
    frozen.data["decision"]["reasons"] = "سبب آخر"
    assert frozen_file(frozen, study=True)["unsound"]


def test_the_counter_reads_neither_the_study_nor_the_votes(rejected, cast):
    objected(rejected, cast)
    shown = objection(rejected, study=False)["first"]
    assert (shown["study"], shown["lines"], shown["sections"]) == ([], [], [])
    assert "الحاضرون" not in words(shown["decision"])
    findings = Study.objects.get(case=rejected).findings
    assert findings not in client_of(cast.noura).get(f"/requests/{rejected.reference}/").content.decode()


def test_those_who_decide_next_read_the_objection_and_the_first_file(rejected, cast):
    from requests.models import SupportRequest

    objected(rejected, cast)
    case = actions.take_up(rejected, by=cast.secretary)
    page = client_of(cast.alternate).get(f"/requests/{case.reference}/").content.decode()
    assert "لم يُحسب إيجار البيت" in page
    assert Study.objects.get(case=case).findings in page
    assert SupportRequest.objects.visible_to(cast.alternate).filter(pk=case.pk).exists()


def test_there_is_one_picture_of_one_objection(rejected, cast):
    objected(rejected, cast)
    assert FrozenFile.objects.get().pages.count() == 1


def test_a_section_is_kept_in_its_own_words_whatever_is_asked_or_answered_later(rejected, cast):
    study = Study.objects.get(case=rejected)
    section = study.sections.create(
        name="housing", observed="سقف المطبخ متشقق", answers={"condition": "poor", "lacks": ["roof"]}
    )
    objected(rejected, cast)
    type(section).objects.filter(pk=section.pk).update(observed="أُصلح السقف", answers={"condition": "good"})
    [shown] = [part for part in objection(rejected)["first"]["sections"] if part["rows"]]
    assert "سقف المطبخ متشقق" in words(shown["rows"])
    assert "السقف أو الجدران" in words(shown["rows"])
    assert "أُصلح" not in words(shown["rows"])
