"""Who reads which category."""

from collections.abc import Iterable

from accounts.models import User
from beneficiaries.categories.models import PersonCategory
from policies.models import Category


def readable(category: Category, by: User) -> bool:
    return not category.is_sensitive or by.reads_sensitive


def first_is_hidden(rows: Iterable[PersonCategory], by: User) -> bool:
    """Whether the file's first category is one that `by` may not read; then it is not theirs to choose."""
    return any(row.is_primary and not readable(row.category, by) for row in rows)
