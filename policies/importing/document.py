"""What an import yields: plain values, made once, printed as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core import hijri


@dataclass
class Item:
    """One clause as read: its words as printed, its place and the clauses below it."""

    text: str
    children: list["Item"] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    reading: str = ""  # the words in their likely order while the clause is being put together
    printed_number: int | None = None
    number_at: int = 0  # words that stood before the number in the middle of its line
    id: str = ""
    number: int | None = None
    code: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "number": self.number,
            "text": self.text,
            "code": self.code or None,
            "children": [child.as_json() for child in self.children],
        }


@dataclass
class Section:
    """Consecutive clauses of one kind (`policies.models.ClauseKind`) under their heading as printed."""

    kind: str
    heading: str = ""
    clauses: list[Item] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "heading": self.heading or None,
            "clauses": [clause.as_json() for clause in self.clauses],
        }

    def every(self) -> Iterator[Item]:
        """Every clause of the section, a parent before its children."""
        for clause in self.clauses:
            yield clause
            yield from clause.children


@dataclass(frozen=True)
class Doubt:
    """One doubt. `printed` stands in the text as it is; `proposed` waits for a person, None when nobody can know."""

    kind: str
    where: str
    printed: str
    proposed: str | None
    sentence: str

    def as_json(self) -> dict[str, Any]:
        return dict(self.__dict__)


@dataclass
class FoundDate:
    """A date of the document. `iso` is None when its day and month cannot be told apart; then see `candidates`."""

    raw: str
    calendar: str | None = None
    iso: date | None = None
    candidates: list[date] = field(default_factory=list)

    def in_hijri(self) -> dict[str, Any] | None:
        if self.iso is None:
            return None
        try:
            year, month, day = hijri.to_hijri(self.iso)
        except hijri.DateError:
            return None
        computed = self.calendar != "hijri"
        return {"raw": None if computed else self.raw, "year": year, "month": month, "day": day, "computed": computed}

    def in_gregorian(self) -> dict[str, Any]:
        computed = self.calendar == "hijri"
        return {
            "raw": None if computed else self.raw,
            "iso": self.iso.isoformat() if self.iso else None,
            "candidates": [day.isoformat() for day in self.candidates],
            "computed": computed,
        }


@dataclass
class ApprovalFacts:
    """What the approval says. Numbers are None where the text does not say them."""

    body: str | None = None
    session_no: int | None = None
    meeting_no: int | None = None
    term_no: int | None = None
    weekday: str | None = None
    date: FoundDate | None = None
    other_date: FoundDate | None = None
    supersedes: str | None = None
    publish_on_website: bool = False

    def as_json(self) -> dict[str, Any]:
        found = self.date
        return {
            "body": self.body,
            "session_no": self.session_no,
            "meeting_no": self.meeting_no,
            "term_no": self.term_no,
            "weekday": self.weekday,
            "date_typed": found.raw if found else None,
            "calendar": found.calendar if found else None,
            "iso": found.iso.isoformat() if found and found.iso else None,
            "candidates": [day.isoformat() for day in found.candidates] if found else [],
            "date_hijri": found.in_hijri() if found else None,
            "date_gregorian": found.in_gregorian() if found else None,
            "date_ambiguous": bool(found and found.candidates),
            "supersedes": self.supersedes,
            "publish_on_website": self.publish_on_website,
        }


@dataclass
class Imported:
    """A policy document as read; see `as_json` for the shape other programs take."""

    association: str | None = None
    registration: dict[str, Any] | None = None
    person_term: str | None = None
    other_names: list[str] = field(default_factory=list)  # other printings of the association's name
    title: str | None = None
    title_in_approval: str | None = None
    update_date: FoundDate | None = None
    sections: list[Section] = field(default_factory=list)
    approval: ApprovalFacts | None = None
    signatories: list[dict[str, Any]] = field(default_factory=list)
    contacts: dict[str, str | None] = field(default_factory=dict)
    min_decision_days: int | None = None
    procedure: str | None = None
    warnings: list[Doubt] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Item]:
        return [clause for section in self.sections if section.kind == kind for clause in section.clauses]

    def every(self) -> Iterator[Item]:
        for section in self.sections:
            yield from section.every()

    def as_json(self) -> dict[str, Any]:
        """The document in the shape `import_policy --json` prints; dates are ISO, absent facts null."""
        return {
            "association": self.association,
            "registration": self.registration,
            "person_term": self.person_term,
            "title": self.title,
            "update_date": dated(self.update_date),
            "sections": [section.as_json() for section in self.sections],
            "approval": self.approval.as_json() if self.approval else None,
            "signatories": self.signatories,
            "contacts": self.contacts,
            "parameters": {
                "min_decision_days": self.min_decision_days,
                "channels": listed(self.of_kind("channel")),
                "tools": listed(self.of_kind("tool")),
                "procedure": self.procedure,
            },
            "warnings": [warning.as_json() for warning in self.warnings],
        }


def dated(found: FoundDate | None) -> dict[str, Any] | None:
    return {"calendar": found.calendar, **found.in_gregorian(), "raw": found.raw} if found else None


def listed(clauses: list[Item]) -> list[dict[str, Any]]:
    return [{"id": clause.id, "code": clause.code or None, "text": clause.text} for clause in clauses]
