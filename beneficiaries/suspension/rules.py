"""Whether a file is suspended, and who may propose, confirm, answer and lift (rule 3, clause PRE-1).

Untrue data has a consequence that two people decide, that the person is told of, and may object to. Each question
answers with None, or with the whole sentence that says why not.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from beneficiaries.models import Person, Suspension
from core import clock
from core.hijri import format_dual
from policies.models import Association, PolicyVersion
from policies.rules import roles_in_words

State = Suspension.State
PROPOSE = (Role.OFFICER, Role.DELEGATE, Role.RESEARCHER, Role.MANAGER)
SETTLE = (Role.OFFICER, Role.MANAGER)
"""A second person of these confirms, answers an objection, or lifts."""
OBJECT = (Role.OFFICER, Role.DELEGATE, Role.MANAGER)
"""Whoever hears the person at the counter or by phone writes their objection down."""

Sentence = str | None


def of(person: Person):
    """The suspensions of this one human, under whichever of their files, newest first."""
    return Suspension.objects.filter(person__in=person.and_merged).order_by("-pk")


def today_in_force() -> Q:
    """Suspended, and the last day has not passed: a suspension ends by itself."""
    return Q(state=State.IN_FORCE) & (Q(until=None) | Q(until__gte=clock.today()))


def in_force(person: Person) -> Suspension | None:
    """The suspension this person is under today."""
    return of(person).filter(today_in_force()).first()


def suspended_among(people: Collection[int]) -> set[int]:
    """Which of these current files are suspended today, a file merged into one of them counted. One query."""
    near = ("person", "person__merged_into", "person__merged_into__merged_into")  # a merge is no deeper
    of_these = Q(**{f"{near[0]}__in": people}) | Q(**{f"{near[1]}__in": people}) | Q(**{f"{near[2]}__in": people})
    rows = Suspension.objects.filter(of_these, today_in_force()).values_list(*near)
    return {pk for row in rows for pk in row if pk is not None} & set(people)


def open_one(person: Person) -> Suspension | None:
    """The suspension in force or waiting for its second person."""
    return of(person).filter(today_in_force() | Q(state=State.PROPOSED)).first()


def is_over(suspension: Suspension) -> bool:
    """In force by its row, and its last day has passed."""
    return suspension.state == State.IN_FORCE and suspension.until is not None and suspension.until < clock.today()


def suspended(person: Person) -> Sentence:
    """Why no request is received for this person and no case of theirs is completed or delivered."""
    suspension = in_force(person)
    if suspension is None:
        return None
    if suspension.until:
        return _(
            "The file is suspended until the end of %(date)s: no request is received and no service is delivered "
            "before that, unless the suspension is lifted."
        ) % {"date": format_dual(suspension.until)}
    return _(
        "The file is suspended: no request is received and no service is delivered until the suspension is lifted."
    )


def not_among(by: User, roles: tuple[Role, ...]) -> Sentence:
    if by.holds(*roles):
        return None
    return _("This step belongs to: %(roles)s.") % {"roles": roles_in_words(roles, PolicyVersion.in_force())}


def why_not_propose(person: Person, by: User) -> Sentence:
    if sentence := not_among(by, PROPOSE):
        return sentence
    current = open_one(person)
    if current is None:
        return None
    if current.state == State.PROPOSED:
        return _("A suspension of this file is proposed already and waits for a second person.")
    return _("This file is suspended already.")


def why_not_settle(suspension: Suspension, by: User) -> Sentence:
    """Confirmed or refused by another than whoever proposed it."""
    if suspension.state != State.PROPOSED:
        return _("This suspension was decided already.")
    if suspension.proposed_by_id == by.pk:
        return _("You proposed it, so another person decides.")
    return not_among(by, SETTLE)


def last_day_to_object(suspension: Suspension) -> date | None:
    """Counted from the day it was confirmed and told (association setting `appeal_days`)."""
    if suspension.settled_at is None:
        return None
    return clock.local_date(suspension.settled_at) + timedelta(days=Association.current().appeal_days)


def not_in_force(suspension: Suspension) -> Sentence:
    if suspension.state != State.IN_FORCE or is_over(suspension):
        return _("This suspension is not in force.")
    return None


def why_not_object(suspension: Suspension, by: User) -> Sentence:
    """One objection, within its days, written down by whoever hears the person."""
    if sentence := not_in_force(suspension):
        return sentence
    if suspension.objected_at:
        return _("The person objected already.")
    last = last_day_to_object(suspension)
    if last and clock.today() > last:
        return _("The period for objecting ended on %(date)s.") % {"date": format_dual(last)}
    return not_among(by, OBJECT)


def why_not_answer(suspension: Suspension, by: User) -> Sentence:
    """Answered by somebody who neither proposed nor confirmed it."""
    if sentence := not_in_force(suspension):
        return sentence
    if suspension.objected_at is None:
        return _("There is no objection to answer.")
    if suspension.objection_answered_at:
        return _("The objection was answered already.")
    if by.pk in (suspension.proposed_by_id, suspension.settled_by_id):
        return _("You took part in the suspension, so somebody else answers the objection.")
    return not_among(by, SETTLE)


def why_not_lift(suspension: Suspension, by: User) -> Sentence:
    """Lifted with a reason, by another than whoever proposed it; an open objection is answered first."""
    if sentence := not_in_force(suspension):
        return sentence
    if suspension.objected_at and not suspension.objection_answered_at:
        return _("The person objected: answer the objection, which lifts the suspension or keeps it.")
    if suspension.proposed_by_id == by.pk:
        return _("You proposed it, so another person lifts it.")
    return not_among(by, SETTLE)
