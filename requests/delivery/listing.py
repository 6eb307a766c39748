"""What a service officer has to hand over: new awards, what is due, what lies uncollected, what comes. By key."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import Role
from core import clock
from requests.delivery.page import state_of
from requests.delivery.rules import FETCHED, UNCOLLECTED_AFTER
from requests.models import Award, CancelReason, CollectionCall, Exclusion, Instalment, SupportRequest
from requests.states import State

PAGE = 25
NEW, DUE, UNCOLLECTED, COMING = "new", "due", "uncollected", "coming"
TABS: dict[str, str | Promise] = {
    DUE: gettext_lazy("Due"),
    NEW: gettext_lazy("To be planned"),
    UNCOLLECTED: gettext_lazy("Not collected"),
    COMING: gettext_lazy("Coming"),
}


def theirs(user: User) -> QuerySet[SupportRequest]:
    """The registered cases this user delivers: none they voted on or issued (rule 5)."""
    if not user.holds(Role.SERVICE_OFFICER):
        return SupportRequest.objects.none()
    decided = Exclusion.objects.filter(case=OuterRef("pk"), user=user, why__in=Exclusion.FROM_CARRYING_OUT)
    return SupportRequest.objects.visible_to(user).filter(~Exists(decided), state=State.REGISTERED)


def lying() -> Q:
    """Told of twice, and still not fetched."""
    return Q(case__receive_by__in=FETCHED, due_on__lte=clock.today() - UNCOLLECTED_AFTER)


def planned(user: User) -> QuerySet[Instalment]:
    return Instalment.objects.outstanding().filter(case__in=theirs(user), case__award__planned_at__isnull=False)


def unplanned(user: User) -> QuerySet[Instalment]:
    """The one instalment that stands for an award until it is planned."""
    return Instalment.objects.outstanding().filter(case__in=theirs(user), case__award__planned_at=None)


QUERIES: dict[str, Callable[[User], QuerySet[Instalment]]] = {
    NEW: unplanned,
    DUE: lambda user: planned(user).filter(~lying(), due_on__lte=clock.today()),
    UNCOLLECTED: lambda user: planned(user).filter(lying()),
    COMING: lambda user: planned(user).filter(due_on__gt=clock.today()),
}


ZAKAT = Q(case__award__zakat=True)


def counts(user: User, *, zakat: bool = False) -> dict[str, int]:
    """How many stand under each tab, or of those how many are paid from zakat; open work is bounded."""
    only = ZAKAT if zakat else Q()
    if not user.holds(Role.SERVICE_OFFICER):
        return {}
    return {tab: query(user).filter(only).count() for tab, query in QUERIES.items()}


def with_nothing_to_do_yet(user: User) -> QuerySet[SupportRequest]:
    """Registered cases whose next instalment is still to come: nobody's turn today."""
    due = Instalment.objects.outstanding().filter(case=OuterRef("pk"), due_on__lte=clock.today())
    later = Instalment.objects.outstanding().filter(case=OuterRef("pk"), due_on__gt=clock.today())
    return theirs(user).filter(~Exists(due), Exists(later), award__planned_at__isnull=False)


@staff(Role.SERVICE_OFFICER)
@require_GET
def deliveries(request: StaffRequest) -> HttpResponse:
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else DUE
    zakat = request.GET.get("zakat") == "1"
    found = QUERIES[tab](request.user)
    of_zakat = found.filter(ZAKAT)
    rows, following = page_of(of_zakat if zakat else found, read_key(request.GET.get("after", "")))
    number, here = counts(request.user, zakat=zakat), address(tab, zakat=zakat)
    context = {
        "tab": tab,
        "tabs": [
            {"label": label, "url": address(each, zakat=zakat), "current": each == tab, "count": number[each]}
            for each, label in TABS.items()
        ],
        "zakat": {"on": zakat, "count": of_zakat.count(), "url": address(tab, zakat=True), "all": address(tab)},
        "rows": rows,
        "next": f"{here}&after={following}" if following else "",
        "first": here if request.GET.get("after") else "",
    }
    return render(request, "requests/delivery/list.html", context)


def address(tab: str, *, zakat: bool = False) -> str:
    """A tab's address, which may be sent to a colleague; with what is paid from zakat alone."""
    return reverse("requests:deliveries") + f"?tab={tab}" + ("&zakat=1" if zakat else "")


def read_key(text: str) -> tuple[date, int] | None:
    found = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9]{1,18})", text, re.ASCII)
    try:
        return (date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def page_of(found: QuerySet[Instalment], after: tuple[date, int] | None) -> tuple[list[dict[str, Any]], str]:
    """One page of rows, whatever was due first standing first, and the key of the next page."""
    if after:
        day, pk = after
        found = found.filter(Q(due_on__gt=day) | Q(due_on=day, pk__gt=pk))
    found = found.select_related("case__person__merged_into", "case__service", "case__award").order_by("due_on", "pk")
    shown = list(found[: PAGE + 1])
    last = shown[PAGE - 1] if len(shown) > PAGE else None
    calls = last_calls(each.case.award for each in shown[:PAGE])
    rows = [
        {
            "each": each,
            "case": each.case,
            "award": each.case.award,
            "person": each.case.person.current,
            "call": calls.get(each.case.award.pk),
            **state_of(each),
        }
        for each in shown[:PAGE]
    ]
    return rows, f"{last.due_on}-{last.pk}" if last else ""


def last_calls(awards: Iterable[Award]) -> dict[int, CollectionCall]:
    rows = CollectionCall.objects.filter(award__in=list(awards)).select_related("by")
    return {row.award_id: row for row in rows.order_by("award", "-at", "-pk").distinct("award")}


def summary(user: User) -> list[dict[str, Any]]:
    """For «what waits for me»: what is due, to be planned and uncollected, and where each stands; what comes waits."""
    number = counts(user)
    return [
        {"label": TABS[tab], "count": number[tab], "url": address(tab)}
        for tab in (DUE, UNCOLLECTED, NEW)
        if number.get(tab)
    ]


def cancelled_lately(user: User) -> list[Instalment]:
    """For the manager: what was cancelled in the last thirty days, whoever did it, newest first. No name, no note."""
    if not user.holds(Role.MANAGER):
        return []
    since = clock.now() - timedelta(days=30)
    found = Instalment.objects.filter(case__in=SupportRequest.objects.visible_to(user), cancelled_at__gte=since)
    return list(found.select_related("case__service", "cancelled_by").order_by("-cancelled_at", "-pk")[:PAGE])


def to_close(user: User) -> list[SupportRequest]:
    """For the manager: registered cases of which nothing is handed over any more, since all of it was cancelled or the
    person died. Nobody else has their turn."""
    if not user.holds(Role.MANAGER):
        return []
    of_case = Instalment.objects.filter(case=OuterRef("pk"))
    nothing = Exists(of_case) & ~Exists(of_case.received())
    ended = nothing | Exists(of_case.filter(cancelled_why=CancelReason.DIED))
    cases = SupportRequest.objects.visible_to(user).filter(
        ~Exists(of_case.outstanding()), ended, state=State.REGISTERED
    )
    return list(cases.select_related("service").order_by("state_since", "pk")[:PAGE])
