"""The people to reach, a page at a time, by key: shareable filters, bounded counts, a constant number of queries."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, When
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Branch, User
from accounts.roles import Scope
from beneficiaries.choices import AccessNeed, Language
from beneficiaries.models import Outreach, Person, PersonCategory, PersonDocument
from beneficiaries.renewal.rules import freshness
from core import clock
from policies.models import Category, PolicyVersion
from requests.outreach import rules
from requests.people.access import served_by

PAGE = 25
PRINTED = 50
COUNTED = 1000
CODE = r"[\w-]{1,50}"
STALE, DUE, PAPERS, NUMBER = "stale", "due", "papers", "number"
WHY: dict[str, str | Promise] = {
    STALE: _("The file is due"),
    DUE: _("Due within sixty days"),
    PAPERS: _("Papers that end"),
    NUMBER: _("Without a right number"),
}
QUERIES: dict[str, Callable[[QuerySet[Person]], QuerySet[Person]]] = {
    STALE: lambda people: rules.callable_now(rules.stale(people)),
    DUE: lambda people: rules.callable_now(rules.due_soon(people)),
    PAPERS: rules.callable_now,
    NUMBER: lambda people: rules.without_number(rules.stale_or_due(people)),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the address asks for; what cannot be read in it is left out."""

    why: str = STALE
    branch: str = ""
    category: str = ""
    channel: str = ""
    language: str = ""
    after: tuple[date, int] | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "Wanted":
        asked = {name: query.get(name, "") for name in ("why", "branch", "category", "channel", "language")}
        code = {name: text if re.fullmatch(CODE, text) else "" for name, text in asked.items()}
        code["why"] = code["why"] if code["why"] in WHY else STALE
        return cls(**code, after=read_key(query.get("after", "")))

    def address(self, name: str = "requests:outreach", **changes: str) -> str:
        """The address of this list with some of it changed; the page is left out unless it is among the changes."""
        kept = {"why": self.why, "branch": self.branch, "category": self.category, "channel": self.channel}
        kept |= {"language": self.language} | changes
        asked = QueryDict(mutable=True)
        asked.update({key: value for key, value in kept.items() if value and (key, value) != ("why", STALE)})
        return reverse(name) + (f"?{asked.urlencode()}" if asked else "")


def read_key(text: str) -> tuple[date, int] | None:
    found = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9]{1,18})", text, re.ASCII)
    try:
        return (date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def filtered(user: User, wanted: Wanted) -> QuerySet[Person]:
    """The people of the filters whom this user finds. A sensitive category is no filter: it would say who is in it."""
    people = served_by(user)
    if wanted.branch:
        people = people.filter(branch__code=wanted.branch)
    if wanted.category:
        rows = PersonCategory.objects.filter(category__in=categories().filter(code=wanted.category))
        people = people.filter(pk__in=rows.values("person"))
    if wanted.channel:
        people = people.filter(preferred_channel=wanted.channel)
    if wanted.language:
        people = people.filter(language=wanted.language)
    return people


def categories() -> QuerySet[Category]:
    return Category.objects.filter(is_sensitive=False)


def page_of(user: User, wanted: Wanted, *, size: int = PAGE) -> tuple[list[dict[str, Any]], str]:
    """One page of rows, whoever waits longest first, and the key of the next page ("" when there is none)."""
    keys = keys_of(QUERIES[wanted.why](filtered(user, wanted)), wanted)[: size + 1]
    found = list(keys)
    more = f"{found[size - 1][0]}-{found[size - 1][1]}" if len(found) > size else ""
    numbers = [pk for _day, pk in found[:size]]
    people = Person.objects.select_related("branch", "calling__by").in_bulk(numbers)
    return rows_of([people[pk] for pk in numbers if pk in people], user), more


def keys_of(people: QuerySet[Person], wanted: Wanted) -> QuerySet[Any]:
    """(day, number) of each row in the order of the list: the confirmation, or the first paper that ends."""
    if wanted.why == PAPERS:
        names = ("valid_until", "person_id")
        first = rules.first_to_end().filter(person__in=people.order_by())
        rows: QuerySet[Any] = first.order_by(*names).values_list(*names)
    else:
        names = ("confirmed_on", "pk")
        rows = people.order_by(*names).values_list(*names)
    if wanted.after:
        day, pk = wanted.after
        rows = rows.filter(Q(**{f"{names[0]}__gt": day}) | Q(**{names[0]: day, f"{names[1]}__gt": pk}))
    return rows


def rows_of(people: list[Person], user: User) -> list[dict[str, Any]]:
    """What a line shows of each: why, what was tried last, and who is calling them now."""
    months, papers, tried = rules.months(), papers_of(people), last_tries(people)
    return [
        {
            "person": person,
            "fresh": freshness(person.confirmed_on, months),
            "papers": papers.get(person.pk, []),
            "last": tried.get(person.pk),
            "busy": busy_with(person, user),
            "language": "" if person.language == Language.ARABIC else Language(person.language).label,
            "needs": [AccessNeed(need).label for need in person.access_needs],
        }
        for person in people
    ]


def papers_of(people: list[Person]) -> dict[int, list[PersonDocument]]:
    found: dict[int, list[PersonDocument]] = {}
    ended = Case(When(valid_until__lt=clock.today(), then=True), default=False, output_field=BooleanField())
    rows = rules.ending().filter(person__in=people).annotate(ended=ended)
    for row in rows.order_by("valid_until", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def last_tries(people: list[Person]) -> dict[int, Outreach]:
    rows = Outreach.objects.filter(person__in=people).select_related("made_by")
    return {row.person_id: row for row in rows.order_by("person", "-made_at").distinct("person")}


def busy_with(person: Person, user: User) -> str:
    """The colleague who is calling them now; "" when nobody else is."""
    calling = getattr(person, "calling", None)
    if calling is None or calling.by_id == user.pk or calling.until <= clock.now():
        return ""
    return calling.by.name


def tabs(user: User, wanted: Wanted) -> list[dict[str, Any]]:
    """One tab for each reason; a count beyond a thousand is said as more than that."""
    found = []
    for why, label in WHY.items():
        here = replace(wanted, why=why, after=None)
        rows = keys_of(QUERIES[why](filtered(user, here)), here).order_by()  # in no order, it stops at the bound
        counted = rows[: COUNTED + 1].count()
        shown = f"{COUNTED}+" if counted > COUNTED else counted
        found.append({"label": label, "url": here.address(), "current": why == wanted.why, "count": shown})
    return found


def choices(user: User) -> dict[str, Any]:
    """What the filters offer; a branch is offered to whoever sees several."""
    policy = PolicyVersion.in_force()
    several = user.sees_every_branch and Scope.BRANCH in user.scopes
    return {
        "branches": Branch.objects.order_by("name") if several else [],
        "categories": categories(),
        "channels": policy.channel_labels.items() if policy else [],
        "languages": Language.choices,
    }
