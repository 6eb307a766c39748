"""Role × page: whoever is outside the scope of a case meets the 404 of a page that is not there."""

import pytest
from django.urls import reverse

from tests.cast import client_of, new_case

STATES = ("received", "social_research", "committee_review", "registered")
PAGES = ("case", "papers", "study", "delivery")
# 200 the page · 302 to the page that is theirs · 404 not there. One column a state, in the order above.
EXPECTED = {
    ("noura", "case"): (200, 200, 200, 200),
    ("huda", "case"): (404, 404, 404, 404),
    ("reem", "case"): (404, 200, 200, 200),
    ("chair", "case"): (404, 404, 200, 200),
    ("secretary", "case"): (404, 404, 200, 200),
    ("store", "case"): (404, 404, 404, 302),
    ("manager", "case"): (200, 200, 200, 200),
    ("editor", "case"): (404, 404, 404, 404),
    ("it", "case"): (404, 404, 404, 404),
    ("noura", "papers"): (200, 200, 200, 200),
    ("huda", "papers"): (404, 404, 404, 404),
    ("reem", "papers"): (404, 404, 404, 404),
    ("manager", "papers"): (404, 404, 404, 404),
    ("store", "papers"): (404, 404, 404, 404),
    ("noura", "study"): (404, 404, 404, 404),
    ("reem", "study"): (404, 404, 200, 200),
    ("manager", "study"): (404, 404, 404, 404),
    ("chair", "study"): (404, 404, 404, 404),
    ("store", "delivery"): (404, 404, 404, 200),
    ("noura", "delivery"): (404, 404, 404, 404),
    ("manager", "delivery"): (404, 404, 404, 404),
}


def test_who_may_open_what(case_at, cast):
    cases = [case_at(state) for state in STATES]
    found = {
        (who, page): tuple(
            client_of(getattr(cast, who)).get(reverse(f"requests:{page}", args=[case.reference])).status_code
            for case in cases
        )
        for who, page in EXPECTED
    }
    assert found == EXPECTED


@pytest.mark.parametrize("who", ["editor", "it"])
def test_the_queue_is_for_those_who_read_cases(cast, who):
    assert client_of(getattr(cast, who)).get(reverse("requests:queue")).status_code == 404


def test_a_branch_sees_its_own_people_only(cast, day_one):
    theirs = new_case(by=cast.huda)
    page = client_of(cast.huda).get(reverse("requests:queue")).content.decode()
    assert theirs.reference in page
    mains = new_case(by=cast.noura)
    assert mains.reference not in client_of(cast.huda).get(reverse("requests:queue")).content.decode()


def test_a_manager_reads_no_name_and_no_need(case, cast):
    queue = client_of(cast.manager).get(reverse("requests:queue")).content.decode()
    page = client_of(cast.manager).get(reverse("requests:case", args=[case.reference])).content.decode()
    assert case.reference in queue
    for secret in (case.person.full_name, case.need, case.person.national_id):
        assert secret not in queue
        assert secret not in page


def test_a_manager_opens_the_masked_file_with_a_written_reason(case, cast):
    from core.audit import history

    client = client_of(cast.manager)
    url = reverse("requests:reveal", args=[case.reference])
    assert client.post(url, {"why": ""}).status_code == 422
    page = client.post(url, {"why": "شكوى من صاحب الطلب"})
    assert case.person.full_name in page.content.decode()
    assert history(case).get(verb="revealed").why == "شكوى من صاحب الطلب"
    assert case.person.full_name not in client.get(reverse("requests:case", args=[case.reference])).content.decode()


@pytest.mark.parametrize("who", ["noura", "chair", "store"])
def test_only_a_manager_breaks_the_glass(case, cast, who):
    answer = client_of(getattr(cast, who)).post(reverse("requests:reveal", args=[case.reference]), {"why": "سبب"})
    assert answer.status_code == 404


def test_no_page_of_the_desk_shows_the_whole_id(case_at, cast):
    case = case_at("social_research")
    for page in ("case", "papers"):
        text = client_of(cast.noura).get(reverse(f"requests:{page}", args=[case.reference])).content.decode()
        assert case.person.national_id not in text


def test_opening_a_file_leaves_a_row(case, cast):
    from core.models import ReadRow

    client_of(cast.noura).get(reverse("requests:case", args=[case.reference]))
    assert ReadRow.objects.get(subject_id=str(case.pk)).actor_id == cast.noura.pk


def test_whoever_declared_a_conflict_does_not_find_the_case(case_at, cast):
    from requests.conflict.actions import declare as declare_conflict

    case = case_at("committee_review")
    declare_conflict(case, by=cast.member1, why="قريبي")
    assert client_of(cast.member1).get(reverse("requests:case", args=[case.reference])).status_code == 404
