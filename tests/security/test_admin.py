"""Django's admin: no case by a side door, no role given to oneself, and every change of an account in the record."""

import pytest
from django.urls import reverse

from accounts.models import Branch, User
from accounts.roles import Role
from core.models import AuditRow
from policies.models import Service
from tests.cast import client_of

NEW_PASSWORD = "عبارة-طويلة-لا-تُخمَّن-1448"


@pytest.fixture
def it(cast, day_one):
    cast.it.is_staff = True
    cast.it.save()
    return client_of(cast.it)


@pytest.fixture
def editor(cast, day_one):
    cast.editor.is_staff = True
    cast.editor.save()
    return client_of(cast.editor)


def change(client, account: User, **facts):
    form = {
        "username": account.username,
        "name": account.name,
        "email": "",
        "branch": account.branch_id or "",
        "roles": account.roles,
        "is_active": "on",
        "is_staff": "on" if account.is_staff else "",
    }
    return client.post(reverse("admin:accounts_user_change", args=[account.pk]), form | facts)


@pytest.mark.parametrize("kind", ["branch", "user"])
def test_deleting_would_list_people_by_name_so_it_is_not_offered(it, cast, case, kind):
    about = cast.noura.branch if kind == "branch" else cast.noura
    address = reverse(f"admin:accounts_{kind}_delete", args=[about.pk])
    assert it.get(address).status_code == 403
    selected = {"action": "delete_selected", "_selected_action": [about.pk]}
    page = it.post(reverse(f"admin:accounts_{kind}_changelist"), selected, follow=True)
    assert case.person.family_name not in page.content.decode()
    assert Branch.objects.filter(pk=cast.noura.branch_id).exists()


def test_django_would_have_listed_them(rf, cast, case):
    """The control: what the page of deletion is filled with."""
    from django.contrib import admin

    request = rf.get("/")
    request.user = User(is_superuser=True, is_active=True)
    listed = admin.site._registry[Branch].get_deleted_objects([cast.noura.branch], request)
    assert case.person.family_name in str(listed)


def test_nor_are_references_listed_to_the_policy_editor(editor, case):
    assert editor.get(reverse("admin:policies_service_delete", args=[case.service_id])).status_code == 403
    assert Service.objects.filter(pk=case.service_id).exists()


def test_nobody_gives_themselves_a_role(it, cast):
    change(it, cast.it, roles=["manager", "it_admin"], branch=cast.north.pk)
    cast.it.refresh_from_db()
    assert (cast.it.roles, cast.it.branch.code) == (["it_admin"], "main")


def test_a_colleague_is_given_one_and_the_record_says_so(it, cast):
    """The control, and the record: which rights the account has from now on, by whom."""
    reply = change(it, cast.saad, roles=["officer", "researcher"])
    assert reply.status_code == 302, reply.context["adminform"].form.errors
    cast.saad.refresh_from_db()
    assert cast.saad.roles == ["officer", "researcher"]
    row = AuditRow.objects.get(verb="account_changed")
    assert (row.actor, row.subject_id, row.changes["roles"]) == ("it", str(cast.saad.pk), ["officer", "researcher"])


def test_a_new_password_is_in_the_record_and_its_words_are_not(it, cast):
    address = reverse("admin:auth_user_password_change", args=[cast.saad.pk])
    it.post(address, {"usable_password": "true", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    row = AuditRow.objects.get(verb="account_changed")
    assert row.subject_id == str(cast.saad.pk)
    assert NEW_PASSWORD not in str(row.changes)


def test_the_page_of_an_account_does_not_hold_its_password(it, cast):
    """Neither to read as a hash, nor to write as one."""
    cast.saad.set_password(NEW_PASSWORD)
    cast.saad.save()
    kept = cast.saad.password
    page = it.get(reverse("admin:accounts_user_change", args=[cast.saad.pk])).content.decode()
    assert kept.rpartition("$")[2] not in page
    assert change(it, cast.saad, password="pbkdf2_sha256$1$a$b").status_code == 302
    cast.saad.refresh_from_db()
    assert cast.saad.password == kept


def test_the_account_that_may_do_everything_is_closed_to_the_others(it, db):
    root = User.objects.create(username="root", name="الأصل", is_superuser=True, is_staff=True)
    address = reverse("admin:auth_user_password_change", args=[root.pk])
    assert it.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}).status_code == 403
    change(it, root, username="mine")
    root.refresh_from_db()
    assert (root.username, root.password) == ("root", "")


def test_no_field_of_the_form_makes_a_superuser(it, cast):
    change(it, cast.saad, is_superuser="on", user_permissions=["1"], groups=["1"])
    cast.saad.refresh_from_db()
    assert not cast.saad.is_superuser


@pytest.mark.parametrize("path", ["password__startswith=p", "seats__user__password__startswith=p"])
def test_a_list_cannot_be_asked_about_passwords(it, path):
    assert it.get(f"{reverse('admin:accounts_user_changelist')}?{path}").status_code == 400


def test_a_role_that_is_none_is_refused(it, cast):
    assert change(it, cast.saad, roles=["god"]).status_code == 200
    cast.saad.refresh_from_db()
    assert cast.saad.roles == [str(Role.OFFICER)]
