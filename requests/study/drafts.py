"""What is typed in a section or a line and not saved yet: kept for its writer alone, a row for each screen.

A page sends the word of the row it goes on with, its number and turn. Where that row has gone on meanwhile, or the page
knows of none while one is kept, the two are kept beside each other and the page is told: nothing is written over.
"""

import re
from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from core import drafts
from core.models import Draft
from requests.models import SupportRequest

AT_ONCE = 6
"""New lines of one side that the page for a visit offers beside each other, since without a signal none is saved."""
NEW_LINE = re.compile(rf"line-(income|obligation)(?:-[2-{AT_ONCE}])?")
LINE = re.compile(rf"{NEW_LINE.pattern}|line-[0-9]{{1,12}}")
"""What a line is kept under while it is typed: a new one by its side and place, another by its number."""
LONGEST = 40_000  # letters of one section, escaped
NOT_TYPED = {"csrfmiddlewaretoken", "form_key", "draft", "section", "save", "done"}


def new_line(side: str, place: int = 1) -> str:
    return f"line-{side}" if place == 1 else f"line-{side}-{place}"


def side_of(name: str) -> str:
    """The side of a new line that is kept under `name`; empty for anything else."""
    found = NEW_LINE.fullmatch(name)
    return found[1] if found else ""


def form_of(case: SupportRequest, name: str) -> str:
    return f"study:{case.pk}:{name}"


def waiting(case: SupportRequest, name: str, *, by: User) -> list[Draft]:
    """What `by` typed in this section and did not save, newest first; more than one when two screens did."""
    return list(drafts.waiting(owner=by, form=form_of(case, name)).order_by("-updated_at", "-pk"))


def newest(case: SupportRequest, *, by: User) -> dict[str, Draft]:
    """The latest of each section or line that has any, by its name."""
    kept = Draft.objects.filter(owner=by, form__startswith=f"study:{case.pk}:").order_by("updated_at", "pk")
    return {row.form.rpartition(":")[2]: row for row in kept}


def word(row: Draft | None) -> str:
    return f"{row.pk}.{turn(row)}" if row else ""


def turn(row: Draft) -> int:
    data: dict[str, Any] = row.data
    return data["turn"]


def typed(row: Draft) -> QueryDict:
    data: dict[str, Any] = row.data
    return QueryDict(data["typed"])


def keep(case: SupportRequest, name: str, sent: QueryDict, *, by: User) -> tuple[Draft | None, str]:
    """Keep what was sent, and what to tell the page. None where it is too long for any honest section."""
    answers = sent.copy()
    for sent_beside in NOT_TYPED & set(answers):
        del answers[sent_beside]
    text = answers.urlencode()
    if len(text) > LONGEST:
        return None, _("It is too long to be kept. Shorten it.")
    kept = waiting(case, name, by=by)
    row = next((each for each in kept if word(each) == sent.get("draft")), None)
    data = {"typed": text, "turn": turn(row) + 1 if row else 1}
    made = drafts.keep(owner=by, form=form_of(case, name), label=case.reference, data=data, pk=row.pk if row else None)
    return made, beside() if kept and row is None else ""


def beside() -> str:
    return _("Another screen wrote here too. Both are kept: open the section again and choose.")


def chosen(kept: list[Draft], pk: str) -> Draft | None:
    """The one a page asked for by its number, else the newest."""
    return next((row for row in kept if str(row.pk) == pk), kept[0] if kept else None)


def drop(case: SupportRequest, name: str, sent: str, *, by: User) -> None:
    """Let one go: it was saved, or its writer does not want it."""
    number = sent.partition(".")[0]
    if number.isascii() and number.isdigit() and len(number) < 18:
        drafts.drop(owner=by, form=form_of(case, name), pk=int(number))


def show(form: Form, row: Draft | None) -> None:
    """Show what was typed and not saved, without judging it."""
    if row is None:
        return
    sent = typed(row)
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(sent, {}, form.add_prefix(name))
