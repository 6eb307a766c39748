"""The page for a visit: every section at once, so that it goes on where there is no connection."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core import once, seen
from requests.models import Study, SupportRequest
from requests.study import drafts, known, page
from requests.study.lines.forms import LineForm
from requests.study.sections import Section


def field_page(case: SupportRequest, study: Study, user: User) -> dict[str, Any]:
    """All sections on one page, each with its own form over what was typed in it last, and a line of each side."""
    rows = page.section_rows(case, study, user)
    for row in rows:
        row |= field_row(case, study, row["section"], user)
    return page.frame(case, _("All sections, for a visit")) | {"study": study, "rows": rows, **page.copies(study, user)}


def field_row(case: SupportRequest, study: Study, section: Section, user: User) -> dict[str, Any]:
    form = page.open_form(case, study, section, auto_id=f"{section.name}_%s")
    row = next(iter(drafts.waiting(case, section.name, by=user)), None)
    drafts.show(form, row)
    return {
        "form": form,
        "draft": drafts.word(row),
        "mark": (drafts.typed(row).get(seen.FIELD) if row else "") or form.mark,
        "facts": known.facts_of(section.name, case, user),
        "line": line_draft(case, section.side, user) if section.side else None,
    }


def line_draft(case: SupportRequest, side: str, user: User) -> dict[str, Any]:
    """A new line of one side, over what was typed of it last."""
    form = LineForm(side=side, auto_id=f"{side}_%s")
    row = next(iter(drafts.waiting(case, f"line-{side}", by=user)), None)
    drafts.show(form, row)
    return {"form": form, "draft": drafts.word(row), "side": side, "form_key": once.new_key()}
