"""Verbs on the seats of the committees: a term begins and ends, and with it the role that goes with the seat."""

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from committee.models import Body, Seat, SeatRole
from core import audit, clock
from requests.conflict.closing import before_a_committee, detect, detect_for
from requests.models import Issuer

SEAT_ROLES = {
    SeatRole.CHAIR: Role.CHAIR,
    SeatRole.DEPUTY: Role.DEPUTY,
    SeatRole.MEMBER: Role.MEMBER,
    SeatRole.ALTERNATE: Role.MEMBER,
    SeatRole.SECRETARY: Role.SECRETARY,
}
ISSUE = (SeatRole.CHAIR, SeatRole.DEPUTY)


@transaction.atomic
def appoint(*, by: audit.Actor, user: User, role: SeatRole, starts_on, ends_on=None, body: str = Body.MAIN) -> Seat:
    """Give a seat for a term, with the role that goes with it and the office to issue: layers below read no seats."""
    seat = Seat.objects.create(user=user, role=role, starts_on=starts_on, ends_on=ends_on, body=body)
    if role in ISSUE:
        deputy, term = role == SeatRole.DEPUTY, {"starts_on": starts_on, "ends_on": ends_on}
        Issuer.objects.create(seat=seat.pk, user=user, body=body, deputy=deputy, **term)
    if SEAT_ROLES[role] not in user.roles:
        user.roles = [*user.roles, str(SEAT_ROLES[role])]
        user.save(update_fields=["roles"])
    detect_for(user)
    audit.record("appointed", seat, by=by, changes={"role": str(role), "body": str(body)})
    return seat


@transaction.atomic
def end_term(seat: Seat, *, by: audit.Actor, ends_on) -> Seat:
    """Set or clear the last day of a seat's term; who sat in it stays in the record."""
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    before, seat.ends_on = seat.ends_on, ends_on
    seat.save(update_fields=["ends_on"])
    Issuer.objects.filter(seat=seat.pk).update(ends_on=ends_on)
    audit.record("ended_term", seat, by=by, changes={"ends_on": [str(before), str(ends_on)]})
    take_role(seat, by=by)
    return seat


def sweep_terms() -> int:
    """Take the roles of the terms that have ended since; returns how many."""
    return sum(take_role(seat, by=audit.System()) for seat in Seat.objects.filter(ends_on__lt=clock.today()))


@transaction.atomic
def sweep_ties() -> int:
    """What changed in a file or an account since a case was raised is found without anybody's doing; returns how many
    files were closed."""
    return sum(len(detect(case)) for case in before_a_committee())


@transaction.atomic
def take_role(seat: Seat, *, by: audit.Actor) -> bool:
    """With the term ends what it gave: reading cases, voting, issuing. A seat that goes on keeps its own role."""
    user = User.objects.select_for_update().get(pk=seat.user_id)
    going_on = Seat.objects.filter(user=user).exclude(ends_on__lt=clock.today())
    role, kept = str(SEAT_ROLES[SeatRole(seat.role)]), {str(SEAT_ROLES[SeatRole(each.role)]) for each in going_on}
    if role not in user.roles or role in kept:
        return False
    user.roles = [each for each in user.roles if each != role]
    user.save(update_fields=["roles"])
    audit.record("role_ended", user, by=by, changes={"role": role})
    return True
