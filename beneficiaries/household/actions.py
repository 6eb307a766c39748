"""Verbs on the members of a household. The record names the fields that changed and nobody's name or ID: most of the
people in it are not those who asked."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from beneficiaries.household import rules
from beneficiaries.household.models import HouseholdMember, Left
from beneficiaries.models import Person
from core import arabic, audit, clock, identifiers
from core.errors import Refused
from core.hijri import TypedDate

FACTS = "name relation sex national_id birth_date birth_date_typed birth_calendar situation health".split()


@transaction.atomic
def add_member(person: Person, *, by: User, **facts: Any) -> HouseholdMember:
    """One more member. Refused beyond the number a household holds, and for an ID that stands in it already."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if sentence := rules.too_many(living_in(person)):
        raise Refused(sentence)
    if sentence := rules.id_taken(person, facts.get("national_id") or ""):
        raise Refused(sentence)
    member = write(HouseholdMember(person=person), facts)
    grow(person, by=by)
    audit.record("member_added", person, by=by, changes={"member": member.pk, "relation": [None, member.relation]})
    return member


@transaction.atomic
def amend_member(member: HouseholdMember, *, by: User, **facts: Any) -> HouseholdMember:
    person = Person.objects.select_for_update().get(pk=member.person_id)
    member = HouseholdMember.objects.get(pk=member.pk)
    if sentence := rules.id_taken(person, facts.get("national_id") or "", but=member):
        raise Refused(sentence)
    before = {name: getattr(member, name) for name in FACTS}
    write(member, facts)
    changed = [name for name in FACTS if before[name] != getattr(member, name)]
    if changed:
        audit.record("member_amended", person, by=by, changes={"member": member.pk} | dict.fromkeys(changed))
    return member


@transaction.atomic
def member_left(member: HouseholdMember, *, by: User, left: str, on: date | None = None) -> HouseholdMember:
    """The member no longer lives there, and why. The row stays; a second saying changes nothing."""
    person = Person.objects.select_for_update().get(pk=member.person_id)
    member = HouseholdMember.objects.get(pk=member.pk)
    if not member.left:
        member.left, member.left_on = Left(left), on or clock.today()
        member.save(update_fields=["left", "left_on"])
        audit.record("member_left", person, by=by, changes={"member": member.pk, "left": [None, left]})
    return member


def write(member: HouseholdMember, facts: dict[str, Any]) -> HouseholdMember:
    """The facts into the row with its look-up columns; what is not among them stays as it is."""
    facts = dict(facts)
    if "birth" in facts:
        birth: TypedDate | None = facts.pop("birth")
        facts |= {
            "birth_date": birth.gregorian if birth else None,
            "birth_date_typed": birth.typed if birth else "",
            "birth_calendar": birth.calendar if birth else "",
        }
    for name in FACTS:
        if name in facts:
            setattr(member, name, facts[name])
    member.national_id = member.national_id or None
    member.health = member.health or None
    member.name_key = arabic.padded_key(member.name)
    member.national_id_lookup = identifiers.lookup_hash(member.national_id) if member.national_id else ""
    member.save()
    return member


def living_in(person: Person) -> int:
    """The members written down, under whichever file of the person."""
    return HouseholdMember.objects.present().filter(person__in=person.and_merged).count()


def grow(person: Person, *, by: User) -> None:
    """A household is never said to be smaller than the people written down in it."""
    counted = living_in(person) + 1
    if person.household_size is not None and person.household_size < counted:
        audit.record("amended", person, by=by, changes={"household_size": [str(person.household_size), str(counted)]})
        person.household_size = counted
        person.save(update_fields=["household_size"])
