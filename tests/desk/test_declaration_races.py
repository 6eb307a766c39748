"""The same paper scanned by two at once is kept once, and the other is told; with the control that without the lock
the other meets the database."""

import pytest
from django.db import IntegrityError

from core.errors import Refused
from core.models import StoredFile
from requests import workflow
from requests.declaration import actions, rules
from requests.models import SignedPaper, SupportRequest
from tests.cast import new_case
from tests.desk.test_papers import picture
from tests.races import at_once, waiting_for_all

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def scanned_at_once(cast) -> list[str]:
    """What each of two met: its scan kept, a sentence, or the database."""
    pk = new_case(by=cast.noura).pk
    cases = [(SupportRequest.objects.get(pk=pk), user) for user in (cast.noura, cast.saad)]
    scans = [lambda case=case, user=user: actions.attach_paper(case, by=user, scan=picture()) for case, user in cases]
    ends = at_once(*scans, met=(Refused, IntegrityError))
    return sorted(type(end).__name__ if isinstance(end, Exception) else "kept" for end in ends)


def test_one_is_kept_and_the_other_told(cast, day_one):
    assert scanned_at_once(cast) == ["Refused", "kept"]
    assert (SignedPaper.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_control_without_the_lock_the_other_meets_the_database(cast, day_one, monkeypatch):
    monkeypatch.setattr(rules, "why_not_scan", waiting_for_all(2, rules.why_not_scan))
    monkeypatch.setattr(workflow, "lock", lambda case: case)
    assert scanned_at_once(cast) == ["IntegrityError", "kept"]
