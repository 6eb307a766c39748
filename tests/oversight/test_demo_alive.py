"""The demonstration's rows: each role that is entered finds something alive on its screens, made by the real verbs."""

import pytest
from django.urls import reverse

from accounts.models import User
from committee.minutes.rules import unsigned
from committee.models import AgendaItem, Meeting, Minutes, Vote
from core import clock
from oversight.demo import sample
from requests.delivery import listing
from requests.models import Appeal, Appointment, Opinion
from tests import recorded
from tests.cast import client_of


@pytest.fixture
def demo(load_pack, settings):
    settings.DEMO = True
    load_pack("social")
    recorded.afterwards(sample.load, "sample")
    return {user.username: user for user in User.objects.all()}


def test_researchers_have_areas_a_visit_today_and_an_opinion_to_give(demo):
    assert {area.researcher for area in demo["researcher"].areas.all()} == {demo["researcher"]}
    assert demo["researcher2"].areas.exists()
    today = Appointment.objects.planned().filter(researcher=demo["researcher"])
    assert clock.today() in {each.day for each in today}
    assert Appointment.objects.planned().filter(researcher=demo["researcher2"]).exists()
    assert set(Appointment.objects.values_list("state", flat=True)) == {"planned", "held", "missed"}
    assert Opinion.objects.asked_of(demo["researcher2"]).count() == 1
    assert Opinion.objects.exclude(answered_at=None).count() == 1


def test_one_objection_waits_and_one_was_decided_by_other_hands(demo):
    waiting, heard = Appeal.objects.order_by("-submitted_at")
    assert (waiting.waits, waiting.case.state) == (True, "rejected")
    assert (heard.waits, heard.case.state) == (False, "approved")
    first, second = heard.case.decisions.order_by("proposed_at")
    assert (first.outcome, second.outcome) == ("reject", "approve")
    deciders = [voters(heard.case, on=clock.local_date(each.proposed_at)) for each in (first, second)]
    assert deciders[0]
    assert deciders[1]
    assert not deciders[0] & deciders[1]
    assert second.issued_by == demo["deputy"]
    assert first.issued_by == demo["chair"]


def voters(case, *, on) -> set[int]:
    votes = Vote.objects.filter(motion__item__case=case, motion__item__meeting__held_on=on)
    return set(votes.values_list("seat__user", flat=True))


def test_instalments_are_due_uncollected_and_to_come(demo):
    assert listing.counts(demo["service"]) == {"new": 1, "due": 1, "uncollected": 1, "coming": 4}


def test_minutes_are_signed_one_waits_for_the_members_and_a_meeting_is_ahead(demo):
    *done, last = Minutes.objects.order_by("year", "number")
    assert done
    assert not any(unsigned(minutes) for minutes in done)
    assert last.is_locked
    assert demo["secretary"].pk not in unsigned(last)
    assert unsigned(last)
    numbered = list(Meeting.objects.exclude(closed_at=None).order_by("number").values_list("held_on", flat=True))
    assert numbered == sorted(numbered)
    ahead = Meeting.objects.planned().get()
    assert (ahead.held_on > clock.today(), ahead.notice_at) == (True, None)


def test_no_case_was_on_an_agenda_before_it_was_raised(demo):
    for item in AgendaItem.objects.select_related("meeting", "case"):
        raised = item.case.steps.filter(to_state="committee_review").earliest("at").at
        assert item.meeting.opened_at >= raised


def test_each_role_finds_its_work_on_its_page(demo):
    def page(username: str, name: str) -> str:
        answer = client_of(demo[username]).get(reverse(name))
        assert answer.status_code == 200
        return answer.content.decode()

    visit = Appointment.objects.planned().filter(researcher=demo["researcher"]).first()
    due = listing.QUERIES[listing.DUE](demo["service"]).get()
    waiting = Appeal.objects.get(reopened_at=None)
    minutes = Minutes.objects.order_by("year", "number").last()
    assert visit.case.reference in page("researcher", "requests:visits")
    assert due.case.reference in page("service", "requests:deliveries")
    assert waiting.case.reference in page("secretary", "requests:appeals")
    assert reverse("committee:minutes", args=[minutes.year, minutes.number]) in page("deputy", "oversight:waiting")
    assert reverse("requests:appeals") in page("secretary", "oversight:waiting")
    page("manager", "oversight:objections")
