"""Who meets the committee's pages, and who meets a page that is not there."""

import pytest
from django.urls import reverse

from committee import actions
from requests.models import Exclusion, SupportRequest
from tests.cast import client_of

CASE_POSTS = "vote conflict put_motion close_vote issue".split()
COMMITTEE = "chair deputy member1 alternate secretary".split()
OTHERS = "noura huda reem store manager editor it".split()


@pytest.mark.parametrize("who", COMMITTEE)
def test_the_committee_reads_its_pages(item, cast, who):
    client = client_of(getattr(cast, who))
    assert client.get(reverse("committee:queue")).status_code == 200
    assert client.get(reverse("committee:meeting", args=[1])).status_code == 200
    assert client.get(reverse("committee:case", args=[item.case.reference])).status_code == 200


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_does(item, cast, who):
    client = client_of(getattr(cast, who))
    assert client.get(reverse("committee:queue")).status_code == 404
    assert client.get(reverse("committee:meeting", args=[1])).status_code == 404
    assert client.get(reverse("committee:case", args=[item.case.reference])).status_code == 404


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("name", CASE_POSTS)
def test_nor_do_they_post_there(item, cast, who, name):
    assert (
        client_of(getattr(cast, who)).post(reverse(f"committee:{name}", args=[item.case.reference])).status_code == 404
    )


def test_a_visitor_is_sent_to_sign_in(client, pack):
    response = client.get(reverse("committee:queue"))
    assert response.status_code == 302
    assert reverse("accounts:sign_in") in response.url


@pytest.mark.parametrize("why", [Exclusion.Why.CONFLICT_DECLARED, Exclusion.Why.CONFLICT_DETECTED])
@pytest.mark.parametrize("name", CASE_POSTS)
def test_a_recused_member_meets_404_on_every_raw_post(item, cast, name, why):
    Exclusion.objects.create(case=item.case, user=cast.chair, why=why)
    data = {"choice": "yes", "why": "قرابة", "outcome": "reject", "reasons": "سبب"}
    response = client_of(cast.chair).post(reverse(f"committee:{name}", args=[item.case.reference]), data)
    assert response.status_code == 404
    assert not item.case.exclusions.filter(user=cast.chair, why=Exclusion.Why.VOTED).exists()


@pytest.mark.parametrize("name", CASE_POSTS)
def test_a_verb_is_not_done_by_get(item, cast, name):
    response = client_of(cast.secretary).get(reverse(f"committee:{name}", args=[item.case.reference]))
    assert response.status_code == 405


def test_a_case_not_yet_at_the_committee_is_not_there(case_at, cast):
    case = case_at("social_research")
    assert client_of(cast.chair).get(reverse("committee:case", args=[case.reference])).status_code == 404


def test_a_member_who_is_also_an_officer_opens_no_other_study_here(case_at, cast):
    case = case_at("social_research")
    cast.member1.roles, cast.member1.branch = [*cast.member1.roles, "officer"], cast.noura.branch
    cast.member1.save()
    assert SupportRequest.objects.visible_to(cast.member1).filter(pk=case.pk).exists()
    assert client_of(cast.member1).get(reverse("committee:case", args=[case.reference])).status_code == 404


def test_a_decided_case_stays_readable_to_those_on_whose_agenda_it_stood(carried, cast, day_one):
    day_one.move_to(f"{carried.earliest_decision_on}T00:00:00+03:00")
    actions.issue(carried, by=cast.chair)
    assert client_of(cast.member3).get(reverse("committee:case", args=[carried.reference])).status_code == 200


@pytest.mark.parametrize("number", ["0", "999999999999999999999999"])
def test_a_meeting_that_never_was_is_not_there(cast, number):
    assert client_of(cast.secretary).get(f"/committee/meetings/{number}/").status_code == 404


@pytest.mark.parametrize("seat", ["", "x", "0", "99999999999999999999"])
def test_a_seat_that_never_was_is_not_marked(item, cast, seat):
    url = reverse("committee:attendance", args=[1])
    assert client_of(cast.secretary).post(url, {"seat": seat, "present": "on"}).status_code == 404
