"""People brought in from a workbook, and given out as one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.access import StaffRequest, staff
from accounts.models import Branch
from beneficiaries.exchange import actions, columns, giving
from beneficiaries.exchange.rules import EXPORTERS, IMPORTERS, may_export_whole, may_undo
from beneficiaries.models import ImportRow, PeopleImport
from core import audit, workbooks
from core.errors import Refused
from policies.models import PolicyVersion
from requests.intake.views import takes_requests
from requests.people.access import people_of
from requests.people.exchange.forms import ExportForm, MatchForm, UploadForm, WhyForm

SHOWN_WRONG = 50
RECENT = 20
State, Outcome = PeopleImport.State, ImportRow.Outcome
TONES = {State.MAPPED: "you", State.CHECKED: "info", State.RUNNING: "wait", State.DONE: "ok", State.UNDONE: "off"}


def offered() -> list[columns.Column]:
    return columns.offered(PolicyVersion.in_force())


def import_for(request: StaffRequest, pk: int) -> PeopleImport:
    return get_object_or_404(PeopleImport.objects.visible_to(request.user), pk=pk)


@staff(*IMPORTERS)
@takes_requests
def imports(request: StaffRequest) -> HttpResponse:
    """The imports so far, and the form that begins one."""
    form = UploadForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        upload, branch = form.cleaned_data["workbook"], Branch.objects.get(pk=form.cleaned_data["branch"])
        try:
            brought = actions.take(upload, by=request.user, branch=branch, file_name=upload.name, columns=offered())
            return redirect("requests:people_import", brought.pk)
        except workbooks.WorkbookError as error:
            form.add_error("workbook", str(error))
        except Refused as refused:
            form.add_error(None, refused.sentence)
    rows = PeopleImport.objects.visible_to(request.user).select_related("brought_by", "branch").order_by("-pk")[:RECENT]
    page = {"form": form, "imports": [{"brought": each, "tone": TONES[State(each.state)]} for each in rows]}
    return render(request, "requests/people/imports.html", page, status=422 if form.is_bound else 200)


@staff(*IMPORTERS)
@takes_requests
@require_GET
def template(request: StaffRequest) -> HttpResponse:
    """The workbook to fill in: our headings, an example, and how to."""
    listed = [column for column in offered() if column.name != columns.FULL_NAME]
    head, example = [str(column.label) for column in listed], [column.example for column in listed]
    notes = _(
        "One person a row, below the headings.\n"
        "Delete the example row first.\n"
        "The dates are written in either calendar: 14/8/1412 or 1992-02-18.\n"
        "A row with a mistake is not brought in; it comes back to you with what is wrong.\n"
        "Who already has a file is left as they are."
    )
    return as_file(workbooks.written(_("People"), head, [example], notes=notes), "people-template")


@staff(*IMPORTERS)
@takes_requests
@require_GET
def one(request: StaffRequest, pk: int) -> HttpResponse:
    brought = import_for(request, pk)
    return page_of(request, brought, MatchForm(brought=brought, offered=offered()))


@staff(*IMPORTERS)
@takes_requests
@require_POST
def match(request: StaffRequest, pk: int) -> HttpResponse:
    brought = import_for(request, pk)
    form = MatchForm(request.POST, brought=brought, offered=offered())
    if form.is_valid():
        try:
            actions.match(brought, by=request.user, mapping=form.mapping)
            return redirect("requests:people_import", brought.pk)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return page_of(request, brought, form, status=422)


@staff(*IMPORTERS)
@takes_requests
@require_POST
def bring(request: StaffRequest, pk: int) -> HttpResponse:
    brought = import_for(request, pk)
    return carried(request, brought, lambda: actions.begin(brought, by=request.user))


@staff(*IMPORTERS)
@takes_requests
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    brought, form = import_for(request, pk), WhyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write why it is undone; the record keeps it."))
        return redirect("requests:people_import", pk)
    return carried(request, brought, lambda: actions.undo(brought, by=request.user, why=form.cleaned_data["why"]))


def carried(request: StaffRequest, brought: PeopleImport, verb: Callable[[], PeopleImport]) -> HttpResponse:
    """Back to the import, with the sentence of a refusal if there was one."""
    try:
        verb()
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("requests:people_import", brought.pk)


@staff(*IMPORTERS)
@takes_requests
@require_POST
@never_cache
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """How far it is. Whoever watches also moves it on by a batch, so that it ends without a worker too."""
    brought = import_for(request, pk)
    if "HX-Request" not in request.headers:
        actions.advance(brought)
        return redirect("requests:people_import", brought.pk)
    if actions.advance(brought):
        return render(request, "requests/people/parts/import_progress.html", {"brought": brought, **far(brought)})
    return HttpResponse(headers={"HX-Refresh": "true"})


@staff(*IMPORTERS)
@takes_requests
@require_GET
def returned(request: StaffRequest, pk: int) -> HttpResponse:
    """The rows with a mistake as a workbook of their own, each with what is wrong; corrected, it is sent again."""
    brought = import_for(request, pk)
    audit.looked_at(brought, by=request.user, what="rows returned")
    labels = {column.name: str(column.label) for column in columns.COLUMNS}
    rows = brought.rows.filter(outcome__in=(Outcome.WRONG, Outcome.KNOWN))
    lines = ([*padded(row.cells, len(brought.columns)), in_words(row, labels), row.number] for row in rows)
    head = [*brought.columns, _("what is wrong"), _("row")]
    return as_file(workbooks.written(_("Rows returned"), head, lines), "rows-returned")


@staff(*EXPORTERS)
@takes_requests
def export(request: StaffRequest) -> HttpResponse:
    """Files as a workbook: masked by default; whole for whoever may, with a reason."""
    form = ExportForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        people = people_of(request.user).current()
        if branch := form.cleaned_data["branch"]:
            people = people.filter(branch=branch)
        whole, why = bool(form.cleaned_data.get("whole")), form.cleaned_data.get("why", "")
        try:
            policy = PolicyVersion.in_force()
            content = giving.give_out(people, by=request.user, policy=policy, whole=whole, why=why)
            return as_file(content, "people-whole" if whole else "people-masked")
        except Refused as refused:
            form.add_error(None, refused.sentence)
    page = {"form": form, "whole_refused": may_export_whole(request.user)}
    return render(request, "requests/people/export.html", page, status=422 if form.is_bound else 200)


def page_of(request: StaffRequest, brought: PeopleImport, form: MatchForm, *, status: int = 200) -> HttpResponse:
    labels = {column.name: str(column.label) for column in columns.COLUMNS}
    wrong = brought.rows.filter(outcome__in=(Outcome.WRONG, Outcome.KNOWN))[:SHOWN_WRONG]
    kept = brought.rows.filter(outcome=Outcome.KEPT).select_related("person")[:SHOWN_WRONG]
    going = far(brought)
    context = {
        "brought": brought,
        "state": _("under way") if going["left"] else brought.get_state_display(),
        "tone": "wait" if going["left"] else TONES[State(brought.state)],
        "form": form,
        "first": next((row.cells for row in brought.rows.all()[:1]), []),
        "wrong": [{"row": row, "why": in_words(row, labels)} for row in wrong],
        "kept": kept,
        "undo_form": WhyForm(),
        "undo_refused": may_undo(brought, request.user),
        **going,
    }
    return render(request, "requests/people/import.html", context, status=status)


def far(brought: PeopleImport) -> dict[str, Any]:
    """The counts by outcome, and how far the present step is."""
    counts = brought.counts()
    total = sum(counts.values())
    steps = {
        State.CHECKED: (counts[Outcome.WAITING], total),
        State.RUNNING: (counts[Outcome.READY], counts[Outcome.READY] + counts[Outcome.BROUGHT]),
        State.UNDONE: (
            counts[Outcome.BROUGHT],
            counts[Outcome.BROUGHT] + counts[Outcome.UNDONE] + counts[Outcome.KEPT],
        ),
    }
    left, of = steps.get(State(brought.state), (0, 0))
    return {
        "counts": {str(key): count for key, count in counts.items()},
        "total": total,
        "left": left,
        "of": of,
        "past": of - left,
    }


def in_words(row: ImportRow, labels: dict[str, str]) -> str:
    if row.outcome == Outcome.KNOWN:
        return _("This ID already has a file; it is left as it is.")
    return "\n".join(f"{labels.get(name, name)}: {sentence}" for name, sentence in row.errors)


def padded(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))][:width]


def as_file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=workbooks.CONTENT_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{name}.xlsx"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )
