"""The officer's desk: who lays a document there, who opens it, and what happens to the one before."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errors import Refused
from core.models import AuditRow, StoredFile
from policies.desk.actions import lay
from policies.models import DeskDocument
from tests.cast import amend, client_of
from tests.paper import upload


@pytest.fixture
def tool(cast, pack):
    return pack.tools.first()


def add(person, tool, **fields):
    fields = {"name": "اللائحة", "file": upload(), **fields}
    return client_of(person).post(reverse("policies:tool_add", args=[tool.pk]), fields)


@pytest.mark.parametrize("who", ["editor", "manager"])
def test_the_editor_and_the_manager_lay_documents_there(cast, tool, who):
    assert add(getattr(cast, who), tool).url == reverse("policies:tools")
    assert tool.documents.get().uploaded_by == getattr(cast, who)


@pytest.mark.parametrize("who", ["noura", "huda", "reem", "chair", "it", "store"])
def test_whoever_works_by_the_documents_does_not_replace_them(cast, tool, who):
    assert add(getattr(cast, who), tool).status_code == 404
    assert not DeskDocument.objects.exists()


def test_the_verb_refuses_too(cast, tool):
    with pytest.raises(Refused):
        lay(tool, by=cast.noura, upload=upload(), name="دليل")
    assert not StoredFile.objects.exists()


def test_an_officer_opens_it_in_the_browser(cast, tool):
    document = lay(tool, by=cast.manager, upload=upload(), name="اللائحة الأساسية")
    page = client_of(cast.noura).get(reverse("policies:tools")).content.decode()
    address = reverse("policies:tool_file", args=[document.file.key])
    assert address in page
    answer = client_of(cast.noura).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_outsiders_and_other_files_are_not_found(client, cast, tool):
    document = lay(tool, by=cast.manager, upload=upload(), name="اللائحة")
    address = reverse("policies:tool_file", args=[document.file.key])
    assert client.get(address).status_code == 302
    assert client_of(cast.it).get(address).status_code == 404
    assert client_of(cast.noura).get(reverse("policies:tool_file", args=[uuid4()])).status_code == 404


def test_a_case_file_is_not_served_by_the_desks_door(cast, tool):
    other = StoredFile.objects.create(kind="pdf", size=1, sha256="0" * 64, file="x.pdf")
    assert client_of(cast.noura).get(reverse("policies:tool_file", args=[other.key])).status_code == 404


def test_a_newer_document_takes_the_place_and_the_older_stays_readable(cast, tool):
    old = lay(tool, by=cast.manager, upload=upload(), name="الأولى")
    new = lay(tool, by=cast.editor, upload=upload(), name="الثانية")
    old.refresh_from_db()
    assert (old.replaced_at is None, new.replaced_at is None) == (False, True)
    page = client_of(cast.noura).get(reverse("policies:tools")).content.decode()
    assert [name in page for name in ("الأولى", "الثانية")] == [True, True]
    assert client_of(cast.noura).get(reverse("policies:tool_file", args=[old.file.key])).status_code == 200
    assert AuditRow.objects.filter(verb="desk_document_laid").count() == 2


def test_a_picture_renamed_or_nothing_is_refused_with_a_sentence(cast, tool):
    for wrong in (SimpleUploadedFile("x.pdf", b"not a pdf"), ""):
        answer = add(cast.manager, tool, file=wrong)
        assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)
    assert not StoredFile.objects.exists()


def test_the_desk_is_that_of_the_version_in_force(cast, tool, pack):
    amend(draft=lambda draft: draft.tools.filter(code="basic_bylaw").delete())
    page = client_of(cast.noura).get(reverse("policies:tools")).content.decode()
    assert "اللائحة الأساسية" not in page
    assert add(cast.manager, tool).status_code == 404


def test_a_document_stays_on_the_desk_when_a_new_version_has_its_tool(cast, tool, pack):
    document = lay(tool, by=cast.manager, upload=upload(), name="اللائحة")
    version = amend()
    assert version.tools.first().documents.get().file == document.file


def test_the_form_is_printed_from_the_desk(cast, pack):
    assert reverse("requests:blank") in client_of(cast.noura).get(reverse("policies:tools")).content.decode()


@pytest.mark.parametrize("address", ["oversight:waiting", "requests:counter", "requests:queue", "channels:inquiries"])
def test_the_desk_is_one_click_away_on_every_officers_screen(cast, pack, address):
    menu = client_of(cast.noura).get(reverse(address)).content.decode().split("</header>")[0]
    assert reverse("policies:tools") in menu


def test_the_desk_asks_a_constant_number_of_questions(cast, pack, django_assert_max_num_queries):
    for tool in pack.tools.all():
        lay(tool, by=cast.manager, upload=upload(), name="وثيقة")
    reader = client_of(cast.noura)
    with django_assert_max_num_queries(11):
        reader.get(reverse("policies:tools"))
