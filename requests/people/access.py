"""Which files of people a member of staff may open, and how much of one they read (product.md, «who may what»)."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from accounts.access import StaffRequest
from accounts.models import User
from accounts.roles import Scope
from beneficiaries.models import Person
from requests.models import Exclusion


@dataclass(frozen=True)
class FileSight:
    """How much of one file one person reads."""

    whole: bool  # with its names; a manager reads it masked (break-glass apart)
    sensitive: bool  # health, sensitive categories
    edits: bool


def people_of(user: User):
    """The people this user finds, without those a case of whom is closed to them (rule 5)."""
    return Person.objects.visible_to(user).exclude(pk__in=closed_to(user))


def served_by(user: User):
    """Those of them whose files this user reads whole: a role that sees every branch masked lends nothing here."""
    people = people_of(user)
    if Scope.BRANCH in user.scopes and user.sees_every_branch:
        return people
    return people.filter(branch=user.branch) if user.scopes & {Scope.BRANCH, Scope.OWN_BRANCH} else people.none()


def closed_to(user: User) -> set[int]:
    """The files of everybody in a case of whom this user has a conflict, whichever of their files the case is in."""
    recused = Exclusion.objects.filter(user=user, why__in=Exclusion.CONFLICTS)
    found = near = set(recused.values_list("case__person", flat=True))
    while near:
        rows = Person.objects.filter(Q(merged_into__in=near) | Q(pk__in=near)).values_list("pk", "merged_into")
        near = {pk for row in rows for pk in row if pk is not None} - found
        found = found | near
    return found


def person_for(request: StaffRequest, pk: int) -> Person:
    """The current file of this number. 404 outside the user's scope, for one recused, and for what is not there."""
    person = Person.objects.select_related("merged_into").filter(pk=pk).first()
    if person is None:
        raise Http404
    needed = {person.pk, person.current.pk}
    found = people_of(request.user).select_related("branch").in_bulk(needed)
    if found.keys() != needed:
        raise Http404
    return found[person.current.pk]


def sight_of_file(person: Person, user: User) -> FileSight:
    """What `user` reads of a file that they find: the counter the files of its branch whole, a manager masks."""
    whole = user.serves(person.branch_id)
    return FileSight(whole=whole, sensitive=whole and user.reads_sensitive, edits=whole)
