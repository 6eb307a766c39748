"""The queue: which cases, in what order, and what one row shows. A constant number of queries, paged by key."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from policies.models import Association
from requests.models import SupportRequest
from requests.sight import named
from requests.states import OPEN, TONES, State

PAGE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the address asks for: `state` empty for all that is open."""

    state: str = ""
    service: str = ""
    mine: bool = False
    after: tuple[datetime, int] | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "Wanted":
        """From a shareable address; what cannot be read in it is left out."""
        state = query.get("state", "")
        return cls(
            state=state if state in State.values else "",
            service=query.get("service", "")[:50],
            mine=query.get("mine") == "1",
            after=read_key(query.get("after", "")),
        )


def write_key(case: SupportRequest) -> str:
    """The place of a row in the order: since when, and its number; nothing about the person."""
    return f"{(case.state_since - EPOCH) // timedelta(microseconds=1)}-{case.pk}"


def read_key(text: str) -> tuple[datetime, int] | None:
    since, _dash, pk = text[:40].partition("-")
    if not (since.isascii() and since.isdigit() and pk.isascii() and pk.isdigit() and len(since) < 18 and len(pk) < 18):
        return None
    return EPOCH + timedelta(microseconds=int(since)), int(pk)


def wanted_cases(user: User, wanted: Wanted) -> QuerySet[SupportRequest]:
    """The cases of the filters, without the stage."""
    cases = SupportRequest.objects.visible_to(user)
    if wanted.service:
        cases = cases.filter(service__code=wanted.service)
    if wanted.mine:
        cases = cases.filter(Q(received_by=user) | Q(researcher=user))
    return cases


def page_of(cases: QuerySet[SupportRequest], user: User, wanted: Wanted) -> tuple[list[dict[str, Any]], str]:
    """One page of rows, whatever waits longest first, and the key of the next page ("" when there is none)."""
    cases = cases.filter(state=wanted.state) if wanted.state else cases.filter(state__in=OPEN)
    if wanted.after:
        since, pk = wanted.after
        cases = cases.filter(Q(state_since__gt=since) | Q(state_since=since, pk__gt=pk))
    sees_name = Case(When(named(user), then=Value(True)), default=Value(False), output_field=BooleanField())
    found = list(
        cases.select_related("person__merged_into", "service", "received_by", "researcher", "policy_version")
        .annotate(sees_name=sees_name)
        .order_by("state_since", "pk")[: PAGE + 1]
    )
    target = Association.current().reply_by_days
    rows = [row_of(case, target, sees_name=case.sees_name) for case in found[:PAGE]]
    return rows, write_key(found[PAGE - 1]) if len(found) > PAGE else ""


def row_of(case: SupportRequest, target: int | None, *, sees_name: bool) -> dict[str, Any]:
    received = clock.local_date(case.received_at)
    late = target is not None and case.state in OPEN and clock.today() > received + timedelta(days=target)
    owner = case.researcher if case.state == State.SOCIAL_RESEARCH else case.received_by
    return {
        "case": case,
        "name": case.person.current.full_name if sees_name else "",
        "tone": TONES[State(case.state)],
        "days": clock.days_since(case.state_since),
        "late": late,
        "channel": case.policy_version.channel_labels.get(case.channel, case.channel),
        "owner": owner.name if owner else "",
    }


def stage_tabs(cases: QuerySet[SupportRequest], query: QueryDict, wanted: Wanted) -> list[dict[str, Any]]:
    """One tab a stage. Open stages are counted, for open work is bounded; the archive is not."""
    count = dict(cases.filter(state__in=OPEN).values_list("state").annotate(n=Count("pk")))
    tabs = [tab(_("All open"), "", query, wanted, count=sum(count.values()))]
    for state in State:
        if state in OPEN and (state in count or state == wanted.state):
            tabs.append(tab(state.label, state, query, wanted, count=count.get(state, 0)))
        elif state not in OPEN:
            tabs.append(tab(state.label, state, query, wanted))
    return tabs


def tab(label: str | Promise, state: str, query: QueryDict, wanted: Wanted, count: int | None = None) -> dict[str, Any]:
    return {
        "label": label,
        "url": address(query, state=state, after=""),
        "current": state == wanted.state,
        "count": count,
    }


def address(query: QueryDict, **changes: str) -> str:
    """The queue's address with these filters changed; empty ones are left out."""
    kept = {name: query.get(name, "") for name in ("state", "service", "mine")} | changes
    asked = QueryDict(mutable=True)
    asked.update({name: value for name, value in kept.items() if value})
    return reverse("requests:queue") + (f"?{asked.urlencode()}" if asked else "")
