"""Questions about bringing people in and giving them out, without side effects."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Branch, User
from accounts.roles import COUNTER, Role
from beneficiaries.models import PeopleImport, Person
from core import audit

IMPORTERS = (Role.OFFICER,)
EXPORTERS = (*COUNTER, Role.MANAGER)
FULL_EXPORTERS = (Role.MANAGER,)
"""Whoever may take names and numbers out unmasked: with a reason, and a row that says so."""
BROUGHT_VERBS = ("enrolled", "categorised")
ROWS_KEPT = timedelta(days=30)
"""What was typed in rows that were not brought in is kept so long, to be corrected, and no longer."""


def may_bring(user: User, branch: Branch) -> str | None:
    """Why this user may not bring people into this branch."""
    if not user.holds(*IMPORTERS):
        return _("People are brought in from a workbook by a relations officer.")
    if user.branch is None:
        return _("Your account belongs to no branch yet; ask the system administrator to set it.")
    if not (user.sees_every_branch or user.branch == branch):
        return _("You bring people into your own branch only.")
    return None


def may_undo(brought: PeopleImport, user: User) -> str | None:
    """Why this import is not undone by this user."""
    if sentence := may_bring(user, brought.branch):
        return sentence
    if brought.state != PeopleImport.State.DONE:
        return _("Only what has been brought in wholly is undone.")
    return None


def may_export_whole(user: User) -> str | None:
    """Why this user gets masked names and numbers only."""
    return None if user.holds(*FULL_EXPORTERS) else _("Only the executive manager takes out unmasked data.")


def used_since(person: Person, brought: PeopleImport) -> bool:
    """Whether anything was done with a file beside opening it by this import."""
    opening = Q(verb__in=BROUGHT_VERBS, actor_id=brought.brought_by_id, at__lte=brought.finished_at)
    others = audit.history(person).exclude(opening)
    return person.merged_into_id is not None or person.file_number is not None or others.exists()
