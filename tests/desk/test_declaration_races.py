"""The same paper scanned by two at once is kept once, and the other is told; with the control that without the lock
the other meets the database."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from core.errors import Refused
from core.models import StoredFile
from requests import workflow
from requests.declaration import actions, rules
from requests.models import SignedPaper, SupportRequest
from tests.cast import new_case
from tests.desk.test_papers import picture

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def scanned_at_once(cast) -> list[str]:
    """What each of two met: its scan kept, a sentence, or the database."""
    pk, start = new_case(by=cast.noura).pk, threading.Barrier(2)

    def hand(user) -> str:
        case = SupportRequest.objects.get(pk=pk)
        start.wait(10)
        try:
            actions.attach_paper(case, by=user, scan=picture())
        except (Refused, IntegrityError) as error:
            return type(error).__name__
        else:
            return "kept"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        return sorted(hands.map(hand, [cast.noura, cast.saad]))


def test_one_is_kept_and_the_other_told(cast, day_one):
    assert scanned_at_once(cast) == ["Refused", "kept"]
    assert (SignedPaper.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_control_without_the_lock_the_other_meets_the_database(cast, day_one, monkeypatch):
    both_looked, rule = threading.Barrier(2), rules.why_not_scan

    def looked(case, by):
        sentence = rule(case, by)
        both_looked.wait(10)
        return sentence

    monkeypatch.setattr(rules, "why_not_scan", looked)
    monkeypatch.setattr(workflow, "lock", lambda case: case)
    assert scanned_at_once(cast) == ["IntegrityError", "kept"]
