"""What the one page of a case shows: enough to decide without a second window. Reads only; rules stand elsewhere."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import SIGHT, VOTING, Role, Votes
from committee import rules
from committee.meetings import rules as meetings
from committee.models import AgendaItem, Meeting, Motion, Vote
from committee.support import support
from core import clock
from core.hijri import format_dual
from core.templatetags.ui import money
from policies.rules import waiting_clause
from requests import workflow
from requests.decision.words import given, otherwise
from requests.models import Appeal, CheckState, Decision, Letter, Outcome, Study, SupportRequest
from requests.page import PAPER_TONES, by_example, per_head, rail
from requests.public.wording import objection_sentence, rejection_because
from requests.rules import decidable_today, open_decision, person_suspended
from requests.states import FINAL, TONES, State
from requests.study.page import summary as whole_study
from requests.visits.rules import valid_until

RESULT_TONES = {Motion.Result.CARRIED: "ok", Motion.Result.LOST: "no", Motion.Result.TIED: "wait"}


def sheet(case: SupportRequest, reader: User) -> dict[str, Any]:
    """The person's need and the researcher's study of it as `reader` may read it, under the heading and the rail."""
    return {
        "title": title(case),
        "tone": TONES[State(case.state)],
        "waited": clock.days_since(case.state_since),
        "steps": rail(case),
        "facts": summary(case),
        "support": support(case, by=reader),
        "study": case.study,
        "valid_until": last if (last := valid_until(case.study)) and last >= clock.today() else None,
        "told": whole_study(case.study, reader) if case.study.completed_at else None,
        "papers": [
            {"label": check.label, "valid_to": check.valid_to, "state": check.get_state_display(),
             "tone": PAPER_TONES[CheckState(check.state)], "reason": check.reason,
             "files": [page.file for page in check.pages.all()]}
            for check in case.checks.prefetch_related("pages__file")
        ],
        "declaration": getattr(case, "declaration", None),
        "clause": waiting_clause(case.policy_version),
        "decidable": decidable_today(case),
        "suspended": None if State(case.state) in FINAL else person_suspended(case.person.current),
    }  # fmt: skip


def title(case: SupportRequest) -> str:
    """Household and service: what is before the committee, without a name."""
    people = household(case)
    return f"{household_words(people)} · {case.service.label}" if people else case.service.label


def household(case: SupportRequest) -> int | None:
    """People in the household: as the researcher counted them, else as declared."""
    study = getattr(case, "study", None)
    return (study and study.household_size) or case.household_size


def household_words(people: int) -> str:
    return ngettext("Household of %(n)s person", "Household of %(n)s people", people) % {"n": people}


def summary(case: SupportRequest) -> list[tuple[str, Any]]:
    """Label and value: the need in one line, and the money."""
    study, people = case.study, household(case)
    rows = [(_("The need"), case.need)]
    if people:
        rows.append((_("Household"), ngettext("%(n)s person in it", "%(n)s people in it", people) % {"n": people}))
    if study.income is not None:
        rows.append((_("Counted income"), riyals(study.income)))
    elif case.income_band:
        rows.append((_("Income as declared"), case.get_income_band_display()))
    if study.obligations is not None:
        rows.append((_("Obligations"), riyals(study.obligations)))
    if (share := per_head(study)) is not None:
        rows.append((_("Per head, a month"), riyals(share)))
    if study.band:
        rows.append((_("Band of need"), band_words(study)))
    return rows


def band_words(study: Study) -> str | SafeString:
    """The band as the study kept it; out of the table an association begins with, it is marked as an example."""
    if not by_example(study):
        return study.band
    mark = _("an example; the association sets its own")
    return format_html('{} <span class="chip wait">{}</span>', study.band, mark)


def riyals(amount) -> str:
    return _("%(amount)s riyals") % {"amount": money(amount)}


def reads_letter(decision: Decision, *, by: User) -> bool:
    """Whether there is a letter for `by` to read: of a decision that is issued or waits to be, whoever issues it."""
    if not by.holds(Role.CHAIR, Role.DEPUTY, Role.SECRETARY) or decision.outcome not in Decision.ISSUED:
        return False
    return decision.settled_at is None or Letter.objects.filter(decision=decision).exists()


def brief(what: Motion | Decision) -> dict[str, Any]:
    """One line of a list in which many are agreed to or issued together: all that is given, and why not."""
    return {
        "read": str(what.pk),  # what the page showed goes back with what is done to it
        "label": headline(what),
        "given": gives(what) if what.outcome == Outcome.APPROVE else [],
        "reasons": what.reasons if what.outcome == Outcome.REJECT else "",
    }


def proposal(what: Motion | Decision) -> dict[str, Any]:
    """A motion or a carried decision in words; a rejection exactly as the person will read it, with how to object."""
    rejecting = what.outcome == Outcome.REJECT
    return brief(what) | {
        "otherwise": "، ".join(otherwise(what, getattr(case_of(what), "study", None))),
        "reasons": "" if rejecting else what.reasons,
        "reads": as_the_person_reads(what.reasons, case_of(what)) if rejecting else "",
        "papers": list(getattr(what, "papers", {}).values()),
        "until": getattr(what, "until", None),
    }


HEADLINES = {
    Outcome.APPROVE: lambda: _("Approve the request"),
    Outcome.REJECT: lambda: _("Reject the request"),
    Outcome.ASK_FOR_PAPERS: lambda: _("Ask the person for papers"),
    Outcome.RETURN_TO_RESEARCH: lambda: _("Return the case to research"),
    Outcome.POSTPONE: lambda: _("Postpone the case"),
}


def headline(what: Motion | Decision) -> str:
    """What is proposed or was carried; a part of what was asked is not called the whole."""
    if what.outcome == Outcome.APPROVE and what.partial:
        return _("Approve a part of what was asked")
    return HEADLINES[Outcome(what.outcome)]()


def gives(what: Motion | Decision) -> list[str]:
    """What it gives, in the words of the minutes and the letter; that it is a part stands in the headline."""
    return [fact for fact in given(what) if fact != _("part of what was asked")]


def case_of(what: Motion | Decision) -> SupportRequest:
    return what.case if isinstance(what, Decision) else what.item.case


def as_the_person_reads(reasons: str, case: SupportRequest) -> str:
    """With how to object and until when; after an objection, that the decision is final."""
    return f"{rejection_because(reasons)} {objection_sentence(case)}"


def ballot(item: AgendaItem, *, by: User) -> dict[str, Any]:
    """The vote on one item as `by` may see it: their own choice, and how many others voted."""
    motion, quorum = rules.open_motion(item), rules.quorum(item.meeting, item.case)
    mine = motion and motion.votes.filter(seat__user=by).first()
    return {
        "motion": motion and proposal(motion),
        "votes": by.holds(*VOTING),
        "why_not": rules.why_not_vote(item, by=by),
        "choices": [
            {"value": choice.value, "label": label(), "key": key, "mine": bool(mine and mine.choice == choice)}
            for key, choice, label in CHOICES
        ],
        "mine": mine,
        "cast": len(rules.counted_votes(motion)) if motion else 0,
        "of": len(rules.seats_that_count(motion)) if motion else 0,
        "quorum": quorum,
        "quorum_sentence": None if quorum.met else rules.quorum_sentence(quorum),
        "closed": [closed_motion(row, by=by) for row in closed_motions(item)],
        **(while_open(item, motion, by=by) if motion else {}),
    }


def while_open(item: AgendaItem, motion: Motion, *, by: User) -> dict[str, Any]:
    """Secret or open, who asked to discuss it, and, once everybody has voted openly, who votes what until it closes."""
    complete = rules.everybody_voted(motion, item.case, rules.room(item.meeting))
    seated = rules.seat_of(by, item.meeting) is not None
    shown = complete and seated and not motion.secret and reads_votes(by, Votes.OWN_THEN_ALL)
    return {
        "secret": motion.secret,
        "complete": complete,
        "so_far": who_voted(motion) if shown else [],
        "pulled": [row.seat.user.name for row in item.pulled.select_related("seat__user")],
        "why_not_ballot": rules.why_not_set_ballot(item, by=by),
    }


CHOICES = (
    ("1", Vote.Choice.YES, lambda: _("I agree")),
    ("2", Vote.Choice.NO, lambda: _("I do not agree")),
    ("3", Vote.Choice.ABSTAIN, lambda: _("I abstain")),
)


def closed_motions(item: AgendaItem) -> list[Motion]:
    """The item's closed votes, newest first, each with its count as it was written when it was closed."""
    closed = item.motions.filter(result__in=RESULT_TONES).prefetch_related("votes__seat__user")
    return list(closed.order_by("-closed_at", "-id"))


def closed_motion(motion: Motion, *, by: User) -> dict[str, Any]:
    """A vote that is over: its result to all, its counts and who voted what as their roles read votes (`SIGHT`).

    Of a secret vote nobody reads who voted what: it is not kept.
    """
    return {
        "label": headline(motion),
        "result": motion.get_result_display(),
        "tone": RESULT_TONES[Motion.Result(motion.result)],
        "secret": motion.secret,
        "tally": tally_words(motion) if reads_votes(by, Votes.OWN_THEN_ALL, Votes.TALLY) else "",
        "votes": [] if motion.secret or not reads_votes(by, Votes.OWN_THEN_ALL) else who_voted(motion),
    }


def who_voted(motion: Motion) -> list[dict[str, str]]:
    votes = motion.votes.select_related("seat__user").order_by("seat_id")
    return [{"who": vote.seat.user.name, "choice": vote.get_choice_display()} for vote in votes]


def tally_words(counted: Motion | Decision) -> str:
    if counted.yes is None:
        return ""
    counts = {"yes": counted.yes, "no": counted.no, "abstained": counted.abstained}
    return _("Agree: %(yes)s · do not agree: %(no)s · abstain: %(abstained)s") % counts


def reads_votes(by: User, *ways: Votes) -> bool:
    return any(SIGHT[Role(role)].votes in ways for role in by.roles)


def issuing(case: SupportRequest, *, by: User) -> dict[str, Any] | None:
    """The decision that was carried and waits, or was issued last; and why `by` may not issue it now."""
    decision = open_decision(case) or case.decisions.exclude(issued_by=None).order_by("-settled_at").first()
    if decision is None:
        return None
    waits, shown = decision.settled_at is None, proposal(decision)
    if first := is_objected_to(decision):
        shown["reads"] = shown["reads"] and rejection_because(decision.reasons)
    return shown | {
        "first": first,
        "sent": not waits,
        "tally": tally_words(decision),
        "decision": decision,
        "waits": waits,
        "why_not": workflow.why_not(case, decision.outcome, by=by) if waits else None,
        "issues": waits and by.holds(Role.CHAIR, Role.DEPUTY),
        "letter": reads_letter(decision, by=by),
    }


def is_objected_to(decision: Decision) -> bool:
    """Whether an objection to this decision is being heard, or was: it is not the one that ends the case."""
    if decision.settled_at is None:
        return False
    return Appeal.objects.filter(case=decision.case_id, reopened_at__gte=decision.settled_at).exists()


def due(decision: Decision, *, by: User) -> dict[str, Any]:
    """One carried decision whose date has come, and why `by` may not issue it."""
    case = decision.case
    return proposal(decision) | {
        "case": case,
        "decision": decision,
        "title": title(case),
        "tally": tally_words(decision),
        "recommended": case.study.reasons if decision.outcome == Outcome.APPROVE and not decision.reasons else "",
        "letter": reads_letter(decision, by=by),
        "why_not": workflow.why_not(case, decision.outcome, by=by),
    }


def agenda_advice(case: SupportRequest, item: AgendaItem | None) -> dict[str, Any] | None:
    """What the secretary does to bring this case before the committee; None when it is there, or nothing is due.

    An agenda is frozen with the notice, or when its meeting opens: a case raised later waits for the next one of the
    committee that hears it, and one that stands on an agenda to come is taken up by no other (`ready_queue`).
    """
    if case.state != State.COMMITTEE_REVIEW or (item is not None and item.meeting.is_open) or open_decision(case):
        return None
    if item is not None and item.meeting.is_planned:
        return called_advice(item.meeting)
    if case.postponed_until and case.postponed_until > clock.today():
        sentence = _("It is postponed; a meeting opened on %(date)s or later takes it up.")
        return {"sentence": sentence % {"date": format_dual(case.postponed_until)}}
    body = meetings.body_of(case)
    if now := Meeting.objects.open().filter(body=body).first():
        sentence = _("Meeting %(number)s opened before this case came. Close it, then open another, which takes it up.")
        return {"sentence": sentence % {"number": now.number}, **to_meeting(now)}
    if next_one := meetings.to_be_noticed(body):
        sentence = _("%(meeting)s is on %(day)s: when you give its notice, this case goes onto its agenda.")
        facts = {"meeting": meetings.name_in_words(next_one), "day": format_dual(next_one.held_on, weekday=True)}
        return {"sentence": sentence % facts, **to_meeting(next_one)}
    sentence = _("Open a meeting: this case goes onto its agenda with all that are ready.")
    return {"sentence": sentence, "url": reverse("committee:queue"), "label": _("Open a meeting")}


def called_advice(meeting: Meeting) -> dict[str, Any]:
    """A case on an agenda to come: when that meeting is; or that its day went by, and it still holds the case."""
    facts = {"meeting": meetings.name_in_words(meeting), "day": format_dual(meeting.held_on, weekday=True)}
    if meeting.held_on < clock.today():
        sentence = _("It is on the agenda of %(meeting)s, which was to be on %(day)s and was not opened. Move it.")
    else:
        sentence = _("It is on the agenda of %(meeting)s, on %(day)s.")
    return {"sentence": sentence % facts, **to_meeting(meeting)}


def to_meeting(meeting: Meeting) -> dict[str, str]:
    return {"url": reverse("committee:meeting", args=[meeting.number]), "label": _("Go to the meeting")}
