"""Several pages at once, in their order, all or none; more later, a wrong one taken away; each within what is read."""

import pytest
from django.urls import reverse

from beneficiaries.models import DocumentPage
from core.audit import history
from core.models import StoredFile
from requests.models import CheckPage, DocumentCheck
from requests.verification import rules
from requests.verification.forms import MOST_FILES
from tests.cast import client_of, new_case
from tests.verification.sample import file, photograph, scan, send, stored


@pytest.fixture
def check(case):
    return case.checks.get(code="family_record")


def kinds(check) -> list[tuple[str, int]]:
    return [(page.file.kind, page.file.pages) for page in check.pages.select_related("file")]


def test_several_pages_come_at_once_and_keep_their_order(check, cast):
    files = [file(photograph()), file(scan(3), "عقد.pdf"), file(photograph(kind="PNG"), "خلف.png")]
    assert send(cast.noura, check, state="not_given", files=files).status_code == 302
    check.refresh_from_db()
    assert (check.state, kinds(check)) == ("given", [("jpg", 1), ("pdf", 3), ("png", 1)])


def test_more_pages_go_behind_those_that_are_there(check, cast):
    send(cast.noura, check, state="given", files=[file(photograph())])
    send(cast.noura, check, state="given", files=[file(scan(), "ظهر.pdf")])
    assert kinds(check) == [("jpg", 1), ("pdf", 1)]


def test_of_several_files_all_are_kept_or_none_and_each_refused_one_is_named(check, cast, settings):
    bad, worse = file(b"PK\x03\x04" + bytes(60), "ملف.docx"), file(b"%PDF-1.7 nothing", "عقد.pdf")
    answer = send(cast.noura, check, state="given", files=[file(photograph()), bad, worse])
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(words in text for words in ("لم يُحفظ أي من الملفات", "ملف.docx: ", "عقد.pdf: "))
    assert "صورة.jpg: " not in text
    assert not StoredFile.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_refused_judgement_keeps_no_page(check, cast):
    assert send(cast.noura, check, state="problem", files=[file(photograph())]).status_code == 422
    assert not StoredFile.objects.exists()


def test_a_paper_has_a_most_of_pages(check, cast):
    """Sixty are read; one more is not."""
    assert send(cast.noura, check, state="given", files=[file(scan(rules.MOST_PAGES), "عقد.pdf")]).status_code == 302
    answer = send(cast.noura, check, state="given", files=[file(photograph())])
    assert answer.status_code == 422
    assert f"{rules.MOST_PAGES} صفحة" in answer.content.decode()
    assert kinds(check) == [("pdf", rules.MOST_PAGES)]


def test_and_a_most_of_weight(check, cast):
    heavy = stored()
    StoredFile.objects.filter(pk=heavy.pk).update(size=rules.MOST_MEGABYTES * 1_000_000)
    CheckPage.objects.create(paper=check, file=heavy, position=1)
    assert send(cast.noura, check, state="given", files=[file(photograph())]).status_code == 422
    assert check.pages.count() == 1


def test_so_many_files_at_once_are_too_many(check, cast):
    answer = send(cast.noura, check, state="given", files=[file(photograph()) for _ in range(MOST_FILES + 1)])
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def removing(page: CheckPage) -> str:
    return reverse("requests:remove_page", args=[page.paper.case.reference, page.paper_id, page.pk])


def remove(person, page: CheckPage):
    return client_of(person).post(removing(page))


def test_a_wrong_page_is_taken_away_and_its_file_with_it(check, cast, settings, django_capture_on_commit_callbacks):
    send(cast.noura, check, state="given", files=[file(photograph()), file(scan(), "عقد.pdf")])
    with django_capture_on_commit_callbacks(execute=True):
        assert remove(cast.noura, check.pages.first()).status_code == 302
    assert kinds(check) == [("pdf", 1)]
    assert StoredFile.objects.count() == 1
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 1
    assert history(check.case).filter(verb="removed_page").count() == 1


def test_without_its_last_page_a_paper_is_not_given(check, cast):
    send(cast.noura, check, state="given", files=[file(photograph())])
    remove(cast.noura, check.pages.get())
    check.refresh_from_db()
    assert check.state == "not_given"


def test_a_file_that_stands_elsewhere_too_stays(check, cast):
    """A page carried in from an earlier request goes from this one only."""
    send(cast.noura, check, state="accepted", files=[file(photograph())])
    again = new_case(by=cast.noura, person=check.case.person).checks.get(code=check.code)
    remove(cast.noura, again.pages.get())
    assert not again.pages.exists()
    assert check.pages.get().file == DocumentPage.objects.get().file


def test_the_pages_of_an_accepted_paper_stay(check, cast):
    send(cast.noura, check, state="accepted", files=[file(photograph())])
    assert remove(cast.noura, check.pages.get()).status_code == 422
    assert check.pages.count() == 1


@pytest.mark.parametrize(("state", "status", "left"), [("verified", 302, 0), ("approved", 422, 1)])
def test_once_the_request_is_decided_its_pages_stay(case_at, cast, state, status, left):
    """Whatever came of their paper: what was judged is what was decided on."""
    check = case_at(state).checks.first()
    CheckPage.objects.create(paper=check, file=stored(), position=1)
    DocumentCheck.objects.filter(pk=check.pk).update(state="given")
    page = check.pages.get()
    papers = client_of(cast.noura).get(reverse("requests:papers", args=[check.case.reference])).content.decode()
    assert (removing(page) in papers) is (status == 302)
    assert remove(cast.noura, page).status_code == status
    assert check.pages.count() == left


@pytest.mark.parametrize("who", ["huda", "reem", "chair", "store", "manager", "editor"])
def test_only_the_counter_of_the_case_takes_a_page_away(check, cast, who):
    send(cast.noura, check, state="given", files=[file(photograph())])
    assert remove(getattr(cast, who), check.pages.get()).status_code == 404
    assert check.pages.count() == 1


def test_a_page_is_taken_from_its_own_paper_only(check, cast, case):
    send(cast.noura, check, state="given", files=[file(photograph())])
    other = case.checks.exclude(pk=check.pk).first()
    address = reverse("requests:remove_page", args=[case.reference, other.pk, check.pages.get().pk])
    assert client_of(cast.noura).post(address).status_code == 404


# A PDF, page by page


@pytest.fixture
def contract(check, cast):
    send(cast.noura, check, state="given", files=[file(scan(2), "عقد.pdf")])
    return check.pages.get().file


def drawn(person, stored: StoredFile, number: int):
    return client_of(person).get(reverse("requests:file_page", args=[stored.key, number]))


def test_each_page_of_a_pdf_is_shown_as_a_picture_and_kept_nowhere(contract, cast):
    answer = drawn(cast.noura, contract, 2)
    content = b"".join(answer.streaming_content)
    assert (answer.status_code, content[:8]) == (200, b"\x89PNG\r\n\x1a\n")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"
    assert content != b"".join(drawn(cast.noura, contract, 1).streaming_content)


@pytest.mark.parametrize("number", [0, 3, 99999])
def test_a_page_that_is_not_there_is_not_there(contract, cast, number):
    assert drawn(cast.noura, contract, number).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("saad", 200), ("huda", 404), ("reem", 404), ("chair", 404), ("manager", 404), ("store", 404)]
)
def test_a_page_is_for_whoever_reads_its_file(contract, cast, who, status):
    assert drawn(getattr(cast, who), contract, 1).status_code == status


def test_a_picture_has_no_pages_to_draw(check, cast):
    assert drawn(cast.noura, stored(), 1).status_code == 404
