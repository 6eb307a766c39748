"""One form sent by many hands at once (trust.md): one request, and everybody is led to its receipt."""

import pytest

from requests.intake import views
from requests.models import SupportRequest
from tests.cast import client_of, new_person
from tests.intake.desk import NEW, returning_form, url_of, whole_form
from tests.races import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
KEY = "6f1c1f52-6f0e-4a9e-9d0e-6f6f3d5d8a11"
AT_ONCE = 10


def posted_at_once(person, url: str, form: dict) -> list[tuple[int, str]]:
    """(status, where it led) of the same POST sent by as many browsers at once."""
    clients = [client_of(person) for _each in range(AT_ONCE)]
    answers = at_once(*[lambda client=client: client.post(url, form) for client in clients])
    return [(answer.status_code, answer.headers.get("Location", "")) for answer in answers]


def test_a_new_person_registered_many_times_at_once_is_one_request(cast, day_one):
    answers = posted_at_once(cast.noura, NEW, whole_form(form_key=KEY))
    assert answers == [(302, f"/requests/{SupportRequest.objects.get().reference}/receipt/")] * AT_ONCE


def returned_at_once(cast) -> int:
    person = new_person(by=cast.noura)
    posted_at_once(cast.noura, url_of(person), returning_form(person, form_key=KEY))
    return SupportRequest.objects.count()


def test_a_returning_persons_form_sent_many_times_at_once_is_one_request(cast, day_one):
    assert returned_at_once(cast) == 1


def test_control_without_the_key_each_sending_is_a_request(cast, day_one, monkeypatch):
    monkeypatch.setattr(views.once, "sent", lambda key, make: make())
    assert returned_at_once(cast) == AT_ONCE
