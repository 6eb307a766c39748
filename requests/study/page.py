"""What the pages of a study show: its list of sections, one section, and the whole of it for the committee."""

from decimal import Decimal
from typing import Any

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from beneficiaries.household.models import Left
from beneficiaries.known import Known, known_of
from beneficiaries.means.models import Every, Side
from beneficiaries.means.rules import MONTHS
from core import audit, clock
from core.drafts import copy_keys
from core.fields import DualDateField, MoneyField
from core.hijri import format_dual
from core.templatetags.ui import money
from policies.models import Association, NeedBand
from requests.models import Study, StudyLine, StudyPhoto, StudySection, SupportRequest
from requests.page import crumbs, url
from requests.states import TONES, State
from requests.study import drafts, picture, rules
from requests.study import known as file
from requests.study.earlier import results_of
from requests.study.forms import SectionForm
from requests.study.questions import FORMS
from requests.study.result import figure_of
from requests.study.rules import Figure
from requests.study.sections import SECTIONS, TELL_WHO, Section, around, sections_of
from requests.study.visit.forms import ConsentForm, PhotosForm
from requests.visits import rules as visits
from requests.visits.page import changes

STANDINGS: dict[str, tuple[Any, str]] = {
    "done": (gettext_lazy("done"), "ok"),
    "begun": (gettext_lazy("begun"), "wait"),
    "unsaved": (gettext_lazy("typed, not saved yet"), "you"),
    "todo": (gettext_lazy("not begun"), "off"),
}
LINES_OF = {str(section.side): section.name for section in SECTIONS if section.side}
SIDES: dict[str, Any] = {
    Side.INCOME: gettext_lazy("Lines of income"),
    Side.OBLIGATION: gettext_lazy("Lines of obligation"),
}


def frame(case: SupportRequest, here: str = "") -> dict[str, Any]:
    """What every page of a study carries: whose it is and the way back."""
    trail = crumbs(case, _("The study"))
    if here:
        trail = [*trail[:-1], trail[-1] | {"url": url("study", case)}, {"label": here}]
    return {
        "case": case,
        "person": case.person.current,
        "tone": TONES[State(case.state)],
        "open": case.state == State.SOCIAL_RESEARCH,
        "crumbs": trail,
        "back": url("study", case) if here else url("case", case),
    }


def index(case: SupportRequest, study: Study | None, user: User) -> dict[str, Any]:
    """The list of sections and how far each is."""
    rows = section_rows(case, study, user)
    following = next((row for row in rows if row["standing"] != "done"), None)
    earlier = begun_from(case)
    return frame(case) | {
        "study": study,
        "validity": validity(study),
        "holds_for": holds_for() if study and not study.completed_at else "",
        "how_it_reopens": how_it_reopens(case, user),
        "rows": rows,
        "done": sum(row["standing"] == "done" for row in rows),
        "following": following,
        "figure": figure_panel(study),
        "results": results_of(study) if study else None,
        "begun_from": earlier,
        "earlier_validity": validity(earlier),
        "asks_household": case.policy_version.asks_household,
        "changes": changes(case),
        **(copies(study, user) if study else {}),
    }


def begun_from(case: SupportRequest) -> Study | None:
    """The earlier study of the person this one was begun from, for the sentence that says so."""
    row = audit.history(case).filter(verb="study_begun").last()
    return Study.objects.filter(pk=row.changes["from"]).first() if row and row.changes["from"] else None


def validity(study: Study | None) -> dict[str, Any] | None:
    """The last day a completed study holds, and whether it is over; None where no day is set."""
    until = visits.valid_until(study) if study else None
    return {"until": until, "over": until < clock.today()} if until else None


def holds_for() -> str:
    """How long a study is going to hold once it is raised; empty where the association sets no months."""
    months = Association.current().study_valid_months
    sentence = ngettext(
        "Once raised, the study is valid for %(n)s Hijri month.",
        "Once raised, the study is valid for %(n)s Hijri months.",
        months,
    )
    return sentence % {"n": months} if months else ""


def how_it_reopens(case: SupportRequest, user: User) -> str:
    """What the researcher does when the person's circumstances change; empty once nothing of it is theirs."""
    if case.state in visits.GRANTED or visits.why_not_record(case, by=user):
        return ""
    if visits.with_committee(case):
        return _(
            "If something changes with the person, record it: the secretary returns the study to you before a vote."
        )
    return _(
        "If something changes with the person, record it: the study stays open until you have brought it up to date."
    )


def section_rows(case: SupportRequest, study: Study | None, user: User) -> list[dict[str, Any]]:
    kept = {row.name: row for row in study.sections.all()} if study else {}
    typed = {LINES_OF.get(drafts.side_of(name), name) for name in drafts.newest(case, by=user)} if study else set()
    rows = []
    for section in sections_of(case.policy_version):
        standing = standing_of(section, kept.get(section.name), typed)
        label, tone = STANDINGS[standing]
        rows.append(
            {
                "section": section,
                "standing": standing,
                "label": label,
                "tone": tone,
                "url": url("study_section", case, section.name),
            }
        )
    return rows


def standing_of(section: Section, row: StudySection | None, typed: set[str]) -> str:
    if section.name in typed:
        return "unsaved"
    if row is None:
        return "todo"
    return "done" if row.done_at else "begun"


def open_form(
    case: SupportRequest, study: Study, section: Section, data: Any = None, *, known: Known | None = None, **more: Any
) -> SectionForm:
    """The form of a section over what is kept of it, beside what the file knows (read here, unless it was)."""
    known = known or known_of(case.person.current)
    kept = next((row for row in study.sections.all() if row.name == section.name), None)
    row = kept or StudySection(study=study, name=section.name)
    compares = file.compares(section.name, case, known)
    form = FORMS[section.name](data, study=study, row=row, compares=compares, **more)
    form.known = known
    return form


def section_page(case: SupportRequest, section: Section, form: SectionForm, user: User) -> dict[str, Any]:
    """One section: what the file says, its lines or people or photographs, and its questions."""
    asked = sections_of(case.policy_version)
    before, after = around(case.policy_version, section)
    return frame(case, str(section.label)) | {
        "section": section,
        "form": form,
        "number": asked.index(section) + 1,
        "of": len(asked),
        "before": before,
        "after": after,
        "facts": file.facts_of(section.name, case, form.known, user),
        "members": file.members_of(form.known) if section.name == "household" else None,
        "left": [member for member in form.known.left if member.left != Left.MISTAKE],
        "lines": line_rows(form.study, section.side) if section.side else None,
        "lines_typed": lines_typed(case, section, user),
        "side_label": SIDES[section.side] if section.side else "",
        "figure": figure_panel(form.study) if section.side or section.name in ("household", "opinion") else None,
        "missing": rules.sections_missing(form.study, case) if section.name == "opinion" else [],
        **(photographs(form.study) if section.name == "visit" else {}),
        **copies(form.study, user),
    }


def lines_typed(case: SupportRequest, section: Section, user: User) -> list[Section]:
    """The sections with new lines that were typed and not saved: of a section of lines itself, of the last one all."""
    if not section.side and section.name != "opinion":
        return []
    sides = {drafts.side_of(name) for name in drafts.newest(case, by=user)}
    asked = [section] if section.side else sections_of(case.policy_version)
    return [each for each in asked if each.side and each.side in sides]


def copies(study: Study, user: User) -> dict[str, Any]:
    """The keys by which this writer's page of this study seals what it cannot send (core.drafts)."""
    return {"copy_keys": copy_keys(user, about=f"study:{study.pk}"), "copy_under": f"study-{study.pk}"}


def line_rows(study: Study, side: Side | None = None) -> list[dict[str, Any]]:
    """The lines with what each is a month and whether it counts, and if not, who says why."""
    lines = study.lines.select_related("said_by")
    return [line_row(line) for line in (lines.filter(side=side) if side else lines)]


def line_row(line: StudyLine) -> dict[str, Any]:
    return {
        "line": line,
        "monthly": rules.rounded(rules.yearly(line) / MONTHS),
        "yearly": line.every == Every.YEAR,
    }


def figure_panel(study: Study | None, *, lines: list[StudyLine] | None = None) -> dict[str, Any] | None:
    """Income per person with its formula in words and figures, and the band with its mark; None before any line."""
    found = figure_of(study, bands=NeedBand.objects.all(), lines=lines) if study else None
    return panel(found) if found else None


def kept_panel(study: Study) -> dict[str, Any] | None:
    """The same of a completed study: as it was kept, whatever became of the table of bands since."""
    row = study.results.last() if study.completed_at else None
    if row is None:
        return figure_panel(study)
    if row.income is None or row.obligations is None:
        return None
    band = NeedBand(label=row.band, is_example=row.by_example) if row.band else None
    return panel(Figure(row.income, row.obligations, row.household_size, row.per_head, band))


def panel(found: Figure) -> dict[str, Any]:
    sums = f"({money(found.income)} − {money(found.obligations)})"
    return {
        "figure": found,
        "formula": f"{sums} ÷ {found.household} = {money(found.per_head)}" if found.household else "",
        "band": found.band,
        "example": bool(found.band and found.band.is_example),
    }


def photographs(study: Study) -> dict[str, Any]:
    consent, rows = study.consents.filter(withdrawn_at=None).select_related("recorded_by").first(), photo_rows(study)
    return {
        "consent": consent,
        "photos": rows,
        "raised": any(row["raised"] for row in rows),
        "consent_form": ConsentForm(),
        "photos_form": PhotosForm(),
    }


def photo_rows(study: Study) -> list[dict[str, Any]]:
    found = StudyPhoto.objects.filter(consent__study=study).select_related("file")
    kept = rules.photographs_kept(study)
    return [
        {
            "photo": photo,
            "url": reverse("requests:file", args=[photo.file.key]),
            "raised": photo.file.sha256 in kept,  # and goes with the consent alone
        }
        for photo in found
    ]


def summary(study: Study, reader: User) -> dict[str, Any]:
    """The whole study for whoever decides on it (templates/requests/study/summary.html): reads, asks and links only.

    Sections with what was told and seen, lines with whether they count, income per person with its formula, the band,
    the visit and its photographs, and the recommendation; beside them what the file said, as it was kept.
    """
    kept = picture.kept(study)
    rows, lines = {row.name: row for row in study.sections.all()}, line_rows(study)
    asked = [(section, rows.get(section.name)) for section in sections_of(study.case.policy_version)]
    found = [
        section_summary(section, row or StudySection(study=study), study, lines)
        | {"known": kept["known"].get(section.name, []), "says_where": section.name == "contact"}
        | {"household": picture.household_for(reader, kept["household"]) if section.name == "household" else None}
        for section, row in asked
    ]
    return {
        "study": study,
        "sections": [section for section in found if any(section[part] for part in SAYS)],
        "figure": kept_panel(study),
        "results": results_of(study),
        "photos": photo_rows(study),
        "consent": study.consents.filter(withdrawn_at=None).first(),
    }


SAYS = ("lines", "household", "known", "ticked", "facts", "named", "agrees", "differs", "texts")
NAMES = ("present",)
"""Answers that name people, whom a projector does not show."""


def section_summary(
    section: Section, row: StudySection, study: Study, lines: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """One section in words, without what was left empty; the recommendation has a place of its own. What is ticked is
    a sentence already and needs no «yes» behind it."""
    form = FORMS[section.name](study=study, row=row)
    shown = [] if section.name == "opinion" else [field for field in form.own_fields if in_words(field)]
    said = [(field.name, field.label, in_words(field)) for field in shown if field.initial is not True]
    return {
        "label": section.label,
        "tells_who": section.name in TELL_WHO,
        "lines": [line for line in lines or [] if section.side and line["line"].side == section.side],
        "ticked": [field.label for field in shown if field.initial is True],
        "facts": [(label, words) for name, label, words in said if name not in NAMES],
        "named": [(label, words) for name, label, words in said if name in NAMES],
        "agrees": row.get_agrees_display(),
        "differs": row.differs,
        "texts": [(form.fields[name].label, getattr(row, name)) for name in form.texts if getattr(row, name)],
    }


def in_words(field: BoundField) -> str:
    """A kept answer as it is read: the words of what was chosen."""
    value = field.initial
    if value in ("", None, [], False):
        return ""
    if isinstance(field.field, MoneyField):
        return money(Decimal(value))
    if isinstance(field.field, DualDateField) and (typed := field.field.to_python(value)):
        return format_dual(typed.gregorian)
    if value is True:
        return _("yes")
    words = {str(key): str(label) for key, label in getattr(field.field, "choices", [])}
    return "، ".join(words.get(str(each), str(each)) for each in (value if isinstance(value, list) else [value]))
