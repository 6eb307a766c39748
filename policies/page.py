"""What the policy page and the PDF of it both show: one reading of a version, so that they cannot differ."""

from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core import hijri
from policies.models import Approval, Clause, ClauseKind, PolicyVersion, VersionState

PUBLIC_STATES = (VersionState.PUBLISHED, VersionState.SUPERSEDED)
OTHER = {"hijri": hijri.format_gregorian, "gregorian": hijri.format_hijri}
"""The calendar a date was typed in → how the portal computes the other one."""


def read_publicly(version: PolicyVersion, user: Any) -> bool:
    """Whether this visitor may read the text: everybody, unless the board decided not to put it on the website.

    The staff work by it, so they read it all the same.
    """
    approval = getattr(version, "approval", None)
    return isinstance(user, User) or approval is None or approval.publish_on_website is not False


def sections(clauses: list[Clause]) -> list[dict[str, Any]]:
    """Consecutive clauses of one kind under its heading: `{anchor, title, clauses: [{clause, below}]}`."""
    below: dict[int | None, list[Clause]] = {}
    for clause in clauses:
        below.setdefault(clause.parent_id, []).append(clause)
    parts = [(kind, list(rows)) for kind, rows in groupby(below.get(None, []), lambda row: row.kind)]
    return [
        {
            "anchor": f"part-{number}",
            "title": rows[0].heading or ClauseKind(kind).label,
            "clauses": [{"clause": clause, "below": below.get(clause.pk, [])} for clause in rows],
        }
        for number, (kind, rows) in enumerate(parts, start=1)
    ]


def approval_rows(approval: Approval | None) -> list[tuple[str, Any]]:
    """The facts of the board's approval as (label, value); an unknown one has no row."""
    if approval is None:
        return []
    rows = [
        (_("Approved by"), approval.body),
        (_("Session"), approval.session_no),
        (_("Meeting"), approval.meeting_no),
        (_("Term of the board"), approval.term_no),
        (_("Last updated"), approval.updated_on),
        (_("Replaces"), approval.supersedes),
    ]
    return [row for row in rows if row[1] not in (None, "")]


def approval_date(approval: Approval | None) -> dict[str, Any]:
    """The date as the document has it, and the other calendar: as printed there too, or else computed by the portal.

    `{typed, other, computed, printed, candidates}`: `printed` is a second date of the document that disagrees with the
    computed one; `candidates` are the days an ambiguous typing may mean.
    """
    if approval is None or not (approval.date or approval.date_typed):
        return {}
    if approval.date is None:
        return {"typed": approval.date_typed, "candidates": list(approval.candidates)}
    other = OTHER.get(approval.calendar, hijri.format_hijri)(approval.date)
    agrees = typed_day(approval.second_date_typed) == approval.date
    return {
        "typed": " ".join(filter(None, (approval.weekday, in_its_calendar(approval)))),
        "other": other,
        "computed": not agrees,
        "printed": "" if agrees else approval.second_date_typed,
        "candidates": [],
    }


def in_its_calendar(approval: Approval) -> str:
    """The date of approval in the calendar of the document."""
    day = approval.date
    if day is None:
        return ""
    return hijri.format_hijri(day) if approval.calendar == "hijri" else hijri.format_gregorian(day)


def typed_day(text: str) -> date | None:
    """The day a typed date means; None for nothing, or what cannot be read."""
    try:
        return hijri.parse(text).gregorian if text else None
    except hijri.DateError:
        return None


def archive() -> list[PolicyVersion]:
    """Every version that was in force, newest first; the one in force leads."""
    return list(PolicyVersion.objects.filter(state__in=PUBLIC_STATES).order_by("-published_at", "-pk"))


def successor(version: PolicyVersion, versions: list[PolicyVersion]) -> PolicyVersion | None:
    """The version that took this one's place, among `versions` as `archive` gives them."""
    gone = version.superseded_at
    if gone is None:
        return None
    later = [row for row in versions if row.pk != version.pk and row.published_at and row.published_at >= gone]
    return later[-1] if later else None


def page_of(version: PolicyVersion) -> dict[str, Any]:
    """Everything the page shows of one version."""
    approval = getattr(version, "approval", None)
    versions = archive()
    return {
        "version": version,
        "sections": sections(list(version.clauses.all())),
        "approval": approval,
        "approval_rows": approval_rows(approval),
        "approval_date": approval_date(approval),
        "signatories": list(approval.signatories.all()) if approval else [],
        "archive": versions,
        "successor": successor(version, versions),
    }
