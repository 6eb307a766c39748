"""Verbs on people."""

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import Branch, User
from beneficiaries.models import Person
from core import audit
from core.errors import Refused
from core.hijri import TypedDate

EDITABLE = (
    "first_name father_name grandfather_name family_name name_as_printed sex nationality marital_status "
    "mobile birth_date birth_date_typed birth_calendar household_size member_no member_standing iban iban_owner "
    "parties is_internal preferred_channel language access_needs"
).split()
SEALED = {"iban", "iban_owner", *Person.Privacy.sensitive}
"""Of these the record keeps no value; whose account it is may be the name of somebody who never came here."""


@transaction.atomic
def enrol(*, by: User, branch: Branch, national_id: str, **facts: Any) -> Person:
    """Open a file for a person who has none. Refused when the ID already has one: an equal ID decides.

    The ID of a file merged into another has one too: a new file would stand in the way of undoing the merge.
    """
    if Person.objects.with_national_id(national_id).exists():
        raise Refused(_("This ID already has a file. Search for it and open that file."))
    person = Person(branch=branch, national_id=national_id, **only_editable(facts))
    person.set_keys()
    person.save()
    audit.record("enrolled", person, by=by)
    return person


@transaction.atomic
def amend(person: Person, *, by: User, why: str = "", **facts: Any) -> Person:
    """Change what is known of a person; the record says which fields changed, and sealed ones without their value."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    changes = {}
    for field, value in only_editable(facts).items():
        before = getattr(person, field)
        if before != value:
            changes[field] = None if field in SEALED else [str(before), str(value)]
            setattr(person, field, value)
    if changes:
        person.set_keys()
        person.save()
        audit.record("amended", person, by=by, changes=changes, why=why)
    return person


def only_editable(facts: dict[str, Any]) -> dict[str, Any]:
    """The fields of a person among the facts; a typed birth date becomes its three columns."""
    facts = dict(facts)
    birth: TypedDate | None = facts.pop("birth", None)
    if birth:
        facts |= {"birth_date": birth.gregorian, "birth_date_typed": birth.typed, "birth_calendar": birth.calendar}
    return {field: facts[field] for field in EDITABLE if field in facts}


@transaction.atomic
def give_file_number(person: Person, *, by: User) -> str:
    """The file number, given once at registration (rule 4); a second call returns the first number."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.file_number is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('beneficiaries_file_number')")
            person.file_number = str(cursor.fetchone()[0])
        person.save(update_fields=["file_number"])
        audit.record("file_number_given", person, by=by, changes={"file_number": [None, person.file_number]})
    return person.file_number
