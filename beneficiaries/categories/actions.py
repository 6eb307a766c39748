"""Verbs on a person's categories."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from beneficiaries.models import Person, PersonCategory
from core import audit
from policies.models import Category


@transaction.atomic
def categorise(person: Person, *, by: User, primary: Category | None, others: Iterable[Category] = ()) -> Person:
    """Set the person's categories; those that `by` may not read stay as they are.

    Without a primary one the first of the others is it. The record names no category: some are sensitive.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    wanted = list(dict.fromkeys([*([primary] if primary else []), *others]))
    hidden = [] if by.may_read_sensitive else list(person.categories.filter(category__is_sensitive=True))
    before = [(row.category_id, row.is_primary) for row in person.categories.all()]
    kept = [row.category for row in hidden if row.category not in wanted]
    first = wanted[0] if wanted else next((row.category for row in hidden if row.is_primary), None)
    after = [(category.pk, category == first) for category in [*wanted, *kept]]
    if sorted(before) != sorted(after):
        person.categories.all().delete()
        PersonCategory.objects.bulk_create(
            PersonCategory(person=person, category_id=pk, is_primary=is_first) for pk, is_first in after
        )
        audit.record("categorised", person, by=by)
    return person
