"""Who may do what to a programme permit (policy clauses PS-D1 and PS-D4)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from requests.permits.models import PermitState, ProgrammePermit
from requests.rules import Rulebook, Sentence
from requests.states import Action, By, table

DESK = (Role.OFFICER,)


NUMBER_NEEDED = _("Enter the number given by the Tayseer system.")
NOTE_NEEDED = _("Write what the authority said, so that the volunteer can be told.")


def external_number(case: Any, by: Any, facts: dict[str, Any]) -> Sentence:
    """The authority's system has no public interface: its number is entered by hand."""
    return None if facts.get("external_reference", "").strip() else str(NUMBER_NEEDED)


def what_they_said(case: Any, by: Any, facts: dict[str, Any]) -> Sentence:
    return None if facts.get("answer_note", "").strip() else str(NOTE_NEEDED)


PERMIT = Rulebook(
    actions=table(
        Action("propose", _("Propose a programme"), DESK, By.APPLICANT, "permit_received"),
        Action("raise_to_authority", _("Raise to the authority"), DESK, None, "permit_raised", "primary"),
        Action("record_issued", _("The permit was issued"), DESK, None, "permit_answered", "primary"),
        Action("record_refused", _("The permit was refused"), DESK, None, "permit_answered"),
        Action("hand_over", _("Hand over the approval"), DESK, None, "permit_handed_over", "primary"),
        Action("withdraw", _("Withdraw at the volunteer's request"), DESK, By.APPLICANT, "withdrawn", "danger"),
    ),
    needs={"raise_to_authority": (external_number,), "record_refused": (what_they_said,)},
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
    (_("We received your programme"), (PermitState.PROPOSED,)),
    (_("We raised it to the authority"), (PermitState.RAISED,)),
    (_("The authority's answer"), (PermitState.ISSUED, PermitState.REFUSED)),
    (_("You receive the approval"), (PermitState.HANDED_OVER,)),
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
