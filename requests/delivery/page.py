"""What the delivery page shows, gathered in the view so that its template asks nothing of the database."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from channels.codes import actions as codes
from core import audit, clock
from core.templatetags.ui import money
from requests.declaration.panel import message_of
from requests.delivery import rules
from requests.delivery.actions import sign_by
from requests.delivery.forms import CallForm, IbanSeenForm, PhotographsForm, ReceiptForm
from requests.delivery.kinds import asks_of
from requests.happened import HAPPENED as HAPPENED_TO_A_CASE
from requests.happened import reason_of, why_cancelled
from requests.models import Award, Instalment, ReceiveBy, SupportRequest
from requests.page import crumbs
from requests.sight import sight_of
from requests.states import TONES, State
from requests.visits.page import changed_since_approval

VERBS = (
    "planned_delivery changed_receiving verified_iban receipted cancelled_instalments issued_letter "
    "called_about_delivery"
).split()
HAPPENED = {verb: words for verb, words in HAPPENED_TO_A_CASE.items() if verb in VERBS} | {
    "described_delivery": gettext_lazy("How it is given was written"),
    "photographed_delivery": gettext_lazy("Photographs were added"),
    "removed_photograph": gettext_lazy("A photograph was taken away"),
}


def award_of(case: SupportRequest) -> Award:
    """The award, with this very case behind it."""
    award = Award.objects.select_related("planned_by").get(case=case)
    award.case = case
    return award


def chosen(case: SupportRequest, number: int | None) -> Instalment | None:
    """The instalment to receive now: the one asked for, or the first that is outstanding."""
    outstanding = sorted(case.instalments.outstanding(), key=lambda each: (each.due_on or clock.today(), each.number))
    found = next((each for each in outstanding if number in (None, each.number)), None)
    if found is not None:
        found.case = case
    return found


def delivery_page(award: Award, by: User, *, current: Instalment | None, form: ReceiptForm | None) -> dict[str, Any]:
    """Name, contact, what was approved and how it is received: nothing else of the file (product.md, second table)."""
    case, person = award.case, award.case.person.current
    title = _("Delivery")
    return {
        "case": case,
        "award": award,
        "asks": asks_of(award.kind),
        "items": [line for line in award.items.splitlines() if line.strip()],
        "person": person,
        "tone": TONES[State(case.state)],
        "by_transfer": case.receive_by == ReceiveBy.TRANSFER,
        **instalments(award),
        "current": current,
        "form": form,
        "code": code_panel(form, current) if form and current else {},
        "why_not": rules.not_now(case, by) if case.state == State.REGISTERED else "",
        "owed": rules.details_missing(award) or rules.not_verified(award, person),
        "unverified": rules.not_verified(award, person),
        "iban_form": IbanSeenForm(),
        "iban_mark": rules.iban_mark(person),
        "open": case.state == State.REGISTERED,
        "changed": changed_since_approval(case),
        "theirs": rules.not_theirs(case, by) is None,
        "finishable": current is None and rules.finishable(case, by),
        "why_unfinished": rules.not_finished(case, by) if current is None else None,
        **beside(award),
        "crumbs": crumbs(case, title) if not sight_of(case, by).delivery_only else crumbs(case),
    }


def instalments(award: Award) -> dict[str, Any]:
    """Those that stand, those that were cancelled, and the first that nobody came for."""
    found = rows_of(award.case)
    live = [each for each in found if not each["instalment"].cancelled_at]
    lying = next((each["instalment"] for each in live if rules.uncollected(each["instalment"])), None)
    return {
        "live_rows": live,
        "cancelled_rows": [each for each in found if each["instalment"].cancelled_at],
        "several": len(found) > 1,
        "sums": sums(award, found),
        "received": sum(1 for each in live if each["instalment"].receipted_at),
        "live": len(live),
        "uncollected": lying,
        "lying_days": (clock.today() - lying.due_on).days if lying else 0,
    }


def beside(award: Award) -> dict[str, Any]:
    """What stands beside the receipts: the letter, the photographs, the calls, and what was done."""
    return {
        "letter": award.letters.first() if asks_of(award.kind).letter else None,
        "photographs": list(award.photographs.select_related("file", "added_by", "instalment")),
        "photographs_form": PhotographsForm(),
        "calls": list(award.calls.select_related("by")),
        "call_form": CallForm(),
        "happened": happened(award),
    }


def rows_of(case: SupportRequest) -> list[dict[str, Any]]:
    """The instalments with the state of each: its words and its tone."""
    found = case.instalments.select_related("receipted_by", "cancelled_by", "signature")
    today = clock.today()
    return [
        {"instalment": each, "now": each.due_on is not None and each.due_on <= today, **state_of(each)}
        for each in found
    ]


def state_of(instalment: Instalment) -> dict[str, Any]:
    if instalment.receipted_at:
        return {"label": _("received"), "tone": "ok"}
    if instalment.cancelled_at:
        return {"label": _("cancelled"), "tone": "off"}
    if rules.uncollected(instalment):
        return {"label": _("not collected"), "tone": "no"}
    due = instalment.due_on
    if due and due < clock.today():
        return {"label": _("past its day"), "tone": "you"}
    if due == clock.today():
        return {"label": _("due today"), "tone": "you"}
    return {"label": _("not yet due"), "tone": "wait"}


def happened(award: Award) -> list[dict[str, Any]]:
    """What was done with the award, newest first, and why: the same rows as the record."""
    found = list(audit.history(award.case).filter(verb__in=HAPPENED))
    names = dict(User.objects.filter(pk__in={row.actor_id for row in found}).values_list("pk", "name"))
    cancelled = why_cancelled(award.case)
    return [
        {
            "at": row.at,
            "what": HAPPENED[row.verb],
            "who": names.get(row.actor_id, row.actor),
            "why": reason_of(row, cancelled),
        }
        for row in reversed(found)
    ]


def sums(award: Award, rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What was received, cancelled and is left, of a total in riyals."""
    if award.total is None:
        return []
    found = [each["instalment"] for each in rows]
    parts = (
        (_("Received"), [each for each in found if each.receipted_at]),
        (_("Cancelled"), [each for each in found if each.cancelled_at]),
        (_("Remaining"), [each for each in found if each.outstanding]),
    )
    return [(label, money(sum(each.amount or 0 for each in some))) for label, some in parts if some]


def code_panel(form: ReceiptForm, instalment: Instalment) -> dict[str, Any]:
    """Whether a code was sent for this receipt, where to, and what became of its message."""
    asked = sign_by(instalment, representative=form.representative if form.is_bound and form.is_valid() else None)
    sent = codes.latest(purpose=asked["purpose"], subject=asked["subject"]) if form.is_bound else None
    current = sent if sent and sent.expires_at > clock.now() and sent.used_at is None else None
    if current:
        form.fields["code"].widget.attrs["data-focus"] = ""
    return {"sent": current, "to": asked["mobile"], "message": message_of(current)}
