"""Writing a draft in the admin: its clauses in order, one clause, and what the portal does by it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import StaffRequest
from core.errors import Refused
from policies.actions import Conflict
from policies.difference.words import words
from policies.editing import actions, order
from policies.editing.forms import ClauseForm, DraftForm, NewClauseForm, SettingsForm
from policies.editing.frame import address, editor_page, show, version_or_404
from policies.lifecycle.rules import frozen_sentence
from policies.models import Clause, ClauseKind, PolicyVersion


@editor_page
def clauses(request: StaffRequest, pk: int) -> HttpResponse:
    """Every clause in its order, grouped by section, each with its moves."""
    version = version_or_404(pk)
    return show(
        request,
        "clauses",
        version,
        "clauses",
        sections=clause_sections(version),
        kinds=ClauseKind.choices,
        frozen=frozen_sentence(version),
    )


def clause_sections(version: PolicyVersion) -> list[dict[str, Any]]:
    """`[{title, kind, rows: [{clause, depth, moves}]}]`; `moves` are those that would be permitted."""
    clauses = order.tree(version)
    found: list[dict[str, Any]] = []
    for clause, below in clauses:
        if not found or found[-1]["kind"] != clause.kind:
            found.append({"kind": clause.kind, "title": clause.heading or ClauseKind(clause.kind).label, "rows": []})
        rows = [(clause, 0), *((child, 1) for child in below)]
        found[-1]["rows"] += [
            {"clause": row, "depth": depth, "moves": permitted(clauses, row) if version.is_draft else []}
            for row, depth in rows
        ]
    return found


def permitted(clauses: order.Tree, clause: Clause) -> list[dict[str, str]]:
    labels = {"up": _("up"), "down": _("down"), "in": _("below the one before"), "out": _("out again")}
    signs = {"up": "↑", "down": "↓", "in": "⇠", "out": "⇢"}
    return [
        {"move": move, "label": labels[move], "sign": signs[move]}
        for move in order.MOVES
        if not order.why_not_move(clauses, clause, move)
    ]


@editor_page
def clause(request: StaffRequest, pk: int, clause_pk: int) -> HttpResponseBase:
    """One clause to write."""
    version = version_or_404(pk)
    row = version.clauses.filter(pk=clause_pk).first()
    if row is None and request.method == "POST":
        return add(request, pk, lost=_("Somebody removed this clause while you were writing. Add your text anew."))
    row = row or get_object_or_404(version.clauses, pk=clause_pk)
    facts = actions.clause_facts(row)
    if request.method != "POST":
        return clause_page(request, version, row, ClauseForm(initial=opened(version, facts)))
    form = ClauseForm(request.POST, initial=facts)
    if not form.is_valid():
        return clause_page(request, version, row, form, status=422)
    try:
        actions.write_clause(version, by=request.user, clause=row, **form.cleaned_data)
    except Conflict as conflict:
        now = actions.clause_facts(row)
        return clause_page(request, version, row, again(form, conflict, now), status=409, sides=sides(form, now))
    except Refused as refused:
        return clause_page(request, version, row, form, status=422, refused=refused.sentence)
    messages.success(request, _("Clause %(id)s is saved.") % {"id": row.clause_id})
    return redirect(f"{address('clauses', version)}#{row.clause_id}")


def clause_page(
    request: StaffRequest,
    version: PolicyVersion,
    row: Clause | None,
    form: DraftForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    return show(
        request,
        "clause",
        version,
        "clauses",
        status=status,
        clause=row,
        form=form,
        frozen=frozen_sentence(version),
        **more,
    )


@editor_page
def add(request: StaffRequest, pk: int, *, lost: str = "") -> HttpResponse:
    """A new clause at the end of its section, or below another."""
    version = version_or_404(pk)
    if request.method != "POST" or lost:
        asked = request.POST if lost else request.GET
        initial = opened(version, {}) | {name: asked[name] for name in ("kind", "parent", "text") if name in asked}
        form = NewClauseForm(version=version, initial=initial)
        return clause_page(request, version, None, form, refused=lost, status=409 if lost else 200)
    form = NewClauseForm(request.POST, version=version)
    if not form.is_valid():
        return clause_page(request, version, None, form, status=422)
    try:
        # Adding one clause takes nothing from anybody, so it goes on whatever revision was read.
        made = actions.write_clause(version, by=request.user, **form.cleaned_data)
    except Refused as refused:
        return clause_page(request, version, None, form, status=422, refused=refused.sentence)
    messages.success(request, _("Clause %(id)s is added.") % {"id": made.clause_id})
    return redirect(f"{address('clauses', version)}#{made.clause_id}")


@editor_page
@require_POST
def move(request: StaffRequest, pk: int, clause_pk: int) -> HttpResponse:
    """One step of a clause, or its removal; the buttons are forms, so it needs no script."""
    version = version_or_404(pk)
    row = version.clauses.filter(pk=clause_pk).first()
    wanted = request.POST.get("move", "")
    try:
        if row is None:
            raise Refused(_("The clause is not there any more. This is the order as it stands."))
        revision = int(request.POST.get("revision", "0"))
        if wanted == "remove":
            actions.remove_clause(row, by=request.user, revision=revision)
            messages.success(request, _("Clause %(id)s is removed.") % {"id": row.clause_id})
        else:
            actions.move_clause(row, wanted, by=request.user, revision=revision)
    except Conflict:
        messages.warning(request, _("Somebody else changed the draft. This is the order as it stands; move again."))
    except (Refused, ValueError) as refused:
        messages.error(request, refused.sentence if isinstance(refused, Refused) else _("Open the page anew."))
    return redirect(f"{address('clauses', version)}#{row.clause_id if row and wanted != 'remove' else ''}")


@editor_page
def settings(request: StaffRequest, pk: int) -> HttpResponse:
    """Channels, words, declaration, periods: what the portal does by this version."""
    version = version_or_404(pk)
    facts = actions.settings_facts(version)
    initial = SettingsForm.initial_of(version)
    if request.method != "POST":
        form = SettingsForm(version=version, initial=opened(version, facts) | initial)
        return settings_page(request, version, form)
    form = SettingsForm(request.POST, version=version)
    if not form.is_valid():
        return settings_page(request, version, form, status=422)
    try:
        read, revision = form.cleaned_data["read"], form.cleaned_data["revision"]
        actions.write_settings(version, by=request.user, revision=revision, read=read, **form.facts())
    except Conflict as conflict:
        now = SettingsForm.initial_of(version_or_404(pk))
        known = again(form, conflict, actions.settings_facts(version_or_404(pk)))
        return settings_page(request, version, known, status=409, sides=sides(form, now))
    except Refused as refused:
        return settings_page(request, version, form, status=422, refused=refused.sentence)
    messages.success(request, _("Saved."))
    return redirect(address("settings", version))


def settings_page(
    request: StaffRequest, version: PolicyVersion, form: DraftForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    return show(
        request, "settings", version, "settings", status=status, form=form, frozen=frozen_sentence(version), **more
    )


def opened(version: PolicyVersion, facts: dict[str, Any]) -> dict[str, Any]:
    """The initial values of a form, and what its writer reads now."""
    return {**facts, "revision": version.revision, "read": actions.digest(facts)}


def again(form: DraftForm, conflict: Conflict, now: dict[str, Any]) -> DraftForm:
    """The same form with everything its writer typed, upon the draft as it stands now."""
    data = form.data.copy() if isinstance(form.data, QueryDict) else QueryDict(mutable=True)
    data["revision"], data["read"] = str(conflict.current.revision), actions.digest(now)
    form.data = data
    return form


def sides(form: DraftForm, now: dict[str, Any]) -> list[dict[str, Any]]:
    """Both texts of every field that differs: mine, theirs, and theirs → mine word by word."""
    found = []
    for name in (
        name for name in form.fields if name in form.cleaned_data and name not in ("revision", "read", "scan")
    ):
        mine, theirs = comparable(form.cleaned_data[name]), comparable(now.get(name))
        if (mine or "") != (theirs or ""):
            old, new = said(theirs), said(mine)
            found.append({"label": form.fields[name].label, "mine": new, "theirs": old, "pieces": words(old, new)})
    return found


def comparable(value: Any) -> Any:
    """A row as its key and a typed date as its day, so that what was typed compares with what is stored."""
    return getattr(value, "pk", getattr(value, "gregorian", value))


def said(value: Any) -> str:
    """A value of a field as a person reads it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    return "" if value is None else str(value)
