"""The page for a visit: every section at once, so that it goes on where there is no connection."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.known import Known, known_of
from core import once, seen
from core.models import Draft
from requests.models import Study, SupportRequest
from requests.study import drafts, page
from requests.study import known as file
from requests.study.lines.forms import LineForm
from requests.study.sections import Section


def field_page(case: SupportRequest, study: Study, user: User) -> dict[str, Any]:
    """All sections on one page, each with its own form over what was typed in it last, and a line of each side."""
    rows = page.section_rows(case, study, user)
    known, typed = known_of(case.person.current), drafts.newest(case, by=user)
    for row in rows:
        section: Section = row["section"]
        row |= field_row(case, study, section, known, typed.get(section.name))
        row["facts"] = file.facts_of(section.name, case, known, user)
        if section.side:
            row["line"] = line_draft(section.side, typed.get(f"line-{section.side}"))
            row["lines"] = page.line_rows(study, section.side)
    return page.frame(case, _("All sections, for a visit")) | {"study": study, "rows": rows, **page.copies(study, user)}


def field_row(
    case: SupportRequest, study: Study, section: Section, known: Known, typed: Draft | None
) -> dict[str, Any]:
    form = page.open_form(case, study, section, known=known, auto_id=f"{section.name}_%s")
    drafts.show(form, typed)
    mark = drafts.typed(typed).get(seen.FIELD) if typed else ""
    return {"form": form, "draft": drafts.word(typed), "mark": mark or form.mark}


def line_draft(side: str, typed: Draft | None) -> dict[str, Any]:
    """A new line of one side, over what was typed of it last."""
    form = LineForm(side=side, auto_id=f"{side}_%s")
    drafts.show(form, typed)
    return {"form": form, "draft": drafts.word(typed), "side": side, "form_key": once.new_key()}
