"""Verbs on bringing people in: read, matched, tried without saving, brought in, undone. Each in batches."""

import hashlib
import time
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q
from django.utils.translation import gettext as _

from accounts.models import Branch, User
from beneficiaries.actions import enrol
from beneficiaries.categories.actions import categorise
from beneficiaries.exchange.columns import NAMES, Column, guess, lacking, without_headings
from beneficiaries.exchange.forms import RowForm
from beneficiaries.exchange.rules import ROWS_KEPT, may_bring, may_undo, used_since
from beneficiaries.models import ImportRow, PeopleImport, Person
from core import audit, clock
from core.errors import Refused
from core.identifiers import lookup_hash
from core.workbooks import WorkbookError, rows_of

BATCH = 100
LONGEST_SWEEP = 60  # seconds; a task may take 120
State, Outcome = PeopleImport.State, ImportRow.Outcome


@transaction.atomic
def take(upload: BinaryIO, *, by: User, branch: Branch, file_name: str, columns: list[Column]) -> PeopleImport:
    """Keep a workbook's rows, sealed, and guess its columns. Raises `core.workbooks.WorkbookError` with a sentence."""
    if sentence := may_bring(by, branch):
        raise Refused(sentence)
    rows = rows_of(upload)
    (_first, headings), *lines = rows
    if without_headings(headings):
        raise WorkbookError(_("The first row is a person. Write the headings above it, then send it again."))
    brought = PeopleImport.objects.create(
        file_name=file_name[:120],
        sha256=hashlib.sha256(repr(rows).encode()).hexdigest(),
        columns=headings,
        mapping=guess(headings, columns),
        branch=branch,
        brought_by=by,
    )
    ImportRow.objects.bulk_create(ImportRow(brought=brought, number=number, cells=cells) for number, cells in lines)
    audit.record("import_taken", brought, by=by, changes={"rows": [None, len(lines)]})
    return brought


@transaction.atomic
def match(brought: PeopleImport, *, by: User, mapping: dict[str, int]) -> PeopleImport:
    """Settle which column is which, and begin trying every row anew; nothing is saved of anybody yet."""
    brought = locked(brought)
    if brought.state not in (State.MAPPED, State.CHECKED):
        raise Refused(_("These rows are being brought in already; the columns stay as they were matched."))
    if missing := lacking(mapping):
        names = "، ".join(str(column.label) for column in missing)
        raise Refused(_("Match these columns first: %(names)s.") % {"names": names})
    brought.mapping = {name: place for name, place in mapping.items() if name in NAMES}
    brought.state = State.CHECKED
    brought.save(update_fields=["mapping", "state"])
    brought.rows.exclude(outcome=Outcome.FORGOTTEN).update(outcome=Outcome.WAITING, errors=[], id_lookup="")
    audit.record("import_matched", brought, by=by)
    return brought


@transaction.atomic
def begin(brought: PeopleImport, *, by: User) -> PeopleImport:
    """Bring in the rows that were tried and are sound; the others stay as they are."""
    brought = locked(brought)
    if brought.state != State.CHECKED or brought.rows.filter(outcome=Outcome.WAITING).exists():
        raise Refused(_("The rows are tried first, all of them; then they are brought in, once."))
    if not brought.rows.filter(outcome=Outcome.READY).exists():
        raise Refused(_("No row is ready. Correct the workbook and send it again."))
    brought.state = State.RUNNING
    brought.save(update_fields=["state"])
    audit.record("import_begun", brought, by=by)
    return brought


@transaction.atomic
def undo(brought: PeopleImport, *, by: User, why: str) -> PeopleImport:
    """Take a whole import back: files nobody has used since go; the others stay and are named in the report."""
    brought = locked(brought)
    if sentence := may_undo(brought, by):
        raise Refused(sentence)
    brought.state, brought.undone_by, brought.undone_at, brought.undone_why = State.UNDONE, by, clock.now(), why
    brought.save(update_fields=["state", "undone_by", "undone_at", "undone_why"])
    audit.record("import_undone", brought, by=by, why=why)
    return brought


@transaction.atomic
def advance(brought: PeopleImport) -> bool:
    """One batch of whatever the import is at; False when nothing is left. Two at once take turns at the lock."""
    brought = locked(brought)
    step, outcome = STEPS.get(State(brought.state), (None, ""))
    if step is None:
        return False
    rows = list(brought.rows.filter(outcome=outcome)[:BATCH])
    step(brought, rows)
    left = brought.rows.filter(outcome=outcome).exists()
    if not left and brought.state == State.RUNNING:
        brought.state, brought.finished_at = State.DONE, clock.now()
        brought.save(update_fields=["state", "finished_at"])
        audit.record("import_done", brought, by=brought.brought_by)
    return left


def try_rows(brought: PeopleImport, rows: list[ImportRow]) -> None:
    """Read each row as a form, and look for its ID among the files and the rows above it."""
    forms = [RowForm.of(row.cells, brought.mapping) for row in rows]
    for row, form in zip(rows, forms, strict=True):
        row.errors = [] if form.is_valid() else form.wrong()
        row.id_lookup = lookup_hash(form.cleaned_data["national_id"]) if "national_id" in form.cleaned_data else ""
    typed = [row.id_lookup for row in rows if row.id_lookup]
    known = set(Person.objects.filter(national_id_lookup__in=typed).values_list("national_id_lookup", flat=True))
    earlier = dict(brought.rows.filter(id_lookup__in=typed).order_by("-number").values_list("id_lookup", "number"))
    for row in sorted(rows, key=lambda row: row.number):
        first = min(earlier.get(row.id_lookup, row.number), row.number) if row.id_lookup else row.number
        if row.id_lookup:
            earlier[row.id_lookup] = first
        if first < row.number:
            row.errors.append(["national_id", _("The same ID stands in row %(row)s.") % {"row": first}])
        row.outcome = Outcome.WRONG if row.errors else Outcome.KNOWN if row.id_lookup in known else Outcome.READY
    ImportRow.objects.bulk_update(rows, ["errors", "outcome", "id_lookup"])


def bring(brought: PeopleImport, rows: list[ImportRow]) -> None:
    """Open a file for each row, as the counter would; of a file opened meanwhile the row says so."""
    for row in rows:
        form = RowForm.of(row.cells, brought.mapping)
        if not form.is_valid():  # a category was renamed since the trial
            row.outcome, row.errors = Outcome.WRONG, form.wrong()
            continue
        try:
            with transaction.atomic():
                row.person = bring_one(brought, form)
            row.outcome = Outcome.BROUGHT
            row.cells = []
        except (Refused, IntegrityError):  # at the counter, meanwhile or in this instant
            row.outcome = Outcome.KNOWN
    ImportRow.objects.bulk_update(rows, ["errors", "outcome", "person", "cells"])


def bring_one(brought: PeopleImport, form: RowForm) -> Person:
    by, data = brought.brought_by, form.cleaned_data
    person = enrol(by=by, branch=brought.branch, national_id=data["national_id"], **form.facts())
    if confirmed := data.get("confirmed"):
        person.confirmed_on = confirmed.gregorian
        person.save(update_fields=["confirmed_on"])
    if category := data.get("category"):
        categorise(person, by=by, primary=category)
    return person


def take_back(brought: PeopleImport, rows: list[ImportRow]) -> None:
    """Remove the files that nobody has used since they were brought in."""
    for row in rows:
        row.outcome = Outcome.UNDONE
        if row.person_id is None:
            continue
        person = held(row.person_id)
        if used_since(person, brought):
            row.outcome = Outcome.KEPT
            continue
        try:
            with transaction.atomic():
                audit.record("import_taken_back", person, by=brought.undone_by or brought.brought_by)
                ImportRow.objects.filter(pk=row.pk).update(person=None)
                person.delete()
            row.person = None
        except ProtectedError:  # something that leaves no row in the record refers to it
            row.outcome = Outcome.KEPT
    ImportRow.objects.bulk_update(rows, ["outcome", "person"])


def held(pk: int) -> Person:
    """The file as it stands, held to the end: who writes in it just now is waited for, and what they did is seen."""
    return Person.objects.select_for_update(of=("self",)).get(pk=pk)


@transaction.atomic
def forget() -> int:
    """Empty what was typed in rows that stayed behind, once it is old (`rules.ROWS_KEPT`). How many were emptied."""
    old = ImportRow.objects.filter(brought__brought_at__lt=clock.now() - ROWS_KEPT).exclude(
        outcome__in=(Outcome.BROUGHT, Outcome.UNDONE, Outcome.KEPT, Outcome.FORGOTTEN)
    )
    emptied = list(old.select_for_update(of=("self",), skip_locked=True)[:1000])
    for row in emptied:
        row.cells, row.id_lookup, row.outcome = [], "", Outcome.FORGOTTEN
    ImportRow.objects.bulk_update(emptied, ["cells", "id_lookup", "outcome"])
    return len(emptied)


def unfinished() -> list[PeopleImport]:
    """Imports with a step still to go, oldest first."""
    to_go = Q()
    for state, (_step, outcome) in STEPS.items():
        to_go |= Q(Exists(ImportRow.objects.filter(brought=OuterRef("pk"), outcome=outcome)), state=state)
    return list(PeopleImport.objects.filter(to_go).order_by("pk")[:20])


def sweep() -> int:
    """Go on with whatever is unfinished, a batch of each in turn, for at most a minute. How many batches."""
    until, batches = time.monotonic() + LONGEST_SWEEP, 0
    while time.monotonic() < until and (waiting := unfinished()):
        for brought in waiting:
            advance(brought)
            batches += 1
    forget()
    return batches


STEPS = {
    State.CHECKED: (try_rows, Outcome.WAITING),
    State.RUNNING: (bring, Outcome.READY),
    State.UNDONE: (take_back, Outcome.BROUGHT),
}


def locked(brought: PeopleImport) -> PeopleImport:
    return (
        PeopleImport.objects.select_for_update(of=("self",)).select_related("brought_by", "branch").get(pk=brought.pk)
    )
