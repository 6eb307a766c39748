"""Verbs on what is before the committee. The secretary closes the vote and proposes; the chair issues (rule 5)."""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from committee import rules
from committee.meetings.actions import held, replace_open
from committee.models import AgendaItem, Meeting, Motion, Pulled, Vote
from core import audit, clock
from core.errors import Refused
from requests import workflow
from requests.actions import postpone
from requests.conflict.actions import declare
from requests.conflict.closing import detect
from requests.models import Decision, Exclusion, Outcome, SupportRequest

POSTPONED_FOR = timedelta(days=7)
COPIED = "outcome what amount kind months partial reasons papers until".split()


@transaction.atomic
def cast_vote(item: AgendaItem, *, by: User, choice: str, read: Collection[int] | None = None) -> Vote:
    """Cast or change one's vote while the motion is open. `read`: the motion the voter was shown; another one by now
    is not voted on. Raises Refused with a sentence."""
    item = hold(item)
    motion = rules.open_motion(item)
    if sentence := rules.why_not_vote(item, by=by) or rules.not_what_was_read(motion, read):
        raise Refused(sentence)
    seat = rules.seat_of(by, item.meeting)
    vote, _created = Vote.objects.update_or_create(
        motion=motion, seat=seat, defaults={"choice": Vote.Choice(choice), "at": clock.now()}
    )
    Exclusion.objects.get_or_create(case=item.case, user=by, why=Exclusion.Why.VOTED)
    audit.record("voted", item.case, by=by)
    return vote


@transaction.atomic
def declare_conflict(case: SupportRequest, *, by: User, why: str) -> None:
    """Recuse oneself, in a meeting or before it: a vote already cast is void, and the file is closed to this person."""
    case = workflow.lock(case)
    if sentence := rules.why_not_recuse(case):
        raise Refused(sentence)
    declare(case, by=by, why=why)


@transaction.atomic
def put_motion(item: AgendaItem, *, by: User, outcome: str, **facts: Any) -> Motion:
    """Put another proposal to the vote after one was lost or tied, or before anyone has voted.

    The one it replaces stays in the record, with whatever was voted by those who have recused themselves since.
    """
    item = hold(item)
    if sentence := rules.why_not_put(item, by=by):
        raise Refused(sentence)
    secret = facts.pop("secret", rules.secrecy())
    motion = Motion(item=item, outcome=Outcome(outcome), put_by=by, secret=secret, **facts)
    if sentence := rules.why_not_propose(motion, item.case):
        raise Refused(sentence)
    replace_open(item)
    motion.save()
    audit.record("put_motion", item.case, by=by, changes={"outcome": str(outcome)})
    return motion


@transaction.atomic
def set_ballot(item: AgendaItem, *, by: User, secret: bool) -> Motion:
    """Vote on the same proposal secretly, or openly; before anybody has voted. What it was stays in the record."""
    item = hold(item)
    if sentence := rules.why_not_set_ballot(item, by=by):
        raise Refused(sentence)
    motion = item.motions.get(closed_at=None)
    facts = {name: getattr(motion, name) for name in COPIED}
    put_by = motion.put_by
    replace_open(item)
    audit.record("set_ballot", item.case, by=by, changes={"secret": secret})
    return Motion.objects.create(item=item, put_by=put_by, secret=secret, **facts)


@transaction.atomic
def pull(item: AgendaItem, *, by: User) -> Pulled:
    """Ask that this case be discussed by itself: nobody agrees to it together with others."""
    item = hold(item)
    if sentence := rules.why_not_pull(item, by=by):
        raise Refused(sentence)
    row, made = Pulled.objects.get_or_create(item=item, seat=rules.seat_of(by, item.meeting))
    if made:
        audit.record("pulled", item.case, by=by)
    return row


@transaction.atomic
def agree_with_all(meeting: Meeting, *, by: User, read: Collection[int] | None = None) -> list[Vote]:
    """Agree with the recommendation of every case that nobody asked to discuss and this member has not voted on.

    One's own voice only, case by case under the same rules as `cast_vote`; one in doubt stays for its own page, and so
    does one that was not among the motions `read`.
    """
    locked = {item.pk for item in hold_all(rules.unopposed(meeting, by=by))}
    items = [item for item in rules.unopposed(meeting, by=by) if item.pk in locked]  # asked again: they waited
    if read is not None:
        items = [item for item in items if rules.its_open_motion(item).pk in read]
    return each(items, lambda item: cast_vote(item, by=by, choice=Vote.Choice.YES))


@transaction.atomic
def close_all_voted(meeting: Meeting, *, by: User) -> list[Motion]:
    """Close every vote in which all who may vote have voted; the others stay open."""
    return each(hold_all(rules.all_voted(meeting, by=by)), lambda item: close_vote(item, by=by))


def hold_all(items: list[AgendaItem]) -> list[AgendaItem]:
    """The cases of a batch, locked in one order before any meeting is: two batches, or a batch and a single vote, each
    holding what the other waits for, would be a deadlock."""
    list(SupportRequest.objects.select_for_update().filter(pk__in=[item.case_id for item in items]).order_by("pk"))
    return items


def each(items: Iterable[AgendaItem], verb: Callable[[AgendaItem], Any]) -> list[Any]:
    """The verb on each item by itself; one refused since the list was read is left as it is."""
    done = []
    for item in items:
        with suppress(Refused):
            done.append(verb(item))
    return done


def close_vote(item: AgendaItem, *, by: User, read: Collection[int] | None = None) -> Motion:
    """Close the vote, count it, and propose what was carried; a tie is postponed (rule 5).

    Approval and rejection wait for the chair's issuing; the other outcomes are carried out at once. Ties are looked for
    first, in a transaction of their own: a refusal must not undo what was found.
    """
    look_for_ties(item.case)
    return count_vote(item, by=by, read=read)


@transaction.atomic
def look_for_ties(case: SupportRequest) -> None:
    detect(workflow.lock(case))


@transaction.atomic
def count_vote(item: AgendaItem, *, by: User, read: Collection[int] | None = None) -> Motion:
    item = hold(item)
    if sentence := rules.why_not_close_vote(item, by=by) or rules.not_what_was_read(rules.open_motion(item), read):
        raise Refused(sentence)
    motion = item.motions.get(closed_at=None)
    tally, q = rules.tally(motion), rules.taking_part(motion)
    write_count(motion, tally, q, by=by)
    if motion.result == Motion.Result.CARRIED:
        carry_out(motion, tally, q, by=by)
    elif motion.result == Motion.Result.TIED:
        postpone(item.case, by=by, until=clock.today() + POSTPONED_FOR)
    return motion


def write_count(motion: Motion, tally: rules.Tally, q: rules.Quorum, *, by: User) -> None:
    """The count, once. The choices of a secret vote are erased with it: nobody can read them afterwards, we neither."""
    motion.votes.update(counted=Q(pk__in=[vote.pk for vote in rules.counted_votes(motion)]))
    now = clock.now()
    if motion.secret:
        motion.votes.update(choice="", at=now)
    motion.closed_at, motion.closed_by, motion.result = now, by, tally.result
    motion.yes, motion.no, motion.abstained = tally.yes, tally.no, tally.abstained
    motion.present, motion.seats = q.present, q.seats
    motion.save(update_fields="closed_at closed_by result yes no abstained present seats".split())
    counts = {"result": str(motion.result), "yes": tally.yes, "no": tally.no, "secret": motion.secret}
    audit.record("closed_vote", motion.item.case, by=by, changes=counts)


def carry_out(motion: Motion, tally: rules.Tally, q: rules.Quorum, *, by: User) -> None:
    case = motion.item.case
    if motion.outcome == Outcome.POSTPONE:
        postpone(case, by=by, until=motion.until or clock.today() + POSTPONED_FOR)
        return
    Decision.objects.create(
        case=case,
        body=motion.item.meeting.body,
        outcome=motion.outcome,
        what=motion.what,
        amount=motion.amount,
        kind=motion.kind,
        months=motion.months,
        partial=motion.partial,
        reasons=to_the_person(motion),
        yes=tally.yes,
        no=tally.no,
        abstained=tally.abstained,
        present=q.present,
        seats=q.seats,
        casting_vote=tally.casting_vote,
        proposed_by=by,
    )
    if motion.outcome == Outcome.ASK_FOR_PAPERS:
        workflow.perform(case, "ask_for_papers", by=by, papers=motion.papers, why=motion.reasons)
    if motion.outcome == Outcome.RETURN_TO_RESEARCH:
        workflow.perform(case, "return_to_research", by=by, why=motion.reasons)


def to_the_person(motion: Motion) -> str:
    """The reasons a decision bears. Those of a recommended approval are the researcher's to the committee: they tell
    what was found in a home, and are not written to the person."""
    if motion.outcome == Outcome.APPROVE and motion.put_by_id is None:
        return ""
    return motion.reasons


def issue(case: SupportRequest, *, by: User, read: Collection[int] | None = None) -> SupportRequest:
    """Issue the carried decision, on or after its earliest date; needs no meeting (rule 5). `read`: the decision the
    chair was shown."""
    look_for_ties(case)
    return issue_carried(case, by=by, read=read)


@transaction.atomic
def issue_carried(case: SupportRequest, *, by: User, read: Collection[int] | None = None) -> SupportRequest:
    case = workflow.lock(case)
    decision = case.decisions.filter(settled_at=None, outcome__in=Decision.ISSUED).first()
    if sentence := rules.not_what_was_read(decision, read):
        raise Refused(sentence)
    return workflow.perform(case, decision.outcome if decision else "approve", by=by)


def issue_due(
    decisions: Iterable[Decision], *, by: User
) -> tuple[list[SupportRequest], list[tuple[SupportRequest, str]]]:
    """Issue each of these whose date has come; each by itself, so that one that cannot be leaves the others issued.

    Returns those issued, and those that were not with the sentence that says why.
    """
    issued, left = [], []
    for decision in decisions:
        try:
            issued.append(issue(decision.case, by=by, read={decision.pk}))
        except Refused as refused:
            left.append((decision.case, refused.sentence))
    return issued, left


def hold(item: AgendaItem) -> AgendaItem:
    """The item as it stands, with its case and its meeting held until the end of the transaction.

    The case first, then the meeting, everywhere. Without the meeting, one closed between the check and the count
    would empty the room, and a carried motion would be counted as a tie.
    """
    workflow.lock(item.case)
    held(item.meeting)
    return AgendaItem.objects.select_related("meeting", "case").get(pk=item.pk)
