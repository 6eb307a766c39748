"""Hostile input by the thousand: a seeded stream of values, the forms a page offers, and what must never be stored.

`tests/security/test_hostile_forms.py` sends a sample of it through every form of the staff's pages; the whole of it is
`benchmarks/hostile.py`.
"""

import random
import re
import sys
import unicodedata
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from lxml import html

from beneficiaries.models import HouseholdMember, Person, Representative
from core import clock, identifiers
from core.fields import NameField
from tests.architecture.test_models import OURS
from tests.cast import sample_id

PLAIN = (
    "سارة علي",
    "14/8/1412",
    "0550000067",
    "1500",
    "RRRD2929",
    sample_id(7003),
    "متأخرة عن إيجار",
    "SA0380000000608010167519",
)
MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u3164\u2800\ufe0f\U000e0100\U000e0041"
CONTROLS = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x2028, 0x2029]))
CODE = (
    "'; DROP TABLE beneficiaries_person; --",
    "' OR 1=1 --",
    "1; SELECT pg_sleep(9)",
    "%' ESCAPE '",
    "\\",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ request.user }}{% debug %}{min_days_words}%(x)s%s{0.__class__}",
    '=HYPERLINK("http://evil.example","x")',
    "@SUM(1)",
    "+1+1",
    "../../../etc/passwd",
    "a\r\nX-Injected: 1\r\n\r\nb",
    "$(id)`id`|id",
    '{"$ne": null}',
    "[]",
    "null",
    "(" * 3000,
    "a" * 4000 + "!",
)
NUMBERS = (
    "NaN",
    "-Infinity",
    "1e999999",
    "1E-400",
    "-0",
    "-1",
    "0",
    "0x10",
    "1_000",
    "١٬٥٠٠٫٥٠",
    "1,5",
    "1.234,56",
    "99999999999999999999999999",
    "0.001",
    "9999999.999",
    "Ⅷ",
    "½",
    "²",
    "②",
    "໒໓",
    "9" * 5000,
)
DATES = (
    "0/0/0",
    "31/2/2020",
    "29/2/2023",
    "30/2/1445",
    "1/13/1445",
    "1/1/99999",
    "1/1/1342",
    "30/12/1500",
    "2999-01-01",
    "0001-01-01",
    "-1/-1/-1",
    "14/8/1412/5",
    "١٤‏/٨‏/١٤١٢",
    "1/1",
    "اليوم",
)
EMOJI = ("😀" * 50, "👨‍👩‍👧‍👦", "🇸🇦", "👍🏿", "❤️", "1️⃣")
HUGE = ("س" * 1_000_000, "9" * 1_000_000, " " * 1_000_000, "\n" * 300_000, "😀" * 250_000, "ا\u0301" * 300_000)
CHOICES = ("", "__all__", "0", "-1", "9" * 18, "9" * 40, "true", "None", "admin", "received,approved", "١")


@cache
def digit_scripts() -> list[str]:
    """The zero of every script that has decimal digits."""
    signs = map(chr, range(sys.maxunicode + 1))
    return [sign for sign in signs if unicodedata.category(sign) == "Nd" and unicodedata.decimal(sign) == 0]


def in_another_script(text: str, chance: random.Random) -> str:
    zero = ord(chance.choice(digit_scripts()))
    return "".join(chr(zero + int(sign)) if sign in "0123456789" else sign for sign in text)


def salted(text: str, signs: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(signs) + text[place:]


def anything(chance: random.Random) -> str:
    """Forty signs of the whole of Unicode but the surrogates, which no UTF-8 carries."""
    return "".join(chr(chance.choice([*range(0x20, 0xD800, 97)])) for _ in range(40))


KINDS = (
    lambda chance: in_another_script(chance.choice(PLAIN), chance),
    lambda chance: salted(chance.choice(PLAIN), MARKS, chance),
    lambda chance: salted(chance.choice(PLAIN), UNSEEN, chance),
    lambda chance: salted(chance.choice(PLAIN), CONTROLS, chance),
    lambda chance: chance.choice(PLAIN) + "\x00",
    lambda chance: chance.choice(CODE),
    lambda chance: chance.choice(NUMBERS),
    lambda chance: chance.choice(DATES),
    lambda chance: chance.choice(EMOJI),
    lambda chance: chance.choice(CHOICES),
    anything,
)


def values(seed: int) -> Iterator[str]:
    """An endless stream, the same for one seed; one in a hundred is huge."""
    chance = random.Random(seed)
    while True:
        yield chance.choice(HUGE) if chance.random() < 0.01 else chance.choice(KINDS)(chance)


@dataclass
class Form:
    """A form as a page offers it, filled in as a person might."""

    page: str
    action: str
    fields: dict[str, str]

    def __str__(self):
        return f"{self.action} ({' '.join(self.fields)})"


FILLED = {
    "first_name": "سارة",
    "father_name": "علي",
    "family_name": "الشهري",
    "name": "سارة علي الشهري",
    "national_id": sample_id(7001),
    "birth": "14/8/1412",
    "mobile": "0550000067",
    "household_size": "5",
    "amount": "1500",
    "iban": "SA0380000000608010167519",
    "short_code": "RRRD2929",
    "valid_until": "1/1/1460",
}
NOT_TYPED = ("csrfmiddlewaretoken", "form_key")


def forms_on(page: str, content: bytes) -> list[Form]:
    """Every form of a page that is posted and asks for something."""
    found = []
    for form in html.fromstring(content, base_url=page).forms:
        typed = {field.name: filled(field) for field in form.inputs if field.name and field.get("type") != "file"}
        asked = {name: value for name, value in typed.items() if name not in NOT_TYPED}
        if form.method == "POST" and asked:
            found.append(Form(page, (form.action or page).partition("#")[0], asked))
    return found


def filled(field) -> str:
    if field.tag == "select":
        return next((option for option in field.value_options if option), "")
    if field.get("type") in ("checkbox", "radio", "hidden", "submit"):
        return field.get("value") or "on"
    return (field.value or "").strip() or FILLED.get(field.name.rpartition("-")[2], "كلمة")


def spoiled(form: Form, seed: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The form with two of its fields hostile one at a time, then with all of them; and how many values it carries."""
    stream, chance, names = values(seed), random.Random(seed), list(form.fields)
    while True:
        yield 1, form.fields | {chance.choice(names): next(stream)}
        yield 1, form.fields | {chance.choice(names): next(stream)}
        yield len(names), {name: next(stream) for name in names}


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables that rows are written to inside the block."""
    tables: set[str] = set()

    def note(execute, sql, params, many, context):
        tables.update(re.findall(r'^(?:INSERT INTO|UPDATE) "(\w+)"', sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


def stored_faults(tables: Container[str]) -> list[str]:
    """What stands in these tables of ours and no rule allows."""
    faults = []
    for model in apps.get_models():
        if model._meta.app_label in OURS and model._meta.db_table in tables:
            faults += [f"{model.__name__}.{fault}" for row in model.objects.all() for fault in faults_of(row)]
    return faults


def faults_of(row: models.Model) -> list[str]:
    fields = [field for field in row._meta.concrete_fields if not field.is_relation]
    plain = [field.name for field in fields if (value := getattr(row, field.name)) is not None and wrong(field, value)]
    return plain + [name for name, check in CHECKS.get(type(row), {}).items() if refused(check, getattr(row, name))]


def wrong(field: models.Field, value) -> bool:
    """Emoji and direction marks may stand in free text; controls and overrides, which reorder a page, nowhere."""
    if isinstance(value, str):
        known = {str(key) for key, _label in field.flatchoices}
        return (
            bool(known and value and value not in known)
            or len(value) > (field.max_length or LONGEST_TEXT)
            or any(sign in FORBIDDEN for sign in value)
        )
    if isinstance(value, Decimal):
        return not value.is_finite() or (value < 0 and field.name not in MAY_BE_NEGATIVE)
    return isinstance(value, date) and value.year > clock.today().year + 100


MAY_BE_NEGATIVE = ("per_head",)
"""Obligations above the income leave less than nothing for each, and are shown so."""
FORBIDDEN = frozenset(
    [*(set(CONTROLS) - set("\u2028\u2029")), "\x00", *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
)
LONGEST_TEXT = 60_000


def refused(check, value) -> bool:
    try:
        if value:
            check(value)
    except (ValueError, ValidationError):
        return True
    return False


NAME = NameField().clean
WHOLE_NAME = NameField(max_length=200).clean
CHECKS = {
    Person: {
        "first_name": NAME,
        "father_name": NAME,
        "grandfather_name": NAME,
        "family_name": NAME,
        "national_id": identifiers.national_id,
        "mobile": identifiers.mobile,
        "iban": identifiers.iban,
    },
    HouseholdMember: {"name": WHOLE_NAME, "national_id": identifiers.national_id},
    Representative: {"name": WHOLE_NAME, "national_id": identifiers.national_id, "mobile": identifiers.mobile},
}
