"""Referral letters are numbered within their Hijri year, from one, without a gap and never twice."""

from importlib import import_module

import pytest
from django.db import connection, transaction

from core import numbers
from core.models import Series
from requests.delivery.actions import describe
from requests.delivery.letters import issue_letter
from requests.models import ReferralLetter
from tests.races import at_once

WORDS = {"addressee": "مستشفى نموذجي", "body": "نص", "signatory": "مدير", "signatory_title": "المدير"}
NEW_YEAR = "2027-06-06T09:00:00+03:00"  # the first day of 1449


@pytest.fixture
def case(case_at, cast):
    case = case_at("registered")
    describe(case, by=cast.store, kind="referral", payee="مستشفى نموذجي")
    return case


def serials() -> list[tuple[int, int]]:
    return list(ReferralLetter.objects.order_by("pk").values_list("year", "serial"))


def test_they_go_on_within_the_year_and_begin_again_with_the_next(case, cast, day_one):
    issue_letter(case, by=cast.store, **WORDS)
    issue_letter(case, by=cast.store, **WORDS)
    day_one.move_to(NEW_YEAR, tick=False)
    issue_letter(case, by=cast.store, **WORDS)
    (year, one), second, third = serials()
    assert [(year, one), second, third] == [(year, 1), (year, 2), (year + 1, 1)]


def test_one_that_fails_gives_its_number_back(case, cast):
    with transaction.atomic():
        issue_letter(case, by=cast.store, **WORDS)
        transaction.set_rollback(True)
    assert issue_letter(case, by=cast.store, **WORDS).serial == 1


def test_those_issued_before_the_series_was_kept_are_gone_on_from(case, cast):
    """The migration's own statement."""
    year = issue_letter(case, by=cast.store, **WORDS).year
    issue_letter(case, by=cast.store, **WORDS)
    Series.objects.all().delete()
    with connection.cursor() as sql:
        sql.execute(import_module("requests.migrations.0026_referral_letters_are_a_series").GO_ON)
    assert numbers.held(f"referral letters {year}").last == 2
    assert issue_letter(case, by=cast.store, **WORDS).serial == 3


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_four_at_once_have_four_numbers(case, case_at, cast):
    other = case_at("registered")
    describe(other, by=cast.store, kind="referral", payee="مستشفى نموذجي")
    works = [lambda case=case: issue_letter(case, by=cast.store, **WORDS) for case in (case, other)] * 2
    assert sorted(letter.serial for letter in at_once(*works)) == [1, 2, 3, 4]
