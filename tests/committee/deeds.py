"""Verbs that leave a row in the record of the case each time they go through, and the word of that row."""

from committee import actions as committee
from requests.appeal import actions as appeals
from requests.delivery import actions as delivery
from requests.visits import actions as visits

RECORDED = {
    committee.cast_vote: "voted",
    committee.agree_with_all: "voted",
    committee.close_vote: "closed_vote",
    committee.close_all_voted: "closed_vote",
    committee.put_motion: "put_motion",
    committee.set_ballot: "set_ballot",
    committee.declare_conflict: "declared_conflict",
    appeals.write_down: appeals.RECEIVED,
    visits.ask_opinion: "opinion_asked",
    visits.answer_opinion: "opinion_given",
    visits.record_change: "circumstances_changed",
    delivery.receipt: "receipted",
    delivery.cancel: "cancelled_instalments",
}

# These return what they did to every case of the meeting.
TOGETHER = (committee.agree_with_all, committee.close_all_voted)
