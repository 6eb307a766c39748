"""What the case page and the papers' screen show of the questions referred, and what the person reads of them."""

from typing import Any

from accounts.models import User
from core import clock
from requests.clarification import rules
from requests.clarification.forms import AskForm, TellForm
from requests.models import Clarification, SupportRequest
from requests.rules import not_the_counters
from requests.sight import Sight

SHOWN = 20
SHOWN_TO_THE_PERSON = 3


def clarification_card(case: SupportRequest, user: User, sight: Sight) -> dict[str, Any] | None:
    """The card of `requests/parts/clarification_card.html`; None for whoever does not read the person's words."""
    if not sight.whole:
        return None
    rows = list(case.clarifications.select_related("asked_by", "researcher", "answered_by", "told_by"))
    waiting = next((row for row in rows if row.told_at is None), None)
    earlier = [row for row in rows if row.told_at]
    at_the_counter = not not_the_counters(case, user)
    if not rows and not at_the_counter:
        return None
    return {
        "row": waiting,
        "earlier": earlier[::-1],
        "days": days_of(waiting) if waiting else 0,
        "late": bool(waiting and rules.is_late(waiting)),
        "is_theirs": bool(waiting and is_theirs(waiting, user)),
        "ask_form": AskForm() if at_the_counter and not rules.why_not_ask(case, by=user) else None,
        "tell_form": tell_form(waiting, user),
        "no_text": rules.why_not_text(waiting) if waiting else None,
    }


def is_theirs(row: Clarification, user: User) -> bool:
    """Whether the way to the answer is shown: a researcher who may answer it now."""
    visible = Clarification.objects.visible_to(user).filter(pk=row.pk).exists()
    return visible and rules.why_not_answer(row, by=user) is None


def tell_form(row: Clarification | None, user: User) -> TellForm | None:
    if row is None or rules.why_not_tell(row, by=user):
        return None
    return TellForm(by_text=rules.why_not_text(row) is None)


def days_of(row: Clarification) -> int:
    return clock.days_since(rules.waits_since(row))


def answers_shown(case: SupportRequest) -> list[Clarification]:
    """The answers that may stand where the link alone leads, newest first; never the question."""
    rows = case.clarifications.filter(may_be_shown=True, answered_at__isnull=False)
    return list(rows.only("answer", "answered_at").order_by("-answered_at")[:SHOWN_TO_THE_PERSON])


def to_answer(user: User) -> list[dict[str, Any]]:
    """Questions that wait for this researcher, the oldest first; those a colleague has are not among them."""
    rows = Clarification.objects.visible_to(user).unanswered()
    rows = rows.filter(rules.free_for(user)).select_related("case__service", "asked_by", "researcher")
    return listed(rows.order_by("asked_at", "pk"))


def to_tell(user: User) -> list[dict[str, Any]]:
    """Answers that the person does not know yet, for the counter that sees their case; the oldest first."""
    seen = SupportRequest.objects.at_counter_of(user).values("pk")
    rows = Clarification.objects.to_tell().filter(case__in=seen).select_related("case__service", "asked_by")
    return listed(rows.order_by("answered_at", "pk"))


def listed(rows) -> list[dict[str, Any]]:
    found = list(rows[: SHOWN + 1])
    before = rules.late_before() if found else None
    return [{"row": row, "days": days_of(row), "late": rules.is_late(row, before)} for row in found]
