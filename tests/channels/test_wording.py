"""The messages as the association sends them (channels/wording.json); pure JSON, no database."""

import json
import re
from pathlib import Path

import pytest

from tests.channels.wording import placeholders

ROOT = Path(__file__).resolve().parents[2]

ALLOWED = ["association", "reference", "earliest", "papers", "link", "phone", "hours", "appeal_days", "title"]
ALLOWED += ["min_days_words", "code", "until", "due", "when", "place", "visits", "meeting", "cases"]
EVENTS = (
    "request_received request_received_wait_from_referral request_received_by_letter papers_needed "
    "papers_reminder papers_complete request_verified referred_to_research appointment_made appointment_moved "
    "appointment_cancelled appointment_reminder visits_tomorrow visit_moved visit_cancelled "
    "sent_to_committee sent_to_committee_any_day "
    "earliest_date_reached decision_issued decision_issued_final appeal_received appeal_taken_up "
    "registration_complete service_ready service_still_ready service_ready_at_home "
    "service_cancelled service_cancelled_in_part receiving_changed delivered withdrawn closed "
    "survey_invitation survey_reminder permit_received permit_raised permit_answered permit_handed_over "
    "inquiry_received inquiry_answered code_to_sign code_to_open code_to_receive file_suspended "
    "file_suspended_until objection_received objection_answered suspension_lifted clarification_ready "
    "clarification_on_page renewal_reminder documents_expiring meeting_notice meeting_moved "
    "meeting_called_off meeting_tomorrow"
).split()


def wording():
    return json.loads((ROOT / "channels" / "wording.json").read_text(encoding="utf-8"))


def test_the_messages_are_the_agreed_events():
    assert list(wording()["events"]) == EVENTS


def test_the_placeholders_are_the_fixed_list():
    text = wording()
    assert text["placeholders"] == ALLOWED
    assert list(text["placeholder_notes"]) == ALLOWED


@pytest.mark.parametrize("event", EVENTS)
def test_a_message_uses_allowed_placeholders_and_names_its_sender(event):
    used = placeholders(wording()["events"][event]["body"])
    assert set(used) <= set(ALLOWED)
    assert used[-1] == "association"


@pytest.mark.parametrize("event", EVENTS)
def test_a_link_stands_alone_on_its_line(event):
    lines = wording()["events"][event]["body"].splitlines()
    assert all(line == "{link}" for line in lines if "{link}" in line)


def test_the_sample_reference_keeps_its_order_in_a_right_to_left_message():
    """Groups of digits parted by plain spaces are shown reversed; a no-break space joins them (UAX 9, W4)."""
    sample = wording()["placeholder_notes"]["reference"]["sample"]
    assert " " not in sample
    assert sample.split("\u00a0") == ["482", "915", "736"]


@pytest.mark.parametrize("text", ["{name}", "{reference.__class__}", "{reference!r}", "{papers:>9}", "{}"])
def test_the_placeholder_check_refuses_the_rest(text):
    assert not set(placeholders(text)) <= set(ALLOWED)


@pytest.mark.parametrize("event", EVENTS)
def test_a_message_stays_within_four_segments(event):
    """67 characters a segment in Arabic (UCS-2, concatenated)."""
    text = wording()
    samples = {key: row["sample"] for key, row in text["placeholder_notes"].items()}
    assert len(text["events"][event]["body"].format(**samples)) <= 4 * 67


@pytest.mark.parametrize("event", EVENTS)
def test_a_message_discloses_no_outcome_amount_or_identity(event):
    body = wording()["events"][event]["body"]
    assert not re.search("قبول|قُبل|مقبول|رفض|مرفوض|ريال|مبلغ|الهوية|نأسف|مبارك|نهنئ", body)


@pytest.mark.parametrize("event", ["survey_invitation", "survey_reminder"])
def test_a_survey_message_carries_no_key_and_no_duty(event):
    body = wording()["events"][event]["body"]
    assert placeholders(body) == ["link", "association"]
    assert "اختيارية" in body
    assert "للتطوير لا للعقاب" in body


@pytest.mark.parametrize("event", ["meeting_notice", "meeting_moved", "meeting_tomorrow", "visits_tomorrow"])
def test_a_message_to_staff_about_a_day_to_come_leads_to_its_page(event):
    assert "link" in placeholders(wording()["events"][event]["body"])


def test_the_decision_message_says_how_to_learn_it_and_how_to_object():
    used = placeholders(wording()["events"]["decision_issued"]["body"])
    assert used == ["reference", "phone", "hours", "appeal_days", "link", "association"]


@pytest.mark.parametrize("event", ["decision_issued_final", "appeal_taken_up"])
def test_after_an_objection_the_decision_is_said_to_be_final_and_no_other_is_offered(event):
    body = wording()["events"][event]["body"]
    assert "نهائي" in body
    assert "appeal_days" not in placeholders(body)
