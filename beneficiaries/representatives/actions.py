"""Verbs on who speaks for a person. A representation is ended, never deleted. The record names no third person."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import Person, Representative
from beneficiaries.representatives import rules
from core import audit, clock, identifiers
from core.errors import Refused
from core.hijri import TypedDate

FACTS = "kind name national_id mobile relation deed_number valid_until valid_until_typed".split()


@transaction.atomic
def represent(person: Person, *, by: User, **facts: Any) -> Representative:
    """Write down a guardian or an authorised representative. Refused beside another of the same capacity."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    made = write(Representative(person=person, added_by=by), facts)
    audit.record("represented", person, by=by, changes={"representative": made.pk, "kind": [None, made.kind]})
    return made


@transaction.atomic
def amend_representative(representative: Representative, *, by: User, **facts: Any) -> Representative:
    person = Person.objects.select_for_update().get(pk=representative.person_id)
    now = Representative.objects.select_related("person").get(pk=representative.pk)
    if now.ended_at:
        raise Refused(_("This representation has ended. Write down a new one."))
    before = {name: getattr(now, name) for name in FACTS}
    write(now, facts)
    changed = [name for name in FACTS if before[name] != getattr(now, name)]
    if changed:
        audit.record(
            "representative_amended", person, by=by, changes={"representative": now.pk} | dict.fromkeys(changed)
        )
    return now


@transaction.atomic
def end_representation(representative: Representative, *, by: User) -> Representative:
    """From now on this one no longer speaks for the person; a second saying changes nothing."""
    person = Person.objects.select_for_update().get(pk=representative.person_id)
    now = Representative.objects.get(pk=representative.pk)
    if now.ended_at is None:
        now.ended_at, now.ended_by = clock.now(), by
        now.save(update_fields=["ended_at", "ended_by"])
        audit.record(
            "representation_ended", person, by=by, changes={"representative": now.pk, "kind": [now.kind, None]}
        )
    return now


def write(representative: Representative, facts: dict[str, Any]) -> Representative:
    facts = dict(facts)
    if "valid_until" in facts:
        until: TypedDate | None = facts.pop("valid_until")
        facts |= {"valid_until": until.gregorian if until else None, "valid_until_typed": until.typed if until else ""}
    for name in FACTS:
        if name in facts:
            setattr(representative, name, facts[name])
    sentence = rules.why_not(
        representative.person,
        kind=representative.kind,
        national_id=representative.national_id,
        deed_number=representative.deed_number,
        but=representative,
    )
    if sentence:
        raise Refused(sentence)
    representative.national_id_lookup = identifiers.lookup_hash(representative.national_id)
    representative.save()
    return representative
