"""Who may do what to a programme permit (policy clauses PS-D1 and PS-D4)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Role
from core.hijri import format_dual
from requests.permits.models import PermitState, ProgrammePermit
from requests.rules import Rulebook, Sentence, a_reason
from requests.states import Action, By, table

DESK = (Role.OFFICER,)


NUMBER_NEEDED = gettext_lazy("Enter the number given by the Tayseer system.")
NOTE_NEEDED = gettext_lazy("Write what the authority said, so that the volunteer can be told.")


def external_number(case: Any, by: Any, facts: dict[str, Any]) -> Sentence:
    """The authority's system has no public interface: its number is entered by hand."""
    return None if facts.get("external_reference", "").strip() else str(NUMBER_NEEDED)


def what_they_said(case: Any, by: Any, facts: dict[str, Any]) -> Sentence:
    return None if facts.get("answer_note", "").strip() else str(NOTE_NEEDED)


def not_before_it_was_raised(case: Any, by: Any, facts: dict[str, Any]) -> Sentence:
    """An answer comes on the day the programme was raised, or after it."""
    answered_on = facts.get("answered_on")
    if answered_on is None or case.raised_on is None or answered_on >= case.raised_on:
        return None
    return _("The programme was raised on %(day)s; its answer is not of an earlier day.") % {
        "day": format_dual(case.raised_on)
    }


PERMIT = Rulebook(
    actions=table(
        Action("propose", gettext_lazy("Propose a programme"), DESK, By.APPLICANT, "permit_received"),
        Action("raise_to_authority", gettext_lazy("Raise to the authority"), DESK, None, "permit_raised", "primary"),
        Action("record_issued", gettext_lazy("The permit was issued"), DESK, None, "permit_answered", "primary"),
        Action("record_refused", gettext_lazy("The permit was refused"), DESK, None, "permit_answered"),
        Action("hand_over", gettext_lazy("Hand over the approval"), DESK, None, "permit_handed_over", "primary"),
        Action(
            "withdraw", gettext_lazy("Withdraw at the volunteer's request"), DESK, By.APPLICANT, "withdrawn", "danger"
        ),
    ),
    needs={
        "raise_to_authority": (external_number,),
        "record_issued": (not_before_it_was_raised,),
        "record_refused": (what_they_said, not_before_it_was_raised),
        "withdraw": (a_reason,),
    },
)

TONES = {
    PermitState.PROPOSED: "you",
    PermitState.RAISED: "wait",
    PermitState.ISSUED: "ok",
    PermitState.REFUSED: "no",
    PermitState.HANDED_OVER: "ok",
    PermitState.WITHDRAWN: "off",
}

PUBLIC_STEPS = (
    (gettext_lazy("We received your programme"), (PermitState.PROPOSED,)),
    (gettext_lazy("We raised it to the authority"), (PermitState.RAISED,)),
    (gettext_lazy("The authority's answer"), (PermitState.ISSUED, PermitState.REFUSED)),
    (gettext_lazy("You receive the approval"), (PermitState.HANDED_OVER,)),
)
"""The plain steps a volunteer sees. No period stands here: the authority answers when it answers."""


def public_steps(permit: ProgrammePermit, reached: list[tuple[str, datetime]]) -> list[dict[str, Any]]:
    """The steps with the dates of those reached: (state, instant) of every move, oldest first."""
    dates = dict(reversed(reached))
    here = max(place for place, (_label, states) in enumerate(PUBLIC_STEPS) if dates.keys() & {*states})
    shown = PUBLIC_STEPS[:3] if permit.state == PermitState.REFUSED else PUBLIC_STEPS
    return [
        {
            "label": label,
            "state": progress(permit, place, here),
            "date": next((dates[state] for state in states if state in dates), None),
        }
        for place, (label, states) in enumerate(shown)
    ]


def progress(permit: ProgrammePermit, place: int, here: int) -> str:
    if place > here:
        return "todo"
    over = permit.state in (PermitState.WITHDRAWN, PermitState.HANDED_OVER, PermitState.REFUSED)
    return "now" if place == here and not over else "done"
