"""What the case page shows, gathered in the view so that its templates ask nothing of the database."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from accounts.models import User
from accounts.roles import COMMITTEE, COUNTER, Role
from beneficiaries.models import Person
from core import clock
from core.references import format_reference
from policies.models import NeedBand, WaitingStart
from requests import actions, rules, workflow
from requests.appeal import rules as appeals
from requests.appeal.page import objection
from requests.appeal.rules import appeal_of
from requests.clarification.card import clarification_card
from requests.decision.letter.words import given_rows
from requests.declaration.card import declaration_card
from requests.delivery import rules as delivery
from requests.happened import history, messages_of
from requests.models import CheckState, Decision, Letter, Outcome, Study, SupportRequest
from requests.people.access import people_of
from requests.public.wording import accepted_sentence, objection_sentence, public_sentence, rejection_sentence
from requests.sight import Sight, sight_of
from requests.states import ACTIONS, FINAL, STAFF_STEPS, TONES, UNDECIDED, Action, By, State
from requests.study.rules import shared
from requests.verification import rules as verification
from requests.visits import rules as visits
from requests.visits.page import visits_card

PAPER_TONES: dict[str, str] = {
    CheckState.NOT_GIVEN: "off",
    CheckState.GIVEN: "info",
    CheckState.ACCEPTED: "ok",
    CheckState.PROBLEM: "no",
    CheckState.DOES_NOT_EXIST: "info",
    CheckState.NOT_ELIGIBLE: "info",
}
AT_ONCE = ("verify", "refer_to_research", "papers_complete")
"""Posted from the page itself: they need nothing besides."""
WITH_FACTS = ("ask_for_papers", "complete_registration", "withdraw", "close")
"""Each has a small page of its own that asks for its facts."""
ELSEWHERE = {
    "recommend": "requests:study",
    "deliver": "requests:delivery",
    "reopen_on_appeal": "requests:appeal",
}
"""Done on the page of whoever has them in hand."""
OPENS_UNDONE = ("recommend", "deliver")
"""The study and the receipts are what their own page is for, so it opens before they are complete."""


def case_page(case: SupportRequest, user: User, *, sight: Sight | None = None) -> dict[str, Any]:
    """Everything on the page of one case, as far as `user` reads it."""
    sight = sight or sight_of(case, user)
    papers = list(case.checks.select_related("judged_by", "member").prefetch_related("pages__file"))
    study = Study.objects.filter(case=case).first() if sight.study else None
    return {
        "case": case,
        "policy": case.policy_version,  # its words and clauses, not today's (rule 2)
        "person": case.person.current,
        "file_url": file_url(case.person.current, user),
        "sight": sight,
        "tone": TONES[State(case.state)],
        "days": clock.days_since(case.state_since),
        "channel": case.policy_version.channel_labels.get(case.channel, case.channel),
        "rail": rail(case),
        "public": public_sentence(case),
        "papers": [{"check": check, "tone": PAPER_TONES[check.state]} for check in papers],
        **declaration_card(case, user),
        "suspended": None if State(case.state) in FINAL else rules.person_suspended(case.person.current),
        "waiting_sentence": waiting_sentence(case),
        "buttons": buttons(case, user),
        "tell_period": telling_of_period(case, user),
        "tell_decision": telling_of_decision(case, user),
        "decision": issued_decision(case),
        "settled": case.decided_on is not None and case.state not in UNDECIDED,
        "letter_url": letter_url(case, user),
        "study": study,
        "study_valid_until": visits.valid_until(study) if study else None,
        "per_head": per_head(study),
        "band_is_example": by_example(study),
        "clarification": clarification_card(case, user, sight),
        "visits": visits_card(case, user, sight),
        "objection": objection(case, reader=user, study=sight.study) if sight.whole else None,
        "history": history(case, reasons=sight.whole),
        "messages_sent": messages_of(case),
        "receipt_url": reverse("requests:receipt", args=[case.reference])
        if not rules.not_the_counters(case, user)
        else "",
        "crumbs": crumbs(case),
    }


def file_url(person: Person, user: User) -> str:
    """The way to the person's file, for whoever finds it (`people.access`)."""
    if not user.holds(*COUNTER, Role.MANAGER) or not people_of(user).filter(pk=person.pk).exists():
        return ""
    return reverse("requests:person", args=[person.pk])


def crumbs(case: SupportRequest, here: str = "") -> list[dict[str, str]]:
    """The way back: the queue, and from a page inside the case, the case."""
    trail = [{"label": _("Requests"), "url": reverse("requests:queue")}]
    name = _("Request %(reference)s") % {"reference": format_reference(case.reference)}
    if not here:
        return [*trail, {"label": name}]
    return [*trail, {"label": name, "url": url("case", case)}, {"label": here}]


def url(name: str, case: SupportRequest, *more: Any) -> str:
    return reverse(f"requests:{name}", args=[case.reference, *more])


# Where it stands


def rail(case: SupportRequest) -> list[dict[str, Any]]:
    """The staff timeline: what is behind with its date, where the case stands now, what is still to come."""
    entered: dict[int, date] = {}
    for step in case.steps.all():
        if (index := stage_of(step.to_state)) is not None:
            entered.setdefault(index, clock.local_date(step.at))
    here = standing(case, entered)
    return [
        {
            "label": label,
            "date": entered.get(index) if index <= here else None,
            "state": "todo" if index > here else "now" if index == here and case.state not in FINAL else "done",
        }
        for index, (label, _states) in enumerate(STAFF_STEPS)
    ]


def stage_of(state: str) -> int | None:
    return next((index for index, (_label, states) in enumerate(STAFF_STEPS) if state in states), None)


def standing(case: SupportRequest, entered: dict[int, date]) -> int:
    """Which stage the case is at; awaiting papers, where it came from; withdrawn or closed, the furthest it came."""
    index = stage_of(case.came_from if case.state == State.AWAITING_DOCUMENTS else case.state)
    return max(entered, default=0) if index is None else index


def waiting_sentence(case: SupportRequest) -> str:
    """What the earliest date card says when there is no date yet."""
    if case.earliest_decision_on:
        return ""
    if case.informed_at is None:
        return _("The waiting period has not begun: the person has not been told yet.")
    if case.waiting_starts_at == WaitingStart.COMMITTEE_REFERRAL:
        return _("No decision before %(period)s from raising the request to the committee.") % {
            "period": rules.days_in_words(case.min_decision_days)
        }
    return ""


# What may be done


def buttons(case: SupportRequest, user: User) -> list[dict[str, Any]]:
    """What this user's roles may do in this state, the next step first; one that may not be done says why."""
    moves = [move(case, action, user) for action in ACTIONS.values() if concerns(case, action, user)]
    found = sorted([*errands(case, user), *moves], key=lambda each: (bool(each["reason"]), RANK[each["tone"]]))
    first = next((each for each in found if not each["reason"] and each["tone"] == "primary"), None)
    for each in found:
        each["primary"] = each is first
    return found


RANK = {"primary": 0, "plain": 1, "danger": 2}


def concerns(case: SupportRequest, action: Action, user: User) -> bool:
    """Whether the page offers this action: legal in this state, of a role the user holds, and theirs to begin."""
    if not user.holds(*action.roles) or action.name not in (*AT_ONCE, *WITH_FACTS, *ELSEWHERE):
        return False
    if not rules.within_reach(case, user, action.roles):
        return False
    if action.name == "ask_for_papers" and case.state == State.COMMITTEE_REVIEW:
        return False  # there it is an outcome of a vote, on the committee's own screen
    if action.by is By.TURN and not rules.has_turn(case, user):
        return False
    if action.name == "recommend" and case.researcher_id != user.pk:
        return False  # first somebody takes the case; who gives a second opinion only reads it
    return can_proceed(getattr(case, action.name), check_conditions=False)


def move(case: SupportRequest, action: Action, user: User) -> dict[str, Any]:
    place = ELSEWHERE.get(action.name)
    reason = why_not_open(case, action.name, by=user)
    opens = action.name in OPENS_UNDONE and not rules.wrong_role(case, action, user)
    return button(
        _("Study the case") if action.name == "recommend" and rules.study_incomplete(case, user) else action.label,
        reverse(place, args=[case.reference]) if place else url("act", case, action.name),
        post=action.name in AT_ONCE,
        reason="" if opens else reason or "",
        tone=action.tone,
    )


def button(
    label: str | Promise, href: str, *, post: bool = False, reason: str = "", tone: str = "primary"
) -> dict[str, Any]:
    return {
        "label": label,
        "url": href,
        "post": post,
        "reason": reason,
        "tone": tone,
        "danger": tone == "danger",
    }


def why_not_open(case: SupportRequest, name: str, *, by: User) -> str | None:
    """As `workflow.why_not`, except that what an action's own form fills in does not keep the form closed."""
    sentence = workflow.why_not(case, name, by=by)
    if name == "complete_registration" and sentence and sentence == rules.fields_missing(case, by):
        return rules.papers_expired_today(case, by)
    return sentence


def errands(case: SupportRequest, user: User) -> list[dict[str, Any]]:
    """The steps that move no state: judging papers, taking a case, opening it in the committee's screen."""
    found = []
    if not rules.not_the_counters(case, user) and case.state in verification.JUDGED_IN:
        found.append(papers_button(case))
    if case.state == State.REJECTED and not rules.not_the_counters(case, user) and not appeal_of(case):
        why_not = appeals.why_not_write(case, user) or ""
        found.append(button(_("Register an objection"), url("appeal_write", case), reason=why_not, tone="plain"))
    if user.holds(Role.RESEARCHER) and case.state == State.SOCIAL_RESEARCH and case.researcher_id is None:
        found.append(button(_("Take the case for study"), url("take", case), post=True))
    if visits.why_not_record(case, by=user) is None:
        found.append(button(_("Record a change of circumstances"), url("change", case), tone="plain"))
    if user.holds(Role.MANAGER) and delivery.not_cancelling(case, user) is None and case.instalments.outstanding():
        found.append(button(_("Cancel what is left to deliver"), url("delivery_cancel", case), tone="plain"))
    if user.holds(*COMMITTEE) and case.state == State.COMMITTEE_REVIEW:
        found.append(button(_("Open it in the committee"), reverse("committee:case", args=[case.reference])))
    return found


def papers_button(case: SupportRequest) -> dict[str, Any]:
    """The way to the papers; the next step as long as one of them stands in the way of the next move."""
    if case.state == State.APPROVED:
        due = bool(rules.papers_expired_today(case, None))
        return button(_("Renew the papers' validity"), url("papers", case), tone="primary" if due else "plain")
    due = any(not check.settled for check in case.checks.all())
    return button(_("Check the papers"), url("papers", case), tone="primary" if due else "plain")


# What the person is told


def telling_of_period(case: SupportRequest, user: User) -> list[str]:
    """The sentences to read aloud when the person has not been told yet; none otherwise."""
    if actions.why_not_tell_period(case, by=user):
        return []
    period = rules.days_in_words(case.min_decision_days)
    return [line.replace("{min_days_words}", period) for line in case.policy_version.read_aloud]


def telling_of_decision(case: SupportRequest, user: User) -> list[str]:
    """The decision as a script to read aloud; none when there is nothing to tell or somebody told it. Whoever
    objected to it knows it."""
    if actions.why_not_tell_decision(case, by=user) or (case.state == State.REJECTED and appeal_of(case)):
        return []
    if case.state == State.REJECTED:
        return [rejection_sentence(case), objection_sentence(case)]
    decision = issued_decision(case)
    return [
        accepted_sentence(case),
        approved_sentence(decision),
        *([decision.reasons] if decision and decision.reasons else []),
        _("We now complete your registration with you, then the service is delivered to you."),
    ]


def approved_sentence(decision: Decision | None) -> str:
    """What was approved, of which kind, how much and over how long: as the letter says it."""
    given = given_rows(decision) if decision else []
    return _("What was approved: %(what)s.") % {"what": "، ".join(value for _label, value in given)}


def letter_url(case: SupportRequest, user: User) -> str:
    """The way to the letter of the decision, for the counter that tells it."""
    if rules.not_the_counters(case, user) or not Letter.objects.filter(decision__case=case).exists():
        return ""
    return url("decision_letter", case)


def issued_decision(case: SupportRequest) -> Decision | None:
    """The decision in force: issued, and not reopened by an objection since."""
    if case.decided_on is None:
        return None
    issued = case.decisions.filter(outcome__in=(Outcome.APPROVE, Outcome.REJECT), issued_by__isnull=False)
    return issued.select_related("issued_by").order_by("-settled_at").first()


def per_head(study: Study | None) -> Decimal | None:
    """What the saved numbers come to; None until they are there."""
    if study is None or study.income is None or not study.household_size:
        return None
    if study.per_head is not None:  # counted from its lines, and rounded once
        return study.per_head
    return shared(study.income - (study.obligations or 0), study.household_size)


def by_example(study: Study | None) -> bool:
    """Whether the study's band came from the table an association begins with."""
    if study is None or not study.band:
        return False
    kept = study.results.last() if study.completed_at else None
    return kept.by_example if kept else NeedBand.objects.filter(label=study.band, is_example=True).exists()


# What happened
