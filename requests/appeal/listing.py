"""Objections that wait for the secretary, and those put before the committee lately."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from accounts.roles import Role, Scope
from core import clock
from requests.appeal.page import answer_of
from requests.models import IN_SCOPE, Appeal, SupportRequest

SHOWN = 50
LATELY = timedelta(days=90)


def appeals_for(user: User) -> dict[str, Any]:
    """Those of the cases this secretary sees; a constant number of queries."""
    waiting = list(waiting_for(user)[: SHOWN + 1])
    taken_up = of_theirs(user).filter(reopened_at__gte=clock.now() - LATELY).order_by("-reopened_at")
    return {
        "waiting": [row_of(each) for each in waiting[:SHOWN]],
        "more": len(waiting) > SHOWN,
        "taken_up": [row_of(each) for each in taken_up.with_final()[:SHOWN]],
    }


def waiting_for(user: User):
    """Objections nobody has taken up, the oldest first; none for whoever is no secretary."""
    return of_theirs(user).waiting().with_final().order_by("submitted_at", "pk")


def of_theirs(user: User):
    """Of the cases they read as secretary: another role of theirs lists none here, since none of them opens."""
    if not user.holds(Role.SECRETARY):
        return Appeal.objects.none()
    cases = SupportRequest.objects.visible_to(user).filter(IN_SCOPE[Scope.COMMITTEE](user)).values("pk")
    return Appeal.objects.filter(case__in=cases).select_related("case__service", "case__branch")


def row_of(appeal: Any) -> dict[str, Any]:
    word, tone = answer_of(appeal.case, appeal)
    return {
        "appeal": appeal,
        "case": appeal.case,
        "days": clock.days_since(appeal.submitted_at),
        "answer": word,
        "tone": tone,
    }
