"""What is cancelled is told to the person, seen by the manager, and judged by another than whoever handed over."""

from datetime import timedelta

import pytest

from beneficiaries.suspension import actions as suspension
from core.errors import Refused
from core.models import OutboxRow
from requests.delivery.actions import cancel
from requests.delivery.listing import cancelled_lately
from tests.cast import client_of
from tests.delivery.desk import address, also_delivers, opened, planned, post, take


@pytest.fixture
def begun(registered, cast):
    """Of three the first was received, recorded by the one service officer."""
    planned(registered, cast, 3)
    take(registered, cast, 1)
    return registered


def told(case) -> list[str]:
    rows = OutboxRow.objects.filter(event__startswith="service_cancelled").order_by("id")
    assert all(row.address == case.person.mobile for row in rows)
    return [row.event for row in rows]


def suspended(case, cast) -> None:
    found = suspension.propose(case.person, by=cast.noura, what="راتب لم يُذكر", told_text="وجدنا دخلًا لم يُذكر")
    suspension.confirm(found, by=cast.saad)


# The person


def test_the_person_is_told_of_a_part_and_of_the_rest_once_each(begun, cast):
    assert post(cast.store, begun, "cancel", which="2", why="refused").status_code == 302
    assert told(begun) == ["service_cancelled_in_part"]
    cancel(begun, by=cast.store, why="moved", note="إلى الدمام")
    assert told(begun) == ["service_cancelled_in_part", "service_cancelled"]
    assert "الدمام" not in str(OutboxRow.objects.get(event="service_cancelled").facts)


def test_nobody_writes_to_the_dead(begun, cast):
    cancel(begun, by=cast.manager, why="died")
    assert told(begun) == []


def test_what_was_refused_is_not_told(begun, cast):
    with pytest.raises(Refused):
        cancel(begun, by=cast.store, why="need_ended")
    assert told(begun) == []


# Another hand


@pytest.mark.parametrize("why", ["need_ended", "untrue_data", "died"])
def test_whoever_handed_over_does_not_say_that_the_rest_is_not_due(begun, cast, why):
    suspended(begun, cast)
    answer = post(cast.store, begun, "cancel", which="rest", why=why)
    assert (answer.status_code, "موظف آخر لتقديم الخدمة" in answer.content.decode()) == (422, True)
    assert cancel(begun, by=also_delivers(cast.saad), why=why)


def test_nor_as_manager_where_they_are_both(begun, cast):
    cast.store.roles = [*cast.store.roles, "manager"]
    cast.store.save()
    with pytest.raises(Refused, match="موظف آخر لتقديم الخدمة"):
        cancel(begun, by=cast.store, why="need_ended")


def test_what_the_person_said_or_what_befell_them_is_recorded_by_whoever_hears_it(begun, cast):
    for number, why in ((2, "refused"), (3, "moved")):
        assert cancel(begun, by=cast.store, why=why, only=begun.instalments.get(number=number))


def test_where_nothing_was_handed_over_the_officer_may_say_that_the_need_ended(registered, cast):
    assert cancel(registered, by=cast.store, why="need_ended")


def test_untrue_data_is_decided_by_two_first(registered, cast):
    with pytest.raises(Refused, match="شخصان"):
        cancel(registered, by=cast.store, why="untrue_data")
    suspended(registered, cast)
    assert cancel(registered, by=cast.store, why="untrue_data")


# The manager


def test_the_manager_cancels_from_the_requests_page_and_reads_no_name_there(begun, cast):
    manager = client_of(cast.manager)
    page = address(begun, "cancel")
    assert page in manager.get(f"/requests/{begun.reference}/").content.decode()
    body = manager.get(page).content.decode()
    assert ("إلغاء" in body, begun.person.full_name in body) == (True, False)
    answer = manager.post(page, {"which": "rest", "why": "need_ended"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/requests/{begun.reference}/")
    assert page not in manager.get(f"/requests/{begun.reference}/").content.decode(), "nothing is left to cancel"


def test_a_manager_who_voted_does_not(begun, cast):
    cast.member1.roles = [*cast.member1.roles, "manager"]
    cast.member1.save()
    with pytest.raises(Refused, match="زميل"):
        cancel(begun, by=cast.member1, why="need_ended")


def test_the_manager_sees_what_was_cancelled_by_whom_and_why_and_no_name_or_note(begun, cast, day_one):
    assert cancelled_lately(cast.manager) == []
    cancel(begun, by=cast.store, why="moved", note="إلى الدمام")
    page = client_of(cast.manager).get("/waiting/").content.decode()
    assert [word in page for word in (begun.reference[:3], "الانتقال خارج نطاقنا", cast.store.name)] == [True] * 3
    assert [word in page for word in (begun.person.full_name, "الدمام")] == [False] * 2
    assert cancelled_lately(cast.store) == []
    day_one.shift(timedelta(days=31))
    assert cancelled_lately(cast.manager) == []


def test_the_page_says_that_they_are_told(begun, cast):
    assert "تصل إلى صاحب الطلب رسالة" in opened(cast.store, begun, "cancel")
