"""A member tied to a case is found without being asked, and its file is closed to them on every surface (rule 5)."""

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from beneficiaries.models import Home
from committee.rules import why_not_vote
from committee.seats.actions import appoint
from core.models import AuditRow
from oversight.demo.sample import sample_id
from oversight.demo.walk import open_meeting
from requests.conflict import rules
from requests.conflict.actions import disclose
from requests.conflict.closing import detect
from requests.conflict.rules import Ground
from requests.models import Exclusion, SupportRequest
from tests import recorded
from tests.cast import client_of, new_case, new_person, user, walk

IBAN = "SA0380000000608010167519"


@pytest.fixture
@recorded.kept_rows
def person(cast):
    made = new_person(by=cast.noura, family_name="العنزي")
    made.iban, made.iban_owner = IBAN, made.full_name
    made.save()
    Home.objects.create(person=made, short_code="RRRD2929", building_number="2929")
    return made


@pytest.fixture
@recorded.kept_rows
def studied(cast, person, day_one):
    return walk(new_case(by=cast.noura, person=person), cast, to="social_research")


def member_says(cast, **facts):
    return disclose(by=cast.member1, relatives=facts.pop("relatives", []), **{"full_name": "فهد علي عنزي"} | facts)


def grounds(case, member) -> set:
    return set(rules.grounds(case, User.objects.get(pk=member.pk)))


@pytest.mark.parametrize(
    ("said", "ground"),
    [
        ({"mobile": "same"}, Ground.PHONE),
        ({"short_code": "RRRD2929"}, Ground.ADDRESS),
        ({"iban": IBAN}, Ground.IBAN),
    ],
)
def test_the_family_name_with_the_same_phone_address_or_account_is_a_tie(cast, studied, person, said, ground):
    said = {name: person.mobile if value == "same" else value for name, value in said.items()}
    member_says(cast, **said)
    assert grounds(studied, cast.member1) == {ground}


@pytest.mark.parametrize("said", [{}, {"short_code": "AAAA1111"}, {"mobile": "+966550000999"}])
def test_the_family_name_alone_ties_nobody(cast, studied, said):
    member_says(cast, **said)
    assert grounds(studied, cast.member1) == set()


def test_the_same_address_under_another_family_name_ties_nobody(cast, studied):
    member_says(cast, full_name="فهد علي المطيري", short_code="RRRD2929")
    assert grounds(studied, cast.member1) == set()


@pytest.mark.parametrize("by", ["id", "name"])
def test_a_declared_relative_is_a_tie(cast, studied, person, by):
    row = {"relation": "ابن عم", "name": person.full_name, "national_id": person.national_id if by == "id" else None}
    member_says(cast, full_name="فهد علي المطيري", relatives=[row])
    assert grounds(studied, cast.member1) == {Ground.RELATIVE}


def test_a_relative_of_the_same_name_and_another_id_is_somebody_else(cast, studied, person):
    row = {"relation": "خال", "name": person.full_name, "national_id": sample_id(990)}
    member_says(cast, full_name="فهد علي المطيري", relatives=[row])
    assert grounds(studied, cast.member1) == set()


def test_a_relative_in_the_household_is_a_tie(cast, studied, person):
    person.household.create(name="سعيد محمد العنزي", name_key="x", relation="child", national_id_lookup="")
    row = {"relation": "ابن أخت", "name": "سعيد بن محمد العنزي", "national_id": None}
    member_says(cast, full_name="فهد علي المطيري", relatives=[row])
    assert grounds(studied, cast.member1) == {Ground.RELATIVE}


def test_a_name_of_two_parts_is_shared_by_too_many(cast, studied, person):
    row = {"relation": "قريب", "name": "محمد العنزي", "national_id": None}
    member_says(cast, full_name="فهد علي المطيري", relatives=[row])
    assert grounds(studied, cast.member1) == set()


# The file is closed


@pytest.fixture
def tied(cast, studied, person):
    """A member tied to the case, found as it was raised to the committee."""
    member_says(cast, mobile=person.mobile)
    from oversight.demo.walk import study_and_recommend

    study_and_recommend(studied, cast)
    return SupportRequest.objects.get(pk=studied.pk)


def test_the_tie_is_found_in_the_move_that_raises_the_case(cast, tied):
    row = Exclusion.objects.get(user=cast.member1, why=Exclusion.Why.CONFLICT_DETECTED)
    assert row.case == tied
    assert AuditRow.objects.get(verb="conflict_detected").changes["grounds"] == [str(Ground.PHONE)]


def test_found_twice_it_is_one_row(cast, tied):
    assert detect(tied) == []
    assert Exclusion.objects.filter(why=Exclusion.Why.CONFLICT_DETECTED).count() == 1


@pytest.mark.parametrize("page", ["committee:case", "requests:case"])
def test_no_page_of_the_case_opens(cast, tied, page):
    assert client_of(cast.member1).get(reverse(page, args=[tied.reference])).status_code == 404


@pytest.mark.parametrize("verb", ["vote", "conflict", "pull", "issue", "put_motion", "close_vote"])
def test_no_raw_post_reaches_the_case(cast, tied, verb):
    item = open_meeting(cast).items.get()
    data = {"choice": "yes", "why": "قرابة", "outcome": "reject", "reasons": "x"}
    response = client_of(cast.member1).post(reverse(f"committee:{verb}", args=[tied.reference]), data)
    assert response.status_code == 404
    assert item.motions.get().votes.count() == 0


def test_neither_the_queue_nor_the_agenda_names_it(cast, tied):
    meeting = open_meeting(cast)
    client = client_of(cast.member1)
    for url in (reverse("committee:queue"), reverse("committee:meeting", args=[meeting.number])):
        assert tied.reference not in client.get(url).content.decode().replace(" ", "").replace("\u00a0", "")


def test_a_colleague_votes_on(cast, tied):
    assert why_not_vote(open_meeting(cast).items.get(), by=cast.member2) is None


def test_a_disclosure_closes_what_is_before_the_committee_already(cast, person, day_one):
    case = walk(new_case(by=cast.noura, person=person), cast, to="committee_review")
    member_says(cast, mobile=person.mobile)
    assert not SupportRequest.objects.visible_to(cast.member1).filter(pk=case.pk).exists()


def test_what_changed_in_the_file_is_found_when_the_meeting_takes_it_up(cast, person, day_one):
    member_says(cast, mobile="+966550000777")
    case = walk(new_case(by=cast.noura, person=person), cast, to="committee_review")
    person.mobile = "+966550000777"
    person.save()
    open_meeting(cast)
    assert case.exclusions.filter(user=cast.member1, why=Exclusion.Why.CONFLICT_DETECTED).exists()


# Own work


@pytest.mark.parametrize("work", ["entered", "verifier"])
def test_as_a_member_nobody_reads_what_they_entered_or_verified(cast, day_one, work):
    both = user("both", "هيفاء الجهني", Role.OFFICER)
    appoint(by=cast.manager, user=both, role="member", starts_on=day_one_date())
    case = walk(new_case(by=cast.noura), cast, to="committee_review")
    client = client_of(both)
    assert client.get(reverse("committee:case", args=[case.reference])).status_code == 200
    Exclusion.objects.create(case=case, user=both, why=work)
    assert client.get(reverse("committee:case", args=[case.reference])).status_code == 404
    assert client.post(reverse("committee:vote", args=[case.reference]), {"choice": "yes"}).status_code == 404


def day_one_date():
    from datetime import date

    return date(2020, 1, 1)


# The page


def test_a_member_writes_their_disclosure_and_reads_it_back(cast):
    client, url = client_of(cast.member1), reverse("committee:disclosure")
    data = {"full_name": "فهد علي المطيري", "mobile": "0550000067", "short_code": "rrrd 2929", "iban": ""}
    data |= {"r0-name": "سعيد محمد العنزي", "r0-relation": "خال", "r0-national_id": ""}
    assert client.post(url, data).status_code == 302
    page = client.get(url).content.decode()
    assert "RRRD2929" in page
    assert "سعيد محمد العنزي" in page
    assert client_of(cast.member2).get(url).content.decode().count("سعيد محمد العنزي") == 0


def test_a_relative_needs_a_name(cast):
    data = {"full_name": "فهد علي المطيري", "r0-relation": "خال"}
    assert client_of(cast.member1).post(reverse("committee:disclosure"), data).status_code == 422
