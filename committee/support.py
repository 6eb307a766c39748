"""What the person of a case was given before and is given now, and what else they asked for: for those who decide.

Under any file since merged into theirs. As many queries, however much there is.
"""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock
from core.hijri import format_dual
from requests.decision.words import amount_in_words, given
from requests.models import Decision, Exclusion, Outcome, SupportRequest
from requests.states import TONES, UNDECIDED, State

SHOWN = 8
GOING_ON = (State.APPROVED, State.REGISTERED)
GIVEN = (*GOING_ON, State.DELIVERED)
RECEIVED = Q(instalments__receipted_at__isnull=False)
CANCELLED = Q(instalments__cancelled_at__isnull=False)


def support(case: SupportRequest, *, by: User) -> dict[str, Any]:
    """Decided and received, latest first; and the requests that are under way beside this one."""
    beside = others(case, by)
    rows = list(decided(beside)[: SHOWN + 1])
    waiting = beside.filter(state__in=UNDECIDED).select_related("service").order_by("-state_since", "-pk")
    return {
        "rows": [row_of(each) for each in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "open": [
            {"case": each, "label": each.get_state_display(), "tone": TONES[State(each.state)]}
            for each in waiting[:SHOWN]
        ],
    }


def others(case: SupportRequest, by: User) -> QuerySet[SupportRequest]:
    """The person's other requests, of every branch; none that is closed to `by`, who would follow it from here."""
    found = SupportRequest.objects.filter(person__in=case.person.and_merged).exclude(pk=case.pk)
    tied = Exclusion.objects.filter(user=by, why__in=Exclusion.CONFLICTS)
    return found.exclude(pk__in=tied.values("case")).exclude(pk__in=Exclusion.closed_to_member(by))


def decided(cases: QuerySet[SupportRequest]) -> QuerySet[SupportRequest]:
    """Those of which something was approved, is being given or was received, one closed in between too."""
    approval = Decision.objects.filter(case=OuterRef("pk"), outcome=Outcome.APPROVE, issued_by__isnull=False)
    approval = approval.order_by("-settled_at")
    found = cases.filter(Q(state__in=GIVEN) | Q(award__isnull=False)).select_related("service", "award")
    found = found.annotate(
        decided_amount=Subquery(approval.values("amount")[:1]),
        decided_months=Subquery(approval.values("months")[:1]),
        decided_kind=Subquery(approval.values("kind")[:1]),
        received=Sum("instalments__amount", filter=RECEIVED),
        cancelled=Sum("instalments__amount", filter=CANCELLED),
        times=Count("instalments", filter=RECEIVED),
        times_cancelled=Count("instalments", filter=CANCELLED),
        last=Max("instalments__receipted_at"),
    )
    return found.order_by("-state_since", "-pk")


def row_of(case: Any) -> dict[str, Any]:
    award = getattr(case, "award", None)
    total, months, kind = (
        (award.total, award.months, award.kind)
        if award
        else (case.decided_amount, case.decided_months, case.decided_kind)
    )
    approved = "، ".join(given(SimpleNamespace(what="", kind=kind or "", amount=total, months=months)))
    received, left = in_money(case, total) if total else in_times(case, months)
    facts = [_("decided: %(what)s") % {"what": approved}] if approved else []
    facts.append(_("received: %(what)s") % {"what": received or _("nothing yet")})
    if left and case.state in GOING_ON:
        facts.append(_("remaining: %(what)s") % {"what": left})
    if case.last:
        facts.append(_("last received on %(day)s") % {"day": format_dual(clock.local_date(case.last))})
    return {
        "service": case.service.label,
        "label": case.get_state_display(),
        "tone": TONES[State(case.state)],
        "facts": facts,
    }


def in_money(case: Any, total: Decimal) -> tuple[str, str]:
    """What was received of a sum, and what is still to come: without what was cancelled."""
    received, cancelled = case.received or Decimal(0), case.cancelled or Decimal(0)
    return amount_in_words(received), amount_in_words(max(total - received - cancelled, Decimal(0)))


def in_times(case: Any, months: int | None) -> tuple[str, str]:
    """The same where no sum was decided: how often it was handed over, once in each month, else once in all."""
    return times(case.times), times((months or 1) - case.times - case.times_cancelled)


def times(count: int) -> str:
    return ngettext("%(n)s time", "%(n)s times", count) % {"n": count} if count > 0 else ""
