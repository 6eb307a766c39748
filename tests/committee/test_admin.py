"""In the administration only the seats are edited; a case, a meeting or a vote is not registered there."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from committee.models import AgendaItem, Attendance, Meeting, Motion, Seat, Vote
from core.models import AuditRow
from requests.models import Decision, SupportRequest
from tests.cast import client_of


@pytest.fixture
def office(cast):
    cast.it.is_staff = cast.it.is_superuser = True
    cast.it.save()
    return client_of(cast.it)


def appoint(office, person, role="member", starts_on="2026-01-01", ends_on="", body="main"):
    data = {"user": person.pk, "body": body, "role": role, "starts_on": starts_on, "ends_on": ends_on}
    return office.post(reverse("admin:committee_seat_add"), data)


def test_a_seat_gives_its_role_and_stands_in_the_record(office, cast):
    assert appoint(office, cast.store).status_code == 302
    cast.store.refresh_from_db()
    assert Seat.objects.get(user=cast.store).starts_on == date(2026, 1, 1)
    assert "member" in cast.store.roles
    assert AuditRow.objects.filter(verb="appointed", actor_id=cast.it.pk).exists()


def test_one_person_sits_in_one_seat_at_a_time(office, cast):
    response = appoint(office, cast.chair)
    assert "لهذا الشخص مقعد في تلك المدة" in response.content.decode()
    assert cast.chair.seats.count() == 1


def test_a_seat_in_the_other_committee_is_another_seat(office, cast):
    assert appoint(office, cast.member1, body="appeals").status_code == 302
    assert cast.member1.seats.count() == 2


def test_a_seat_after_an_ended_term_is_free(office, cast):
    seat = cast.chair.seats.get()
    office.post(reverse("admin:committee_seat_change", args=[seat.pk]), {"ends_on": "2026-06-30"})
    assert appoint(office, cast.chair, role="chair", starts_on="2026-07-01").status_code == 302


def test_ending_a_term_is_in_the_record_and_changes_nothing_else(office, cast):
    seat = cast.chair.seats.get()
    data = {"ends_on": "2026-06-30", "role": "secretary", "user": cast.store.pk}
    office.post(reverse("admin:committee_seat_change", args=[seat.pk]), data)
    seat.refresh_from_db()
    assert (seat.ends_on, seat.role, seat.user) == (date(2026, 6, 30), "chair", cast.chair)
    assert AuditRow.objects.get(verb="ended_term").changes == {"ends_on": ["None", "2026-06-30"]}


def test_a_seat_is_never_deleted(office, cast):
    seat = cast.chair.seats.get()
    assert office.post(reverse("admin:committee_seat_delete", args=[seat.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", [SupportRequest, Decision, Meeting, Motion, Vote, Attendance, AgendaItem])
def test_what_the_committee_decided_is_not_edited(model):
    assert not admin.site.is_registered(model)
