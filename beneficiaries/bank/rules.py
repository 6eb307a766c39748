"""Whose account money goes to."""

from beneficiaries.models import Person
from core import names

OF_ANOTHER = (names.Likeness.DIFFERENT, names.Likeness.TRANSPOSED)


def owner_differs(person: Person, owner: str) -> bool:
    """Whether the name on the account is, part by part, another than the person's. It asks, it does not refuse: a
    guardian's account is a usual thing, and banks write names in Latin letters."""
    if not owner:
        return False
    own = names.of(
        first=person.first_name,
        father=person.father_name,
        grandfather=person.grandfather_name,
        family=person.family_name,
    )
    return names.compare(names.split(owner), own).likeness in OF_ANOTHER
