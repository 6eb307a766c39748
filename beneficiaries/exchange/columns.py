"""The columns a workbook of people may have, and which heading means which of them."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from core import identifiers
from core.arabic import fold

FULL_NAME = "full_name"
NEAR_ENOUGH = 82


@dataclass(frozen=True)
class Column:
    """One fact of a person: its heading in our template, an example, and other headings people give it."""

    name: str
    label: Any
    example: str
    needed: bool = False
    others: tuple[str, ...] = ()


COLUMNS = (
    Column(FULL_NAME, _("full name"), "", others=("الاسم", "اسم المستفيد", "الاسم رباعيا", "اسم العضو", "name")),
    Column("first_name", _("first name"), "سارة", needed=True, others=("الأول", "الاسم الاول")),
    Column("father_name", _("father's name"), "علي", needed=True, others=("الأب", "الاسم الثاني", "اسم الاب")),
    Column("grandfather_name", _("grandfather's name"), "محمد", others=("الجد", "الاسم الثالث")),
    Column("family_name", _("family name"), "الشهري", needed=True, others=("العائلة", "اللقب", "اسم العائلة")),
    Column(
        "national_id",
        _("national ID or iqama"),
        "1000000206",
        needed=True,
        others=("رقم الهوية", "السجل المدني", "الهوية", "رقم الإقامة", "رقم السجل", "id"),
    ),
    Column("mobile", _("mobile"), "0550000020", needed=True, others=("رقم الجوال", "الهاتف", "جوال", "mobile")),
    Column("birth", _("birth date"), "14/8/1412", others=("الميلاد", "تاريخ الميلاد هجري")),
    Column("sex", _("sex"), "أنثى", needed=True, others=("النوع", "ذكر/أنثى")),
    Column("nationality", _("nationality"), "السعودية"),
    Column("marital_status", _("marital status"), "أرملة", others=("الحالة",)),
    Column("household_size", _("household size"), "5", others=("عدد الأفراد", "أفراد الأسرة", "عدد افراد الاسرة")),
    Column("category", _("category"), "", others=("الفئة", "التصنيف", "فئة المستفيد")),
    Column("member_no", _("member number"), "", others=("رقم العضوية",)),
    Column("member_standing", _("member's standing"), "", others=("حالة العضوية",)),
    Column("iban", _("IBAN"), "", others=("الحساب البنكي", "رقم الحساب", "ايبان")),
    Column("confirmed", _("data confirmed on"), "1/5/1448", others=("تاريخ التحديث", "آخر تحديث")),
)
NAMES = tuple(column.name for column in COLUMNS)
NAME_PARTS = ("first_name", "father_name", "grandfather_name", "family_name")


def offered(policy: Any) -> list[Column]:
    """The columns that mean something under this policy (`policies.PolicyVersion`)."""
    left = set()
    if not policy.asks_household:
        left |= {"household_size", "category"}
    if not policy.has_membership:
        left |= {"member_no", "member_standing"}
    return [column for column in COLUMNS if column.name not in left]


def guess(headings: list[str], columns: list[Column]) -> dict[str, int]:
    """Which heading each of our columns most likely stands under: {name: place}. A proposal; the officer decides."""
    pairs = [
        (likeness(heading, column), -place, column.name, place)
        for column in columns
        for place, heading in enumerate(headings)
        if heading
    ]
    mapping: dict[str, int] = {}
    for score, _order, name, place in sorted(pairs, reverse=True):
        if score >= NEAR_ENOUGH and name not in mapping and place not in mapping.values():
            mapping[name] = place
    return mapping


def likeness(heading: str, column: Column) -> float:
    """0 to 100, by the nearest of the names this column goes by."""
    typed = bare(heading)
    return max(fuzz.ratio(typed, bare(name)) for name in (str(column.label), *column.others))


def bare(heading: str) -> str:
    """Folded, without the article and the signs between words."""
    return re.sub(r"\bال", "", re.sub(r"[\W_]+", " ", fold(heading))).strip()


def without_headings(cells: list[str]) -> bool:
    """Whether the first row is somebody: headings are kept and shown in the open, the cells below them sealed."""
    return any(is_of_somebody(cell) for cell in cells)


def is_of_somebody(cell: str) -> bool:
    for read in (identifiers.national_id, identifiers.mobile, identifiers.iban):
        with suppress(identifiers.IdentifierError):
            return bool(read(cell))
    return False


def lacking(mapping: dict[str, int]) -> list[Column]:
    """The needed columns that nothing was matched to; one full name stands for the four parts."""
    given = set(mapping) | (set(NAME_PARTS) if FULL_NAME in mapping else set())
    return [column for column in COLUMNS if column.needed and column.name not in given]
