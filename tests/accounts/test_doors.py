"""Signing in, stepping into a sample account, and what each role may do in Django's admin."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cast import client_of

PASSWORD = "كلمة-مرور-للاختبار-1448"


@pytest.fixture
def officer(cast):
    cast.noura.set_password(PASSWORD)
    cast.noura.save()
    return cast.noura


def sign_in(client: Client, password: str):
    return client.post(reverse("accounts:sign_in"), {"username": "noura", "password": password})


def test_the_right_password_leads_to_what_waits_for_me(officer):
    assert sign_in(Client(), PASSWORD).url == reverse("oversight:waiting")


def test_a_wrong_password_says_what_to_do_in_arabic(officer):
    page = sign_in(Client(), "خطأ").content.decode()
    assert "راجعهما وحاول مرة أخرى" in page


def test_six_wrong_passwords_close_the_door_for_a_while(officer):
    client = Client()
    for _try in range(6):
        sign_in(client, "خطأ")
    assert sign_in(client, PASSWORD).status_code == 429


def test_a_staff_page_asks_a_stranger_to_sign_in(pack):
    assert Client().get(reverse("requests:queue")).url.startswith(reverse("accounts:sign_in"))


def test_a_sample_account_is_entered_with_one_button_in_a_demonstration(cast, settings):
    settings.DEMO = True
    client = Client()
    client.post(reverse("accounts:enter_demo"), {"username": "noura"})
    assert client.get(reverse("oversight:waiting")).status_code == 200


@pytest.mark.parametrize(("demo", "username"), [(False, "noura"), (True, "nobody"), (True, "root")])
def test_no_account_is_entered_outside_a_demonstration_nor_one_that_is_not_a_sample(cast, settings, demo, username):
    User.objects.create(username="root", is_superuser=True)
    settings.DEMO = demo
    assert Client().post(reverse("accounts:enter_demo"), {"username": username}).status_code == 404


@pytest.mark.parametrize(
    ("who", "opens", "stays_shut"),
    [("editor", "policies:policyversion", "accounts:user"), ("it", "accounts:user", "policies:service")],
)
def test_each_keeps_their_own_lists_in_the_admin(cast, who, opens, stays_shut):
    person = getattr(cast, who)
    person.is_staff = True
    person.save()
    client = client_of(person)
    assert client.get(admin_list(opens)).status_code == 200
    assert client.get(admin_list(stays_shut)).status_code == 403


def admin_list(model: str) -> str:
    return reverse(f"admin:{model.replace(':', '_')}_changelist")


def test_cases_and_people_are_not_in_the_admin(pack):
    from django.contrib import admin

    hidden = {"requests", "beneficiaries", "surveys", "channels"}
    assert hidden.isdisjoint({model._meta.app_label for model in admin.site._registry})


def test_an_officer_has_no_rights_in_the_admin(cast):
    cast.noura.is_staff = True
    cast.noura.save()
    assert not cast.noura.has_module_perms("policies")
    assert not cast.noura.has_perm("accounts.change_user")
