"""What has no amount is handed over once, or once in each month decided; and nothing is handed over to the dead."""

import pytest
from django.db import DatabaseError, transaction

from core import clock
from core.errors import Refused
from requests.delivery.actions import cancel
from requests.delivery.planning import plan
from requests.models import Instalment, SupportRequest
from tests.delivery.desk import planned, post, take


def days(count: int) -> list:
    return [(None, clock.today())] * count


@pytest.mark.parametrize(("months", "most"), [(None, 1), (3, 3)])
def test_without_an_amount_it_is_planned_as_often_as_was_decided(given, cast, months, most):
    case = given(total=None, months=months)
    with pytest.raises(Refused, match="لم يبق|مرة|مرتين|مرات"):
        plan(case, by=cast.store, rows=days(most + 1))
    plan(case, by=cast.store, rows=days(most))
    assert case.instalments.outstanding().count() == most


def test_what_was_received_and_cancelled_is_gone_from_it(given, cast):
    case = given(total=None, months=3)
    planned(case, cast, 3)
    take(case, cast, 1)
    cancel(case, by=cast.store, why="refused", only=case.instalments.get(number=2))
    with pytest.raises(Refused):
        plan(case, by=cast.store, rows=days(2), why="مرة أخرى")
    plan(case, by=cast.store, rows=days(1), why="يوم آخر")


@pytest.mark.parametrize("months", [None, 2])
def test_the_database_refuses_one_more_too(given, cast, months):
    case = given(total=None, months=months)
    planned(case, cast, months or 1)
    with pytest.raises(DatabaseError, match="more often"), transaction.atomic():
        Instalment.objects.create(case=case, number=9)


def test_an_amount_is_divided_as_often_as_they_like(given, cast):
    """The control: where the sum is the bound, the number of instalments is not."""
    planned(given(total="1000.00"), cast, 5)


def test_after_a_death_nothing_else_is_received_and_the_rest_is_cancelled(registered, cast):
    planned(registered, cast, 3)
    cancel(registered, by=cast.store, why="died", only=registered.instalments.get(number=1))
    with pytest.raises(Refused, match="توفي"):
        take(registered, cast, 2)
    posted = post(cast.store, registered, instalment="2", how="code", recipient="person")
    assert posted.status_code == 422
    cancel(registered, by=cast.store, why="died")
    assert not registered.instalments.outstanding().exists()
    assert SupportRequest.objects.get(pk=registered.pk).state == "registered"


def test_another_reason_for_one_leaves_the_others_to_be_received(registered, cast):
    planned(registered, cast, 2)
    cancel(registered, by=cast.store, why="refused", only=registered.instalments.get(number=1))
    assert take(registered, cast, 2).state == "delivered"
