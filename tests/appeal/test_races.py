"""Two objections at one moment are one, and the other is told so; with controls (trust.md, races)."""

import pytest
from django.db import IntegrityError

from core.errors import Refused
from requests import workflow
from requests.appeal import actions, rules
from requests.models import Appeal
from tests.appeal.desk import objected, objected_online
from tests.races import at_once, waiting_for_all

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def kinds(results) -> list[str]:
    return sorted(type(each).__name__ for each in results)


def test_the_person_and_the_counter_at_once_are_one_objection(case_at, cast):
    case = case_at("rejected")
    results = at_once(lambda: objected(case, cast), lambda: objected_online(case))
    assert kinds(results) == ["Appeal", "Refused"]
    assert Appeal.objects.count() == 1


def test_control_without_the_lock_only_the_database_stands_between_them(case_at, cast, monkeypatch):
    case = case_at("rejected")
    monkeypatch.setattr(actions.workflow, "lock", lambda each: type(each).objects.get(pk=each.pk))
    monkeypatch.setattr(rules, "rejection_of", waiting_for_all(2, rules.rejection_of))
    works = [lambda: objected(case, cast), lambda: objected_online(case)]
    assert kinds(at_once(*works, met=(Refused, IntegrityError))) == ["Appeal", "IntegrityError"]


def test_two_secretaries_at_once_reopen_once(case_at, cast):
    case = case_at("rejected")
    objected(case, cast)
    results = at_once(*[lambda: actions.take_up(case, by=cast.secretary)] * 2)
    assert kinds(results) == ["Refused", "SupportRequest"]
    assert case.steps.filter(action="reopen_on_appeal").count() == 1


def test_control_reopening_without_the_lock_is_done_twice(case_at, cast, monkeypatch):
    case = case_at("rejected")
    objected(case, cast)
    monkeypatch.setattr(workflow, "lock", lambda each: type(each).objects.get(pk=each.pk))
    monkeypatch.setattr(workflow, "lacking", waiting_for_all(2, workflow.lacking))
    from django.db import DatabaseError

    results = at_once(*[lambda: actions.take_up(case, by=cast.secretary)] * 2, met=(Refused, DatabaseError))
    assert "Refused" not in kinds(results)
