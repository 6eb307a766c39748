"""One telephone, two people: the code of the second closes the first, and nothing of the first is read behind it."""

import pytest
from django.test import Client

from channels.models import OneTimeCode
from requests.appeal.drafts import keep
from requests.public import access, code_door
from tests.appeal.desk import WORDS, let_in, shown
from tests.public.desk import last_four, look_up

PAGES = ("/status/decision/", "/status/objection/", "/status/objection/check/")


@pytest.fixture
def first(case_at):
    return case_at("rejected")


@pytest.fixture
def second(case_at):
    return case_at("rejected")


@pytest.fixture
def phone(first, second):
    """The first person has read their decision and begun to object; then the second has their own code."""
    phone = Client()
    let_in(phone, first)
    keep(first, text=WORDS)
    assert WORDS in phone.get("/status/objection/").content.decode(), "the control: behind the first code"
    assert let_in(phone, second).url == "/status/decision/"
    return phone


def test_behind_the_second_code_stands_the_second_request_alone(phone, first, second):
    pages = [shown(phone.get(page, follow=True)) for page in PAGES]
    assert phone.session[code_door.BEHIND][0] == phone.session[access.OPENED][1] == second.pk
    for page in pages:
        assert WORDS not in page
        assert first.reference not in page


def test_going_back_to_the_first_needs_a_new_code(phone, first):
    phone.get(f"/t/{first.status_token}/")
    assert WORDS not in phone.get("/status/objection/").content.decode(), "its link opens nothing behind a code"
    look_up(phone, first.reference, last_four(first))
    assert {phone.get(page).url for page in PAGES} == {"/status/code/"}


def test_the_first_code_opens_no_second_request_whatever_the_session_says(phone, first, second):
    """A session in which the two were mixed up: the code was sent for another request."""
    session = phone.session
    pk, _code, until = session[code_door.BEHIND]
    other = first_code(first)
    session[code_door.BEHIND] = [pk, other, until]
    session.save()
    assert all(phone.get(page).status_code == 302 for page in PAGES)


def first_code(case) -> int:
    return OneTimeCode.objects.filter(subject=code_door.subject_of(case)).latest("pk").pk


def test_leaving_closes_the_second_and_opens_nothing(phone):
    phone.post("/status/leave/")
    assert all(phone.get(page).status_code == 302 for page in PAGES)
