"""A file with something in every part, and the ways to its forms."""

import re
from decimal import Decimal

from django.urls import reverse
from lxml import html

from beneficiaries.categories.actions import categorise
from beneficiaries.home.actions import settle_home
from beneficiaries.household.actions import add_member
from beneficiaries.means.actions import add_means
from beneficiaries.models import Person
from beneficiaries.representatives.actions import represent
from core.hijri import parse
from policies.models import Category
from tests.cast import sample_id

IBAN = "SA0380000000608010167519"


def fill(person: Person, *, by) -> Person:
    """A household of three, two lines, a home, an account's owner, categories, a guardian."""
    add_member(
        person, by=by, name="ليلى محمد العنزي", relation="child", sex="female", birth=parse("3/3/1440"), health="ربو"
    )
    add_member(person, by=by, name="هند ناصر العنزي", relation="spouse", sex="female", national_id=sample_id(8801))
    add_means(person, by=by, kind="pension", amount=Decimal("3000"), every="month")
    add_means(person, by=by, kind="rent", amount=Decimal("18000"), every="year", note="شقة")
    settle_home(person, by=by, tenure="rented", building="flat", rooms=3, short_code="RRRD2929", city="الرياض")
    represent(
        person,
        by=by,
        kind="agent",
        name="سعد سالم العنزي",
        national_id=sample_id(8802),
        mobile="+966550008802",
        deed_number="4410",
        valid_until=parse("1/1/1450"),
    )
    first = Category.objects.filter(is_sensitive=False).first()
    categorise(person, by=by, primary=first)
    return Person.objects.get(pk=person.pk)


def at(name: str, person, *more) -> str:
    return reverse(f"requests:{name}", args=[person.pk, *more])


def form_at(client, url: str) -> dict:
    """What the form at this address would send if nobody touched it, as a browser sends it."""
    reply = client.get(url)
    assert reply.status_code == 200, url
    form = next(each for each in html.fromstring(reply.content).forms if each.get("action") == url)
    sent: dict = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def send(client, url: str, **typed):
    """Open the form, change these fields, save."""
    return client.post(url, form_at(client, url) | typed)


def text(reply) -> str:
    """What a person reads: without tags, spaces folded."""
    inside = reply.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inside))
