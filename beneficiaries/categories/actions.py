"""Verbs on a person's categories."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from beneficiaries.categories.rules import readable
from beneficiaries.models import Person, PersonCategory
from core import audit
from policies.models import Category


@transaction.atomic
def categorise(person: Person, *, by: User, primary: Category | None, others: Iterable[Category] = ()) -> Person:
    """Set the person's categories; those that `by` may not read stay as they are, the first one among them too.

    Without a primary one the first of the others is it. The record names no category: some are sensitive.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    rows = list(person.categories.select_related("category"))
    kept = [(row.category_id, row.is_primary) for row in rows if not readable(row.category, by)]
    asked = dict.fromkeys([*([primary] if primary else []), *others])
    wanted = [category.pk for category in asked if readable(category, by)]
    first_is_kept = any(is_primary for _pk, is_primary in kept)
    after = [(pk, place == 0 and not first_is_kept) for place, pk in enumerate(wanted)] + kept
    if sorted((row.category_id, row.is_primary) for row in rows) != sorted(after):
        person.categories.all().delete()
        PersonCategory.objects.bulk_create(
            PersonCategory(person=person, category_id=pk, is_primary=is_first) for pk, is_first in after
        )
        audit.record("categorised", person, by=by)
    return person
