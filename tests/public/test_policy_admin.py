"""The policy in Django admin: by role, a published version only to read, and no cases anywhere."""

import pytest
from django.contrib import admin

from policies.models import Association, PolicyVersion, Service
from tests.cast import client_of


@pytest.fixture
def editor(cast):
    cast.editor.is_staff = True
    cast.editor.save()
    return client_of(cast.editor)


@pytest.mark.parametrize("name", ["association", "policyversion", "service", "category"])
def test_the_editor_opens_each_list(editor, name):
    assert editor.get(f"/admin/policies/{name}/").status_code == 200


def test_an_officer_given_the_admin_by_mistake_finds_no_policies_there(cast):
    cast.noura.is_staff = True
    cast.noura.save()
    assert client_of(cast.noura).get("/admin/policies/service/").status_code == 403


def test_a_published_version_is_only_read(editor):
    version = PolicyVersion.in_force()
    url = f"/admin/policies/policyversion/{version.pk}/change/"
    assert editor.get(url).status_code == 200
    assert editor.post(url, {"title": "أخرى"}).status_code == 403
    assert editor.post(f"/admin/policies/policyversion/{version.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_draft_is_written_but_not_published_by_a_field(editor):
    draft = PolicyVersion.objects.create(label="2", title="مسودة", procedures=["programme_permits"])
    page = editor.get(f"/admin/policies/policyversion/{draft.pk}/settings/").content.decode()
    assert 'name="title"' in page
    assert 'name="state"' not in page


def test_there_is_one_association_and_it_stays(editor):
    association = Association.objects.get()
    assert editor.get("/admin/policies/association/add/").status_code == 403
    assert editor.post(f"/admin/policies/association/{association.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_list_is_written_a_line_each(editor):
    service = Service.objects.create(code="x", label="خدمة", kind="other", summary="ملخص")
    form = {"code": "x", "label": "خدمة", "kind": "other", "summary": "ملخص", "position": "0", "is_active": "on"}
    form |= {
        "we_do": "ندرس الحالة، ثم نزورها, إن لزم\r\nنسدد إلى المؤجر",
        "papers-TOTAL_FORMS": "0",
        "papers-INITIAL_FORMS": "0",
    }
    assert editor.post(f"/admin/policies/service/{service.pk}/change/", form).status_code == 302
    service.refresh_from_db()
    assert service.we_do == ["ندرس الحالة، ثم نزورها, إن لزم", "نسدد إلى المؤجر"]


def test_no_case_and_no_person_is_registered_in_the_admin():
    apps = {model._meta.app_label for model in admin.site._registry}
    assert apps.isdisjoint({"beneficiaries", "requests", "channels", "surveys", "core"})
