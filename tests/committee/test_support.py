"""What the person was given before and is given now stands on the page of their new request: decided and received."""

import pytest

from accounts.models import User
from committee import support as page
from oversight.demo.walk import STEPS
from requests.delivery.actions import cancel
from requests.models import Award, CancelReason, Exclusion, Study, SupportRequest
from tests.cast import new_case, new_person, walk
from tests.committee.test_case_page import page_of
from tests.delivery.desk import planned, take


@pytest.fixture
def paid(cast, case_at) -> SupportRequest:
    """3000 riyals approved, registered, and planned in three; nothing received yet."""
    case = case_at("registered")
    planned(case, cast, 3)
    return case


def next_of(case, cast, to="committee_review") -> SupportRequest:
    """Another request of the same person, brought so far."""
    return walk(new_case(by=cast.noura, person=case.person.current), cast, to=to)


def support(case) -> dict:
    """As the chair reads it."""
    return page.support(case, by=User.objects.get(username="chair"))


def only(found) -> dict:
    (row,) = found["rows"]
    return row


def test_a_family_being_paid_every_month_is_not_said_to_have_had_nothing(paid, cast):
    take(paid, cast, 1)
    row = only(support(next_of(paid, cast)))
    assert row["service"] == paid.service.label
    assert "3,000 ريال" in row["facts"][0]
    assert row["facts"][1:3] == ["المستلَم: 1,000 ريال", "المتبقي: 2,000 ريال"]
    assert row["facts"][3].startswith("آخر استلام: ")


def test_what_is_planned_and_not_received_is_said_to_be_so(paid, cast):
    facts = only(support(next_of(paid, cast)))["facts"]
    assert "المستلَم: لا شيء بعد" in facts
    assert "المتبقي: 3,000 ريال" in facts
    assert not any("آخر استلام" in fact for fact in facts)


def test_what_was_cancelled_is_not_to_come(paid, cast):
    take(paid, cast, 1)
    cancel(paid, by=cast.manager, why=CancelReason.NEED_ENDED, only=paid.instalments.get(number=3))
    assert "المتبقي: 1,000 ريال" in only(support(next_of(paid, cast)))["facts"]


def test_what_was_received_whole_has_nothing_to_come(cast, case_at):
    done = case_at("delivered")
    row = only(support(next_of(done, cast)))
    assert "المستلَم: 3,000 ريال" in row["facts"]
    assert not any("المتبقي" in fact for fact in row["facts"])


def test_what_is_approved_and_not_registered_yet_counts_as_decided(cast, case_at):
    approved = case_at("approved")
    assert not Award.objects.exists()
    facts = only(support(next_of(approved, cast)))["facts"]
    assert "3,000 ريال" in facts[0]
    assert "المتبقي: 3,000 ريال" in facts


def test_where_no_sum_was_decided_it_is_counted_in_times(cast, case_at, day_one):
    case = case_at("committee_review")
    Study.objects.filter(case=case).update(kind="in_kind", what="سلة غذائية", amount=None, months=3)
    for step in ("carried", "approved", "registered"):
        if step == "approved":
            day_one.move_to(f"{case.earliest_decision_on}T09:00:00+03:00", tick=False)
        STEPS[step](SupportRequest.objects.get(pk=case.pk), cast)
    case.refresh_from_db()
    planned(case, cast, 3)
    take(case, cast, 1)
    facts = only(support(next_of(case, cast)))["facts"]
    assert {"المستلَم: مرة واحدة", "المتبقي: مرتان"} <= set(facts)


def test_other_requests_under_way_are_listed_and_the_case_itself_is_not(cast, case_at):
    case = case_at("committee_review")
    other = next_of(case, cast, to="social_research")
    rejected = next_of(case, cast, to="received")
    SupportRequest.objects.filter(pk=rejected.pk).update(state="withdrawn")
    found = support(case)
    assert [row["case"] for row in found["open"]] == [other]
    assert found["rows"] == []
    page = page_of(cast.member1, case)
    assert "طلبات أخرى قائمة" in page
    assert "مُحال إلى البحث الاجتماعي" in page.split('id="support"')[1].split("</section>")[0]


def test_another_persons_support_is_none_of_theirs(paid, cast):
    stranger = walk(new_case(by=cast.noura, person=new_person(by=cast.noura)), cast, to="committee_review")
    assert support(stranger) == {"rows": [], "more": False, "open": []}
    assert "لا يوجد دعم سابق" in page_of(cast.member1, stranger)


@pytest.mark.parametrize("why", [Exclusion.Why.CONFLICT_DECLARED, Exclusion.Why.VERIFIER])
def test_a_request_that_is_closed_to_a_member_is_not_followed_from_another(paid, cast, why):
    other = next_of(paid, cast)
    assert only(support(other))
    Exclusion.objects.create(case=paid, user=cast.chair, why=why)
    assert support(other)["rows"] == []


def test_it_asks_a_constant_number_of_queries_however_much_there_is(paid, cast, django_assert_num_queries):
    take(paid, cast, 1)
    case = next_of(paid, cast)
    case.person.current  # noqa: B018
    with django_assert_num_queries(4):
        support(case)
    for _number in range(2):
        next_of(paid, cast, to="received")
    with django_assert_num_queries(4):
        assert len(support(case)["open"]) == 2


def test_of_very_much_the_latest_are_shown_and_that_there_is_more(paid, cast, day_one, monkeypatch):
    later = walk(new_case(by=cast.noura, person=paid.person.current), cast, to="approved", traveller=day_one)
    case = next_of(paid, cast)
    assert len(support(case)["rows"]) == 2
    monkeypatch.setattr("committee.support.SHOWN", 1)
    found = support(case)
    assert (only(found)["label"], found["more"]) == (later.get_state_display(), True)
