"""The case page: the next legal step, and every refusal with the sentence that stands beside its button."""

import pytest
from django.urls import reverse

from core.audit import history
from oversight.demo.walk import accept_papers
from requests import workflow
from requests.models import SupportRequest
from tests.cast import client_of, new_case, new_person, walk
from tests.delivery.desk import iban_shown


def opened(user, case):
    return client_of(user).get(reverse("requests:case", args=[case.reference]))


def do(user, case, action, **facts):
    return client_of(user).post(reverse("requests:act", args=[case.reference, action]), facts)


def fresh(case) -> SupportRequest:
    return SupportRequest.objects.get(pk=case.pk)


def primary(response) -> str:
    return next(each["url"] for each in response.context["buttons"] if each["primary"])


def test_the_papers_are_the_next_step_until_they_are_settled(case, cast):
    assert primary(opened(cast.noura, case)) == reverse("requests:papers", args=[case.reference])
    accept_papers(case, by=cast.noura)
    assert primary(opened(cast.noura, case)) == reverse("requests:act", args=[case.reference, "verify"])


def test_there_is_one_primary_button_at_most(case_at, cast):
    for state in ("received", "verified", "social_research"):
        buttons = opened(cast.noura, case_at(state)).context["buttons"]
        assert sum(each["primary"] for each in buttons) <= 1


def test_a_refused_post_says_the_sentence_beside_the_disabled_button(case, cast):
    sentence = workflow.why_not(case, "verify", by=cast.noura)
    assert sentence in opened(cast.noura, case).content.decode()
    answer = do(cast.noura, case, "verify")
    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) == 2  # as the message, and beside the button
    assert fresh(case).state == "received"


@pytest.mark.parametrize("action", ["approve", "reject", "receive", "recommend", "deliver", "return_to_research", "x"])
def test_what_has_a_page_of_its_own_is_not_done_here(case, cast, action):
    assert do(cast.noura, case, action).status_code == 404


def test_verifying_and_referring_need_nothing_besides(case, cast):
    accept_papers(case, by=cast.noura)
    assert do(cast.noura, case, "verify").status_code == 302
    assert do(cast.saad, case, "refer_to_research").status_code == 302
    assert fresh(case).state == "social_research"


def test_a_delivery_only_reader_can_post_nothing_here(case_at, cast):
    assert do(cast.store, case_at("registered"), "close", close_reason="death").status_code == 404


def test_papers_are_asked_for_with_others_by_name(case, cast):
    code = case.checks.first().code
    answer = do(cast.noura, case, "ask_for_papers", chosen=[code], others="شهادة إيداع\n\nشهادة إيداع")
    assert answer.status_code == 302
    assert fresh(case).state == "awaiting_documents"
    assert case.checks.filter(label="شهادة إيداع", code="other-1").count() == 1


def test_the_message_is_previewed_and_nothing_is_sent(case, cast):
    answer = do(cast.noura, case, "ask_for_papers", chosen=[], others="شهادة إيداع", preview="1")
    assert answer.status_code == 200
    assert "شهادة إيداع" in answer.context["preview"]
    assert fresh(case).state == "received"


def test_the_preview_is_the_message(case, cast):
    from channels import wording
    from core.models import OutboxRow

    facts = {"chosen": [case.checks.first().code], "others": "شهادة إيداع"}
    preview = do(cast.noura, case, "ask_for_papers", preview="1", **facts).context["preview"]
    do(cast.noura, case, "ask_for_papers", **facts)
    row = OutboxRow.objects.get(event="papers_needed")
    assert wording.render(row.event, row.facts) == preview


def test_no_papers_chosen_is_refused_on_the_form(case, cast):
    answer = do(cast.noura, case, "ask_for_papers", chosen=[], others="")
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_a_request_is_withdrawn_on_a_signed_paper_only(case, cast):
    assert do(cast.noura, case, "withdraw", why="استغنى").status_code == 422
    assert do(cast.noura, case, "withdraw", why="استغنى", signed="on").status_code == 302
    assert fresh(case).state == "withdrawn"


def test_the_manager_closes_with_a_reason_from_the_list(case, cast):
    assert do(cast.manager, case, "close", close_reason="boredom").status_code == 422
    assert do(cast.manager, case, "close", close_reason="duplicate", why="انظر الطلب الآخر").status_code == 302
    assert fresh(case).close_reason == "duplicate"


def test_an_officer_does_not_close(case, cast):
    sentence = workflow.why_not(case, "close", by=cast.noura)
    answer = do(cast.noura, case, "close", close_reason="duplicate")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_period_is_told_once(cast, day_one):
    case = new_case(by=cast.noura, channel="letters", informed=False)
    url = reverse("requests:tell_period", args=[case.reference])
    assert client_of(cast.noura).post(url).status_code == 302
    assert str(fresh(case).earliest_decision_on) == "2026-12-06"
    assert client_of(cast.noura).post(url).status_code == 422


def test_the_decision_is_read_aloud_and_recorded(case_at, cast):
    case = case_at("approved")
    assert case.decisions.get().what in " ".join(opened(cast.noura, case).context["tell_decision"])
    url = reverse("requests:tell_decision", args=[case.reference])
    assert client_of(cast.noura).post(url, {}).status_code == 422
    assert client_of(cast.noura).post(url, {"how": "phone"}).status_code == 302
    assert fresh(case).decision_told_how == "phone"
    assert history(case).filter(verb="told_decision").count() == 1
    assert opened(cast.noura, case).context["tell_decision"] == []


def test_a_rejection_is_read_with_its_reason_and_how_to_object(case_at, cast):
    case = case_at("rejected")
    first, second = opened(cast.noura, case).context["tell_decision"]
    assert case.decisions.get().reasons.rstrip(".") in first
    assert "0110000004" in second


def approved_and_told(case_at, cast):
    from requests.actions import tell_decision

    return tell_decision(case_at("approved"), by=cast.noura, how="counter")


def test_registration_is_completed_with_an_iban_that_was_seen(case_at, cast):
    case = approved_and_told(case_at, cast)
    iban = "SA0380000000608010167519"
    assert do(cast.noura, case, "complete_registration", receive_by="transfer", iban=iban).status_code == 422
    facts = {"receive_by": "transfer", "iban": iban, "iban_verified": "on", "seen": iban_shown(case)}
    assert do(cast.noura, case, "complete_registration", **facts).status_code == 302
    assert fresh(case).state == "registered"
    assert fresh(case).person.iban == iban


def test_what_the_file_lacks_is_asked_for_and_does_not_close_the_form(cast, day_one):
    from requests.actions import tell_decision

    person = new_person(by=cast.noura, marital_status="", household_size=None)
    case = walk(new_case(by=cast.noura, person=person), cast, to="approved", traveller=day_one)
    tell_decision(case, by=cast.noura, how="counter")
    assert primary(opened(cast.noura, case)) == reverse("requests:act", args=[case.reference, "complete_registration"])
    missing = do(cast.noura, case, "complete_registration", receive_by="pickup", receive_where="المستودع")
    assert set(missing.context["form"].errors) == {"marital_status", "household_size"}
    facts = {"receive_by": "pickup", "receive_where": "المستودع", "marital_status": "single", "household_size": "٣"}
    assert do(cast.noura, case, "complete_registration", **facts).status_code == 302
    assert fresh(case).person.household_size == 3


def test_a_refused_registration_changes_nothing_in_the_persons_file(case_at, cast):
    case = case_at("approved")  # not told yet
    do(
        cast.noura,
        case,
        "complete_registration",
        receive_by="transfer",
        iban="SA0380000000608010167519",
        iban_verified="on",
        seen=iban_shown(case),
    )
    assert fresh(case).state == "approved"
    assert fresh(case).person.iban is None


def test_expired_papers_are_renewed_before_registration(case_at, cast, day_one):
    case = approved_and_told(case_at, cast)
    check = case.checks.filter(has_expiry=True).first()
    type(check).objects.filter(pk=check.pk).update(valid_until="2026-12-01")
    answer = client_of(cast.noura).get(reverse("requests:act", args=[case.reference, "complete_registration"]))
    assert check.label in answer.context["why_not"]
    assert reverse("requests:papers", args=[case.reference]) in answer.content.decode()
    url = reverse("requests:judge", args=[case.reference, check.pk])
    field = f"p{check.pk}-valid_until"
    assert client_of(cast.noura).post(url, {field: "1/1/1448"}).status_code == 422
    assert client_of(cast.noura).post(url, {field: "1/1/1460"}).status_code == 302
    assert workflow.why_not(fresh(case), "complete_registration", by=cast.noura) is None


def test_the_case_page_asks_a_constant_number_of_queries(case_at, cast, django_assert_max_num_queries):
    case = case_at("committee_review")
    client = client_of(cast.noura)
    url = reverse("requests:case", args=[case.reference])
    with django_assert_max_num_queries(45) as before:
        client.get(url)
    for number in range(6):
        case.checks.create(code=f"more-{number}", label=f"ورقة {number}")
    with django_assert_max_num_queries(len(before)):
        client.get(url)
