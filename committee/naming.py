"""Whether words name somebody of a case: the person whose it is, or one who lives with them."""

import re
from collections.abc import Iterable
from itertools import combinations

from django.db.models import QuerySet

from beneficiaries.household.models import Left
from committee.models import AgendaItem
from core.arabic import name_key
from requests.models import SupportRequest

JOINED = "[وفبلك]{0,2}"
"""What is written onto the word after it: «لمحمد», «وسارة»."""


def with_people(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """The items with everybody who may be named in words about them: two queries, however many."""
    return items.select_related("case__person").prefetch_related("case__person__household")


def names_of(case: SupportRequest) -> set[str]:
    """As somebody would write them: the whole name, or the first and the family, with or without what is between. Of a
    child entered by its first name alone, that with the family's."""
    family = name_key(case.person.family_name)
    members = [name_key(each.name) for each in case.person.household.all() if each.left != Left.MISTAKE]
    keys = [name_key(case.person.full_name), *(key if " " in key else f"{key} {family}" for key in members)]
    return {form for key in keys for form in forms(key.split())}


def forms(words: list[str]) -> Iterable[str]:
    if len(words) < 2:
        return
    first, *between, last = words
    for many in range(len(between) + 1):
        for some in combinations(between, many):
            yield " ".join((first, *some, last))


def named_in(text: str, case: SupportRequest) -> bool:
    key = name_key(text)
    return any(re.search(f"(?:^| ){JOINED}{re.escape(form)}(?: |$)", key) for form in names_of(case))
