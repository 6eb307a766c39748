"""Judging papers, what may be uploaded with one, and who may open the file afterwards."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.models import ReadRow, StoredFile
from requests.conflict.actions import declare as declare_conflict
from tests.cast import client_of, new_case


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return SimpleUploadedFile("هوية.png", out.getvalue(), content_type="image/png")


def judge(user, check, **facts):
    fields = {f"p{check.pk}-{name}": value for name, value in facts.items()}
    return client_of(user).post(reverse("requests:judge", args=[check.case.reference, check.pk]), fields)


@pytest.fixture
def check(case):
    return case.checks.filter(has_expiry=True).first()


def get(user, stored):
    return client_of(user).get(reverse("requests:file", args=[stored.key]))


def test_an_accepted_paper_leads_to_the_next_one(check, cast):
    answer = judge(cast.noura, check, state="accepted", valid_until="١/١/١٤٦٠")
    check.refresh_from_db()
    assert check.state == "accepted"
    following = check.case.checks.exclude(pk=check.pk).first()
    assert answer.url == reverse("requests:judge", args=[check.case.reference, following.pk])


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "accepted"},
        {"state": "accepted", "valid_until": "1/1/1440"},
        {"state": "problem"},
        {"state": "problem", "reason": "   "},
        {"state": "lost", "reason": "x"},
        {"state": "accepted", "valid_until": "31/31/1447"},
        {},
    ],
)
def test_what_is_not_whole_is_refused_and_kept_as_typed(check, cast, facts):
    answer = judge(cast.noura, check, **facts)
    check.refresh_from_db()
    assert answer.status_code == 422
    assert check.state == "not_given"


def test_a_paper_everybody_has_is_never_said_not_to_exist(case, cast):
    check = case.checks.filter(may_not_exist=False).first()
    assert judge(cast.noura, check, state="does_not_exist", reason="ليس معه").status_code == 422


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.png", b"<script>alert(1)</script>", content_type="image/png"),
        SimpleUploadedFile("a.pdf", b"%PDF-1.7 nothing", content_type="application/pdf"),
        SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/svg+xml"),
        SimpleUploadedFile("a.html", b"<html></html>", content_type="application/pdf"),
    ],
    ids=["script as png", "broken pdf", "svg", "html as pdf"],
)
def test_bad_uploads_are_refused_and_nothing_is_kept(check, cast, upload):
    upload.seek(0)
    answer = judge(cast.noura, check, state="given", pages=upload)
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_a_refused_judgement_keeps_no_file(check, cast, settings):
    assert judge(cast.noura, check, state="problem", pages=picture()).status_code == 422
    assert not StoredFile.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_file_is_handed_out_as_an_attachment_that_no_browser_guesses_about(check, cast):
    judge(cast.noura, check, state="given", pages=picture())
    answer = get(cast.noura, StoredFile.objects.get())
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert ReadRow.objects.filter(what="file", actor_id=cast.noura.pk).count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("saad", 200), ("huda", 404), ("reem", 404), ("chair", 404), ("store", 404), ("manager", 404), ("editor", 404)],
)
def test_a_file_is_for_whoever_reads_its_case(check, cast, who, status):
    judge(cast.noura, check, state="given", pages=picture())
    assert get(getattr(cast, who), StoredFile.objects.get()).status_code == status


def test_a_document_of_a_person_is_closed_with_the_case_it_was_shown_in(check, cast):
    """Control: without the conflict the same officer opens it."""
    judge(cast.noura, check, state="accepted", valid_until="1/1/1460", pages=picture())
    stored = StoredFile.objects.get()
    assert get(cast.saad, stored).status_code == 200
    declare_conflict(check.case, by=cast.saad, why="قريبي")
    assert get(cast.saad, stored).status_code == 404


def test_a_file_of_nobody_is_for_nobody(cast):
    from core.uploads import store

    assert get(cast.noura, store(picture(), by_id=cast.noura.pk)).status_code == 404


def test_a_researcher_is_told_why_they_do_not_judge(case_at, cast):
    case = case_at("social_research")
    answer = judge(cast.noura, case.checks.first(), state="given")
    assert answer.status_code == 422
    assert answer.context["why_not"] in answer.content.decode()


def test_a_paper_of_another_case_is_not_judged_through_this_one(case, cast):
    other = new_case(by=cast.noura).checks.first()
    url = reverse("requests:judge", args=[case.reference, other.pk])
    assert client_of(cast.noura).get(url).status_code == 404


def test_the_other_calendar_is_echoed(cast):
    echo = client_of(cast.noura).post(reverse("requests:date_echo"), {"p1-valid_until": "8/2/1445"})
    assert "24 أغسطس 2023م" in echo.content.decode()
    wrong = client_of(cast.noura).post(reverse("requests:date_echo"), {"x": "<b>31/31/1445"})
    assert "<b>" not in wrong.content.decode()
