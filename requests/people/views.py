"""The file of a person: its page, its history, and one small form for each part. Loading the file is the permission."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StaffRequest, staff
from accounts.roles import COUNTER, Role
from beneficiaries.forms import PartForm
from beneficiaries.models import Person
from core import audit, once, seen
from core.errors import Refused
from policies.models import PolicyVersion
from requests.forms import RevealForm
from requests.people import history
from requests.people.access import FileSight, person_for, sight_of_file
from requests.people.page import crumbs, person_page
from requests.people.parts import PARTS, ROWS, Part, Rows, need_is_asked

REFUSED = 422
MEANWHILE = 409
HISTORY_PAGE = 40


class ChangedMeanwhile(Exception):
    """Somebody else changed this part while the form was open; `fresh` shows what stands there now."""

    def __init__(self, fresh: PartForm, names: list[str]):
        super().__init__()
        self.fresh, self.names = fresh, names


# The page


@staff(*COUNTER, Role.MANAGER)
@require_safe
def person(request: StaffRequest, pk: int) -> HttpResponse:
    file = person_for(request, pk)
    if file.pk != pk:
        return redirect("requests:person", file.pk)
    return page(request, file, sight_of_file(file, request.user))


def page(
    request: StaffRequest, file: Person, sight: FileSight, *, reveal_form: RevealForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a file; opening it leaves one row (rule 8)."""
    audit.looked_at(file, by=request.user, what="file")
    context = person_page(file, request.user, sight) | {"reveal_form": reveal_form or RevealForm()}
    return render(request, "requests/people/person.html", context, status=status)


@staff(Role.MANAGER)
@require_POST
def person_reveal(request: StaffRequest, pk: int) -> HttpResponse:
    """Break-glass: the masked file is opened once, for this answer alone, with a written reason."""
    file = person_for(request, pk)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return page(request, file, sight_of_file(file, request.user), reveal_form=form, status=REFUSED)
    audit.record("revealed", file, by=request.user, why=form.cleaned_data["why"])
    return page(request, file, FileSight(whole=True, sensitive=True, edits=False))


@staff(*COUNTER)
@require_safe
def person_history(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything that was done to the file, a page at a time, by key."""
    file = person_for(request, pk)
    sight = sight_of_file(file, request.user)
    if not sight.whole:
        raise Http404
    rows = history.rows_of(*file.and_merged)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    shown = list(rows[: HISTORY_PAGE + 1])
    more, shown = len(shown) > HISTORY_PAGE, shown[:HISTORY_PAGE]
    audit.looked_at(file, by=request.user, what="file history")
    context = {
        "person": file,
        "history": history.in_words(shown),
        "older": f"?before={shown[-1].pk}" if more else "",
        "newest": reverse("requests:person_history", args=[file.pk]) if before else "",
        "crumbs": crumbs(request.user, file, sight, _("History of the file")),
    }
    return render(request, "requests/people/history.html", context)


# One part


def editable(request: StaffRequest, pk: int, part: Part | Rows | None) -> Person:
    """The file, where this part of it is asked for and this user may write in it."""
    file = person_for(request, pk)
    asked = part is not None and (not part.of_need or need_is_asked(file, PolicyVersion.in_force()))
    if not asked or not sight_of_file(file, request.user).edits:
        raise Http404
    return file


@staff(*COUNTER)
@require_http_methods(["GET", "POST"])
def person_edit(request: StaffRequest, pk: int, part: str) -> HttpResponse:
    file = editable(request, pk, PARTS.get(part))
    return form_of(request, file, PARTS[part])


@staff(*COUNTER)
@require_http_methods(["GET", "POST"])
def person_change(request: StaffRequest, pk: int, part: str, row: int) -> HttpResponse:
    file = editable(request, pk, ROWS.get(part))
    return form_of(request, file, ROWS[part], get_object_or_404(ROWS[part].of(file), pk=row))


@staff(*COUNTER)
@require_http_methods(["GET", "POST"])
def person_add(request: StaffRequest, pk: int, part: str) -> HttpResponse:
    """A new row; the same form sent twice makes one. «Add another» comes back to an empty form."""
    file = editable(request, pk, ROWS.get(part))
    rows = ROWS[part]
    key = once.key_of(request.POST)
    form = open_form(request, rows, file)
    if request.method == "POST" and (once.led_to(key) or form.is_valid()):  # pressed twice, it is there by now
        try:
            once.sent(key, lambda: str(rows.add(file, by=request.user, **form.facts()).pk))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("It is saved in the file."))
            again = "another" in request.POST
            return redirect("requests:person_add", file.pk, part) if again else redirect("requests:person", file.pk)
    return part_page(request, file, rows, form)


@staff(*COUNTER)
@require_http_methods(["GET", "POST"])
def person_end(request: StaffRequest, pk: int, part: str, row: int) -> HttpResponse:
    """End a row; its form stands on the page on which the row is changed."""
    file = editable(request, pk, ROWS.get(part))
    rows = ROWS[part]
    subject = get_object_or_404(rows.of(file), pk=row)
    ending = rows.ending.form(request.POST) if rows.ending.form and request.method == "POST" else None
    if request.method == "GET" or (ending and not ending.is_valid()):
        return part_page(request, file, rows, open_form(request, rows, file, subject, data=None), ending=ending)
    rows.ending.save(subject, by=request.user, **(ending.facts() if ending else {}))  # type: ignore[attr-defined]
    messages.success(request, _("It is saved in the file."))
    return redirect("requests:person", file.pk)


def form_of(request: StaffRequest, file: Person, part: Part | Rows, row: Any = None) -> HttpResponse:
    """The form of a part or of one row: shown, refused with what was typed, or saved."""
    form = open_form(request, part, file, row)
    if request.method != "POST" or not form.is_valid():
        return part_page(request, file, part, form)
    try:
        save(request, part, file, form)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return part_page(request, file, part, form)
    except ChangedMeanwhile as meanwhile:
        return part_page(request, file, part, form, meanwhile=meanwhile)
    messages.success(request, _("It is saved in the file."))
    return redirect("requests:person", file.pk)


@transaction.atomic
def save(request: StaffRequest, part: Part | Rows, file: Person, form: PartForm) -> None:
    """Save under the file's lock, unless it changed since the form was opened. Raises ChangedMeanwhile, Refused."""
    file = Person.objects.select_for_update(of=("self",)).get(pk=file.pk)
    row = get_object_or_404(part.of(file), pk=form.row.pk) if isinstance(part, Rows) else None
    fresh = part.form(person=file, by=request.user, policy=form.policy, row=row)
    if names := seen.changed(request.POST.get(seen.FIELD, ""), fresh.now):
        raise ChangedMeanwhile(fresh, names)
    if isinstance(part, Rows):
        part.amend(row, by=request.user, **form.facts())
    else:
        part.save(file, by=request.user, **form.facts())


def open_form(request: StaffRequest, part: Part | Rows, file: Person, row: Any = None, **given: Any) -> PartForm:
    data = given.get("data", request.POST if request.method == "POST" else None)
    return part.form(data, person=file, by=request.user, policy=PolicyVersion.in_force(), row=row)


def part_page(
    request: StaffRequest,
    file: Person,
    part: Part | Rows,
    form: PartForm,
    *,
    ending: Any = None,
    meanwhile: ChangedMeanwhile | None = None,
) -> HttpResponse:
    """The page of one form. After a change by somebody else it keeps what was typed, says what stands in the file now,
    and takes a second sending as meant."""
    audit.looked_at(file, by=request.user, what=f"file: {part.code}")
    adding = isinstance(part, Rows) and form.row is None
    title = part.add_title if adding else part.title  # type: ignore[union-attr]
    status = MEANWHILE if meanwhile else REFUSED if form.errors or (ending and ending.errors) else 200
    context = {
        "person": file,
        "part": part,
        "title": title,
        "form": form,
        "mark": seen_mark(request, form, meanwhile),
        "form_key": once.key_of(request.POST) if adding else "",
        "adding": adding,
        "sealed": sealed(form),
        "meanwhile": told(file, meanwhile) if meanwhile else None,
        "ending": end_panel(part, file, form.row, ending) if form.row else None,
        "crumbs": crumbs(request.user, file, sight_of_file(file, request.user), str(title)),
    }
    return render(request, "requests/people/part.html", context, status=status)


def seen_mark(request: StaffRequest, form: PartForm, meanwhile: ChangedMeanwhile | None) -> str:
    """A refused form keeps the mark it came with: what changed since it was opened has not been told yet."""
    if meanwhile:
        return meanwhile.fresh.mark
    sent = request.POST.get(seen.FIELD, "") if form.is_bound else ""
    return sent[: seen.LONGEST] or form.mark


def told(file: Person, meanwhile: ChangedMeanwhile) -> dict[str, Any]:
    """What a colleague changed while this form was open, as it stands in the file now."""
    fresh = meanwhile.fresh
    facts = [{"label": fresh.fields[name].label, "now": fresh.in_words(name)} for name in meanwhile.names]
    return {"facts": facts, "last": history.last_change(file)}


def sealed(form: PartForm) -> list[Any]:
    """Labels of what is in the file and not repeated in the form."""
    return [form.fields[name].label for name in form.unshown if form.now.get(name)]


def end_panel(part: Part | Rows, file: Person, row: Any, form: Any) -> dict[str, Any]:
    ending = part.ending  # type: ignore[union-attr]
    url = reverse("requests:person_end", args=[file.pk, part.code, row.pk])
    return {"url": url, "title": ending.title, "label": ending.label, "form": form or (ending.form and ending.form())}
