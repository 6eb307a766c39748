"""Whether words name somebody of a case: the person whose it is, or one who lives with them."""

import re

from beneficiaries.household.models import HouseholdMember, Left
from beneficiaries.models import Person
from core.arabic import name_key
from requests.models import SupportRequest

JOINED = "[وفبلك]{0,2}"
"""What is written onto the word after it: «لمحمد», «وسارة»."""


def names_of(case: SupportRequest) -> set[str]:
    """The keys of the names, under every file that is this one human. A child entered by its first name alone has the
    family's with it."""
    whose = case.person.current
    files = whose.and_merged
    people = [person.full_name for person in Person.objects.filter(pk__in=files)]
    family = name_key(whose.family_name)
    living = HouseholdMember.objects.filter(person__in=files).exclude(left=Left.MISTAKE)
    members = [name_key(name) for name in living.values_list("name", flat=True)]
    return {*map(name_key, people), *(key if " " in key else f"{key} {family}" for key in members)}


def as_written(key: str) -> str:
    """A name as somebody would write it: whole, or the first and the family, with or without what is between. The
    pattern is as long as the name, however many words it has."""
    first, *between, last = map(re.escape, key.split())
    return f"(?:^| ){JOINED}{first}{''.join(f'(?: {word})?' for word in between)} {last}(?: |$)"


def named_in(text: str, case: SupportRequest) -> bool:
    key = name_key(text)
    if not key:
        return False
    return any(re.search(as_written(name), key) for name in names_of(case) if " " in name)
