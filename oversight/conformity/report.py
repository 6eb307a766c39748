"""The conformity report: each clause of the version in force, what carries it out, and what the period shows."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import IntegerField, QuerySet, Subquery
from django.urls import reverse

from oversight.conformity.clauses import NOT_MEASURED, narrowed_to, practice_of, wanted
from oversight.conformity.measures import MEASURES, Asked
from oversight.conformity.period import Period
from policies.models import Association, Clause, PolicyVersion
from policies.page import sections

Counts = dict[tuple[str, str], int]


class CountOf(Subquery):
    """How many rows a query has, as a value inside another: all numbers of the report are one question."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def report(version: PolicyVersion, period: Period, association: Association) -> dict[str, Any]:
    """`{version, period, sections: [{title, rows}], exceptions, unmeasured}` in a constant number of queries."""
    clauses = list(version.clauses.all())
    counts = counted(Asked(period, version, association), wanted(clauses))
    parts = [
        {"title": part["title"], "rows": [row_of(clause, counts, period) for clause in in_order(part["clauses"])]}
        for part in sections(clauses)
    ]
    rows = [row for part in parts for row in part["rows"]]
    return {
        "version": version,
        "period": period,
        "sections": parts,
        "exceptions": different(number for row in rows for number in row["exceptions"] if number["n"]),
        "unmeasured": sum(not row["numbers"] and not row["exceptions"] for row in rows),
        "clauses": len(rows),
    }


def in_order(rows: list[dict[str, Any]]) -> list[Clause]:
    """The clauses of a section, each before those under it."""
    return [clause for row in rows for clause in (row["clause"], *row["below"])]


def counted(asked: Asked, keys: Iterable[tuple[str, str]]) -> Counts:
    """Each (measure, narrowed to) counted, in one query."""
    named = {f"n{place}": key for place, key in enumerate(sorted(keys))}
    if not named:
        return {}
    columns = {name: CountOf(rows_of(asked, *key).values("pk")) for name, key in named.items()}
    found: Any = PolicyVersion.objects.filter(pk=asked.version.pk).values(**columns).get()
    return {key: found[name] or 0 for name, key in named.items()}  # NULL: a question with no possible row


def rows_of(asked: Asked, name: str, of: str) -> QuerySet[Any]:
    return MEASURES[name].rows(Asked(asked.period, asked.version, asked.association, of)).order_by()


def row_of(clause: Clause, counts: Counts, period: Period) -> dict[str, Any]:
    practice, of = practice_of(clause), narrowed_to(clause)
    numbers = [number_of(name, clause, counts[name, of], period) for name in practice.measures]
    return {
        "clause": clause,
        "how": practice.how,
        "nothing": practice is NOT_MEASURED,
        "numbers": [number for number in numbers if not number["exception"]],
        "exceptions": [number for number in numbers if number["exception"]],
    }


def number_of(name: str, clause: Clause, n: int, period: Period) -> dict[str, Any]:
    """One number; `of` is the clause whose channel or tool it is about, where it is about one."""
    measure, of = MEASURES[name], narrowed_to(clause)
    return {
        "name": name,
        "label": measure.label,
        "of": clause.clause_id if of else "",
        "n": n,
        "exception": measure.exception,
        "url": list_url(name, of, period) if measure.listed and n else "",
    }


def list_url(name: str, of: str, period: Period) -> str:
    return f"{reverse('oversight:conformity_list', args=[name])}?{query_of(period, of)}"


def query_of(period: Period, of: str = "") -> str:
    facts = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return urlencode(facts | ({"of": of} if of else {}))


def different(numbers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same exception under several clauses is named once; of one channel or tool and of another, each."""
    return list({(number["name"], number["url"]): number for number in numbers}.values())
