"""What is shown of an objection: on the case page, to the secretary, and to those who decide the second time."""

from decimal import Decimal
from typing import Any, cast

from django.conf import settings
from django.db.models import Field, Model
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.models import User
from core.hijri import format_dual
from core.templatetags.ui import money
from policies.models import Association
from requests.appeal.frozen import unsound
from requests.intake.slip import hours, qr
from requests.models import (
    Appeal,
    CheckState,
    Decision,
    FrozenFile,
    Outcome,
    Study,
    StudyLine,
    StudySection,
    SupportRequest,
)
from requests.states import State
from requests.study.picture import household_for
from requests.study.sections import BY_NAME, TELL_WHO

Rows = list[tuple[Any, Any]]

NAMED = ["present"]
STUDY = "visited_on visited_at findings recommends kind what amount months reasons".split()
COUNTED = "household_size income obligations per_head band".split()
OWN_WORDS = ("differs", "stated", "observed", "opinion")


def objection(case: SupportRequest, *, reader: User | None = None, study: bool = True) -> dict[str, Any] | None:
    """The objection to the case's first decision and the file that decision was taken on; None without one.

    `study`: whether the reader reads the study and the count of votes; the counter reads neither. Who reads sensitive
    data reads the household's health too. A constant number of queries. For `requests/appeal/card.html`.
    """
    rows = Appeal.objects.with_final().select_related(
        "signature", "representative", "written_by", "reopened_by", "frozen"
    )
    appeal = rows.prefetch_related("files__file", "frozen__pages__file").filter(case=case).first()
    if appeal is None:
        return None
    return {
        "appeal": appeal,
        "files": [each.file for each in appeal.files.all()],
        "answer": answer_of(case, appeal),
        "first": frozen_file(appeal.frozen, reader=reader, study=study),
    }


def answer_of(case: SupportRequest, appeal: Any) -> tuple[str, str]:
    """What became of it, in a word and a tone."""
    if appeal.final == Outcome.REJECT:
        return _("the rejection stands"), "off"
    if appeal.final == Outcome.APPROVE:
        return _("granted"), "ok"
    if appeal.waits:
        return _("waits for the secretary"), "you"
    over = case.state in (State.WITHDRAWN, State.CLOSED)
    return (_("ended before a second decision"), "off") if over else (_("before the committee"), "wait")


def frozen_file(frozen: FrozenFile, *, study: bool, reader: User | None = None) -> dict[str, Any]:
    """The frozen file in words: label and value, in the order a member reads it. What names people or says where they
    live stands apart (`named`, `where`), since a projector shows neither; files frozen before this was kept lack it."""
    data = frozen.data
    known = data.get("known", {}) if study else {}
    return {
        "at": frozen.at,
        "unsound": unsound(frozen),
        "request": request_rows(data["request"]),
        "decision": decision_rows(data["decision"], votes=study),
        "papers": [paper_row(each) for each in data["papers"]],
        "pages": list(frozen.pages.all()),
        "study": [*study_rows(data["study"]), *photographs(data)] if study else [],
        "named": in_words(Study, data["study"], NAMED) if study else [],
        "household": household_for(reader, data.get("household", []) if study else []),
        "where": known.get("contact", []),
        "known": [row for name in ("housing", "health") for row in known.get(name, [])],
        "lines": [line_row(each) for each in data["lines"]] if study else [],
        "sections": [section(each) for each in data["sections"]] if study else [],
    }


def request_rows(kept: dict[str, Any]) -> Rows:
    rows = [(_("Service"), kept["service"]), (_("The need"), kept["need"])]
    if kept["household_size"]:
        rows.append((_("People in the household"), kept["household_size"]))
    return rows


def decision_rows(kept: dict[str, Any], *, votes: bool) -> Rows:
    rows: Rows = [(_("The decision"), choice(Decision, "outcome", kept["outcome"]))]
    rows += [(_("Reasons"), kept["reasons"]), (_("Day of the decision"), shown_date(kept["decided_on"]))]
    rows += [(_("Proposed by"), kept["proposed_by"]), (_("Issued by"), kept["issued_by"])]
    if votes:
        rows.append((_("The vote"), tally(kept)))
    return rows


def tally(kept: dict[str, Any]) -> str:
    return _("Agree %(yes)s · do not agree %(no)s · abstain %(abstained)s; present %(present)s of %(seats)s") % kept


def paper_row(kept: dict[str, Any]) -> tuple[str, str]:
    words = [str(CheckState(kept["state"]).label), kept["reason"]]
    if kept["valid_until"]:
        words.append(_("valid until %(date)s") % {"date": shown_date(kept["valid_until"])})
    return kept["label"], " · ".join(filter(None, words))


def study_rows(kept: dict[str, Any]) -> Rows:
    if not kept:
        return []
    rows = [(_("Researcher"), kept["researcher"]), *in_words(Study, kept, [*COUNTED, *STUDY])]
    if kept.get("by_example"):
        rows.append((_("The bands of need"), _("the example, which the association had not edited yet")))
    return rows


def photographs(kept: dict[str, Any]) -> Rows:
    count = len(kept.get("photographs", []))
    return [(_("Photographs at the decision"), count)] if count else []


def line_row(kept: dict[str, Any]) -> tuple[str, str]:
    words = [riyals(kept["amount"]), choice(StudyLine, "every", kept["every"])]
    if not kept["counts"]:
        words.append(_("not counted: %(why)s") % {"why": kept["why_not"]})
    return choice(StudyLine, "kind", kept["kind"]), " · ".join(words)


def section(kept: dict[str, Any]) -> dict[str, Any]:
    label = BY_NAME[kept["name"]].label if kept["name"] in BY_NAME else kept["name"]
    names = cast(Field, Study._meta.get_field("present")).verbose_name  # stands with those who are named
    words = [row for row in kept["words"] if kept["name"] != "visit" or row[0] != names]
    return {
        "label": label,
        "tells_who": kept["name"] in TELL_WHO,
        "rows": [*words, *in_words(StudySection, kept, OWN_WORDS)],
    }


# Values in words


def in_words(model: type[Model], kept: dict[str, Any], names: Any) -> Rows:
    """Label and value of what was filled in, as the model names its fields."""
    fields = [cast(Field, model._meta.get_field(name)) for name in names if kept.get(name) not in (None, "", False)]
    return [(field.verbose_name, value_in_words(field, kept[field.name])) for field in fields]


def value_in_words(field: Any, value: Any) -> Any:
    if field.flatchoices:
        return dict(field.flatchoices).get(value, value)
    if field.get_internal_type() == "DecimalField":
        return riyals(value)
    if field.get_internal_type() == "DateField":
        return shown_date(value)
    return value


def choice(model: type[Model], name: str, value: str) -> str:
    return str(value_in_words(model._meta.get_field(name), value))


def riyals(amount: str) -> str:
    return _("%(amount)s riyals") % {"amount": money(Decimal(amount))}


def shown_date(text: str) -> str:
    day = parse_date(text[:10])
    return format_dual(day) if day else text


# The slip


def slip_of(case: SupportRequest, appeal: Appeal) -> dict[str, Any]:
    """What the person takes home from the counter: no name, no reason."""
    return {
        "reference": case.reference,
        "service": case.service.label,
        "received": appeal.submitted_at,
        "officer": appeal.written_by.name if appeal.written_by else "",
        "branch": case.branch.name,
        "papers": appeal.files.count(),
        "qr": qr(settings.PORTAL_URL + reverse("requests:status_link", args=[case.status_token])),
        "hours": hours(Association.current()),
    }
