"""People given out as a workbook: masked unless a manager says why not."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Scope
from beneficiaries.exchange.columns import NAME_PARTS, Column, offered
from beneficiaries.exchange.rules import may_export_whole
from beneficiaries.models import Person
from core import audit, workbooks
from core.errors import Refused
from core.hijri import format_hijri
from core.identifiers import mask_iban, mask_id, mask_mobile

MOST = 50_000
NOT_GIVEN = ("full_name",)
MASKS = {"national_id": mask_id, "mobile": mask_mobile, "iban": mask_iban}
MASKED_NAMES = ("father_name", "grandfather_name")
"""Of these the first letter is given; a manager reads every branch and nobody by name, so of all four parts."""


@transaction.atomic
def give_out(people, *, by: User, policy: Any, whole: bool, why: str = "") -> bytes:
    """A workbook of these files, masked; `whole` needs the permission and a reason. Either leaves a row.

    Raises Refused where `by` may not, or there are more than 50,000.
    """
    if whole and (sentence := may_export_whole(by)):
        raise Refused(sentence)
    count = people.count()
    if count > MOST:
        raise Refused(
            _("There are more than %(most)s files; choose one branch and export again.") % {"most": f"{MOST:,}"}
        )
    verb = "exported_whole" if whole else "exported_masked"
    audit.record(verb, by, by=by, changes={"files": [None, count]}, why=why)
    columns = [column for column in offered(policy) if column.name not in NOT_GIVEN]
    head = [_("file number"), *(str(column.label) for column in columns), _("branch")]
    masked = () if whole else NAME_PARTS if Scope.ALL in by.scopes else MASKED_NAMES
    return workbooks.written(_("People"), head, lines(people, columns, whole=whole, masked=masked))


def lines(people, columns: list[Column], *, whole: bool, masked: tuple[str, ...]) -> Iterator[list[Any]]:
    rows = people.select_related("branch").prefetch_related("categories__category").order_by("pk")
    for person in rows.iterator(chunk_size=500):
        cells = [cell(person, column.name, whole=whole, masked=masked) for column in columns]
        yield [person.file_number or "", *cells, person.branch.name]


def cell(person: Person, name: str, *, whole: bool, masked: tuple[str, ...]) -> Any:
    """One fact as the same workbook would bring it in again; masked, only so much that two rows are told apart."""
    if name == "birth":
        return (person.birth_date_typed or str(person.birth_date or "")) if whole else year_of(person)
    if name == "confirmed":
        return format_hijri(person.confirmed_on)
    if name == "category":
        return next((str(row.category) for row in person.categories.all() if not row.category.is_sensitive), "")
    if name in ("sex", "marital_status"):
        return getattr(person, f"get_{name}_display")()
    value = getattr(person, name) or ""
    if whole or not value:
        return value
    if name in masked:
        return f"{value[0]}."
    return MASKS[name](value) if name in MASKS else value


def year_of(person: Person) -> str:
    return str(person.birth_date.year) if person.birth_date else ""
