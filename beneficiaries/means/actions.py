"""Verbs on income and obligation lines. Each locks the file: two officers write one after the other."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from beneficiaries.means import rules
from beneficiaries.models import MeansLine, Person
from core import audit
from core.errors import Refused

FACTS = ("kind", "amount", "every", "note")


@transaction.atomic
def add_means(person: Person, *, by: User, kind: str, amount: Decimal, every: str, note: str = "") -> MeansLine:
    """One more line. Refused beyond the number a file holds."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if sentence := rules.too_many(MeansLine.objects.filter(person__in=person.and_merged).count()):
        raise Refused(sentence)
    line = MeansLine.objects.create(
        person=person, side=rules.side_of(kind), kind=kind, amount=amount, every=every, note=note
    )
    audit.record("means_added", person, by=by, changes={"line": line.pk, kind: [None, said(line)]})
    return line


@transaction.atomic
def amend_means(line: MeansLine, *, by: User, **facts: Any) -> MeansLine:
    person = Person.objects.select_for_update().get(pk=line.person_id)
    line = MeansLine.objects.get(pk=line.pk)
    before = {name: str(getattr(line, name)) for name in FACTS}
    for name in FACTS:
        setattr(line, name, facts.get(name, getattr(line, name)))
    line.side = rules.side_of(line.kind)
    changes = {name: [before[name], str(getattr(line, name))] for name in FACTS}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if changes:
        line.save()
        audit.record("means_amended", person, by=by, changes={"line": line.pk} | changes)
    return line


@transaction.atomic
def remove_means(line: MeansLine, *, by: User) -> None:
    """Take a line out; what it said stays in the record."""
    person = Person.objects.select_for_update().get(pk=line.person_id)
    if not MeansLine.objects.filter(pk=line.pk).exists():
        return  # pressed twice
    audit.record("means_removed", person, by=by, changes={"line": line.pk, line.kind: [said(line), None]})
    line.delete()


def said(line: MeansLine) -> str:
    return f"{line.amount} {line.every}"
