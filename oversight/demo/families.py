"""What some of the sample people live with and from, so that their files are alive: invented, like everything here."""

from decimal import Decimal
from typing import Any

from accounts.models import User
from beneficiaries.actions import amend
from beneficiaries.home.actions import settle_home
from beneficiaries.household.actions import add_member
from beneficiaries.means.actions import add_means
from beneficiaries.models import Person
from core.hijri import parse

EVERY = 3  # one file in three is filled in; the others show what an empty one says
CHILDREN = (("ريان", "male", "studies"), ("لمى", "female", "studies"), ("تالا", "female", "below_school"))
MEANS = (
    ("pension", "2800", "month", ""),
    ("citizen_account", "950", "month", ""),
    ("rent", "18000", "year", "دفعتان في السنة"),
    ("bills", "420", "month", ""),
)
HOMES: tuple[dict[str, Any], ...] = (
    {"short_code": "RAHA3124", "district": "النخيل", "street": "شارع الوادي", "postal_code": "12381", "rooms": 4},
    {"short_code": "RBNA4410", "district": "الربوة", "street": "شارع الحزم", "postal_code": "12816", "rooms": 3},
)
REACHED: tuple[dict[str, Any], ...] = (
    {"preferred_channel": "phone", "access_needs": ["hearing"]},
    {"preferred_channel": "interview", "access_needs": []},
    {"preferred_channel": "phone", "access_needs": ["mobility", "sight"]},
)


def furnish(person: Person, number: int, *, by: User, asks_household: bool) -> None:
    """Fill in the file of one sample person in three."""
    if number % EVERY:
        return
    amend(person, by=by, **REACHED[number // EVERY % len(REACHED)])
    if not asks_household:
        return
    for place, (name, sex, situation) in enumerate(CHILDREN[: number % 3 + 2]):
        whole = f"{name} {person.first_name} {person.family_name}" if person.sex == "male" else f"{name} العتيق"
        born = parse(f"{place + 3}/{place + 2}/{1433 + 5 * place}")
        add_member(person, by=by, name=whole, relation="child", sex=sex, situation=situation, birth=born)
    for kind, amount, every, note in MEANS:
        add_means(person, by=by, kind=kind, amount=Decimal(amount), every=every, note=note)
    home = HOMES[number // EVERY % len(HOMES)]
    settle_home(person, by=by, tenure="rented", building="flat", city="الرياض", **home)
