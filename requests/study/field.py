"""The page for a visit: every section at once, so that it goes on where there is no connection."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.known import Known, known_of
from core import once, seen
from core.models import Draft
from requests.models import Study, SupportRequest
from requests.study import drafts, page, picture
from requests.study import known as file
from requests.study.lines.forms import LineForm
from requests.study.sections import Section


def field_page(case: SupportRequest, study: Study, user: User) -> dict[str, Any]:
    """All sections on one page, each with its own form over what was typed in it last; who lives there, to be read;
    and new lines of each side, as many as may have to wait for a signal beside each other."""
    rows = page.section_rows(case, study, user)
    known, typed = known_of(case.person.current), drafts.newest(case, by=user)
    for row in rows:
        section: Section = row["section"]
        row |= field_row(case, study, section, known, typed.get(section.name))
        row["facts"] = file.facts_of(section.name, case, known, user)
        if section.side:
            row["new_lines"] = [line_draft(section.side, place, typed) for place in range(1, drafts.AT_ONCE + 1)]
            row["lines"] = page.line_rows(study, section.side)
        if section.name == "household":
            row["household"] = picture.household_for(user, picture.people_of(case, known))
    return page.frame(case, _("All sections, for a visit")) | {"study": study, "rows": rows, **page.copies(study, user)}


def field_row(
    case: SupportRequest, study: Study, section: Section, known: Known, typed: Draft | None
) -> dict[str, Any]:
    form = page.open_form(case, study, section, known=known, auto_id=f"{section.name}_%s")
    drafts.show(form, typed)
    mark = drafts.typed(typed).get(seen.FIELD) if typed else ""
    return {"form": form, "draft": drafts.word(typed), "mark": mark or form.mark}


def line_draft(side: str, place: int, typed: dict[str, Draft]) -> dict[str, Any]:
    """A new line of one side, over what was typed of it last; the first is shown, another once it is asked for."""
    name = drafts.new_line(side, place)
    kept = typed.get(name)
    form = LineForm(side=side, auto_id=f"{side}_{place}_%s")
    drafts.show(form, kept)
    return {
        "form": form,
        "name": name,
        "place": place,
        "shown": place == 1 or kept is not None,
        "draft": drafts.word(kept),
        "side": side,
        "form_key": once.new_key(),
    }
