"""What happened to a case, as staff read it: its moves and errands in words, and the messages about it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from channels import wording
from core import audit
from core.hijri import format_dual
from core.models import AuditRow, OutboxRow, OutboxState
from requests import rules
from requests.delivery.models import WhyReceivedAnew
from requests.models import Step, SupportRequest
from requests.states import TONES, State

MESSAGE_STATES: dict[str, tuple[str | Promise, str]] = {
    OutboxState.PENDING: (gettext_lazy("waiting to be sent"), "wait"),
    OutboxState.SENDING: (gettext_lazy("being sent"), "wait"),
    OutboxState.SENT: (gettext_lazy("sent"), "ok"),
    OutboxState.FAILED: (gettext_lazy("not sent"), "no"),
    OutboxState.UNCERTAIN: (gettext_lazy("not known whether it arrived"), "you"),
}
HAPPENED: dict[str, str | Promise] = {
    "receive": gettext_lazy("The request was received"),
    "ask_for_papers": gettext_lazy("Papers were asked for"),
    "papers_complete": gettext_lazy("The papers are complete"),
    "verify": gettext_lazy("The data was confirmed"),
    "refer_to_research": gettext_lazy("The request was referred to social research"),
    "recommend": gettext_lazy("Raised to the committee with a recommendation"),
    "return_to_research": gettext_lazy("The committee returned it to research"),
    "approve": gettext_lazy("The approval was issued"),
    "reject": gettext_lazy("The rejection was issued"),
    "complete_registration": gettext_lazy("Registration was completed"),
    "deliver": gettext_lazy("The service was delivered"),
    "reopen_on_appeal": gettext_lazy("Reopened on an objection"),
    "withdraw": gettext_lazy("The request was withdrawn"),
    "close": gettext_lazy("The request was closed"),
    # Not moves, but changes that the record keeps and a colleague needs to know of.
    "told_period": gettext_lazy("The person was told how long it takes"),
    "told_decision": gettext_lazy("The person was told the decision"),
    "taken_for_research": gettext_lazy("A researcher took the case"),
    "postponed": gettext_lazy("The committee postponed the case"),
    "revealed": gettext_lazy("The masked file was opened, with a reason"),
    "asked_clarification": gettext_lazy("A question of the person was referred to the researcher"),
    "took_clarification": gettext_lazy("A researcher took the person's question"),
    "answered_clarification": gettext_lazy("The researcher answered the person's question"),
    "invited_for_clarification": gettext_lazy("The person was texted to call or come for the answer"),
    "told_clarification": gettext_lazy("The person was told the answer to their question"),
    "appeal_received": gettext_lazy("An objection to the decision was received"),
    "changed_receiving": gettext_lazy("How the service is received was changed"),
    "verified_iban": gettext_lazy("The IBAN was verified anew"),
    "planned_delivery": gettext_lazy("The schedule of the delivery was laid"),
    "receipted": gettext_lazy("An instalment was received"),
    "cancelled_instalments": gettext_lazy("Of the delivery something was cancelled"),
    "issued_letter": gettext_lazy("A referral letter was issued"),
    "called_about_delivery": gettext_lazy("The person was called about what they have not collected"),
    "assigned": gettext_lazy("The case was given to the researcher of the area"),
    "handed_over": gettext_lazy("The case was handed over to another researcher"),
    "appointment_made": gettext_lazy("An appointment was made"),
    "appointment_moved": gettext_lazy("An appointment was moved"),
    "appointment_cancelled": gettext_lazy("An appointment was cancelled"),
    "appointment_held": gettext_lazy("An appointment was held"),
    "appointment_missed": gettext_lazy("An appointment did not take place"),
    "appointment_taken_back": gettext_lazy("What was recorded of an appointment was taken back"),
    "opinion_asked": gettext_lazy("A second opinion was asked for"),
    "opinion_given": gettext_lazy("A second opinion was given"),
    "circumstances_changed": gettext_lazy("A change of circumstances was recorded"),
}
TOLD = (
    "told_period told_decision taken_for_research postponed revealed asked_clarification took_clarification "
    "answered_clarification invited_for_clarification told_clarification appeal_received "
    "assigned handed_over appointment_made appointment_moved appointment_cancelled appointment_held appointment_missed "
    "appointment_taken_back opinion_asked opinion_given circumstances_changed "
    "planned_delivery changed_receiving verified_iban receipted cancelled_instalments issued_letter "
    "called_about_delivery"
).split()

POSTPONED = "postponed"


def history(case: SupportRequest, *, reasons: bool) -> list[dict[str, Any]]:
    """Every move, and every telling, newest first, with the names of those who did it. A written reason may name
    the person: `reasons` only for whoever reads their name."""
    told, served = list(audit.history(case).filter(verb__in=TOLD)), case.policy_version.term("masc_def")
    whys = why_cancelled(case) if any(row.verb == "cancelled_instalments" for row in told) else {}
    names = dict(User.objects.filter(pk__in=[row.actor_id for row in told]).values_list("pk", "name"))
    others = {rules.Applicant.username: served, audit.System.username: _("the portal")}
    rows = [
        {
            "at": row.at,
            "what": HAPPENED[row.verb],
            "who": names.get(row.actor_id) or others.get(row.actor, row.actor),
            "why": reason_of(row, whys) if reasons or row.verb == POSTPONED else "",
        }
        for row in told
    ]
    for step in case.steps.select_related("by"):
        rows.append(
            {
                "at": step.at,
                "what": HAPPENED.get(step.action, step.action),
                "who": step.by.name if step.by else served,
                "why": why_of(case, step, reasons=reasons),
                "tone": TONES[State(step.to_state)],
            }
        )
    return sorted(rows, key=lambda row: row["at"])[::-1]  # of two in one instant, the later row stands first


def why_cancelled(case: SupportRequest) -> dict[int, str]:
    """Of each cancelled instalment, by its number: the reason and the note."""
    rows = case.instalments.exclude(cancelled_at=None)
    return {each.number: f"{each.get_cancelled_why_display()}. {each.cancelled_note}".strip() for each in rows}


def reason_of(row: AuditRow, cancelled: Mapping[int, str]) -> str:
    """As the record keeps it; why something was cancelled stands with what was cancelled alone, and of a postponement
    only until when is told here: why is the committee's, also where older rows of the record hold it."""
    if row.verb == POSTPONED:
        return _("postponed until %(date)s") % {"date": format_dual(date.fromisoformat(row.changes["until"]))}
    if row.verb == "changed_receiving":
        return str(WhyReceivedAnew(row.changes["why"]).label)
    if row.verb != "cancelled_instalments" or row.why:
        return row.why
    return next((cancelled[number] for number in row.changes["instalments"] if number in cancelled), "")


def why_of(case: SupportRequest, step: Step, *, reasons: bool) -> str:
    """The reason for closing comes from a list, and names nobody."""
    if step.action == "close":
        return case.get_close_reason_display()
    return step.why if reasons else ""


def messages_of(about: Model) -> list[dict[str, Any]]:
    """Every message about a case or another row, newest first, and whether it went out."""
    subject_type, subject_id = audit.name_of(about)
    sent = OutboxRow.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("-id")
    return [
        {"label": wording.label(row.event), "at": row.created_at, "state": label, "tone": tone}
        for row in sent
        for label, tone in [MESSAGE_STATES[row.state]]
    ]
