"""How much of one case a person reads (accounts.roles, SIGHT): the file, the masked file, or what delivery needs."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from accounts.roles import COUNTER, SIGHT, Role, Scope
from requests.models import IN_SCOPE, NO, SupportRequest
from requests.rules import sees_study

DESK = tuple(role for role, sight in SIGHT.items() if sight.cases != Scope.NONE)
"""Whoever reads any case at all."""

WHOLE = {Scope.BRANCH, Scope.OWN_BRANCH, Scope.ASSIGNED, Scope.COMMITTEE}
"""The scopes in which the file is read with its names. A manager reads all of it masked (break-glass apart)."""


@dataclass(frozen=True)
class Sight:
    """What of one case one person reads."""

    whole: bool  # names, need, papers
    masked: bool  # the same without them
    study: bool
    contact: bool  # the mobile in full, to call it

    @property
    def delivery_only(self) -> bool:
        return not self.whole and not self.masked


def sight_of(case: SupportRequest, user: User) -> Sight:
    """What `user` reads of a case that is visible to them. The scope decides, not the role alone: a member who
    is also an officer elsewhere reads as a member only what stands before the committee."""
    scopes = {scope for scope in user.scopes if in_scope(case, user, scope)}
    whole = bool(scopes & WHOLE)
    return Sight(
        whole=whole,
        masked=Scope.ALL in scopes,
        study=bool(scopes & {Scope.ASSIGNED, Scope.COMMITTEE}) and sees_study(case, user),
        contact=whole and user.holds(*COUNTER, Role.RESEARCHER),
    )


def in_scope(case: SupportRequest, user: User, scope: Scope) -> bool:
    return SupportRequest.objects.filter(IN_SCOPE[scope](user), pk=case.pk).exists()


def named(user: User) -> Q:
    """The cases of a list whose person's name this user reads; service officers deliver to a person by name."""
    seen = NO
    for scope in user.scopes & (WHOLE | {Scope.DELIVERY}):
        seen |= IN_SCOPE[scope](user)
    return seen
