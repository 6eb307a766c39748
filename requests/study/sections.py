"""The sections of a study, in the order of the paper forms; each row here is one page on a phone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beneficiaries.means.models import Side
from policies.models import PolicyVersion


@dataclass(frozen=True)
class Section:
    name: str  # at most twelve letters: it is part of an address and of a row
    label: str | Promise
    asks: str | Promise  # one sentence: what to look at
    of_household: bool = True  # asked only where the policy asks about households
    side: Side | None = None  # the lines that stand in it


SECTIONS = (
    Section("identity", _("Identity"), _("See the card itself and compare it with the file."), of_household=False),
    Section("contact", _("Contact and address"), _("How the person is reached and where they live."), False),
    Section("household", _("The household"), _("Who lives there and eats from the same income.")),
    Section("income", _("Income"), _("Everything that comes in, each line by itself."), side=Side.INCOME),
    Section("obligations", _("Obligations and debts"), _("What must go out before food."), side=Side.OBLIGATION),
    Section("housing", _("Housing"), _("The home as you found it.")),
    Section("health", _("Health and disability"), _("Only what bears on the request. Few read it.")),
    Section("assets", _("Property and savings"), _("What the household owns beside its income.")),
    Section("support", _("Support from others"), _("Other associations, relatives, neighbours."), False),
    Section("needs", _("The needs"), _("What is needed, and what comes first."), False),
    Section("visit", _("The visit"), _("When you met, who was there, and photographs if they agreed."), False),
    Section("opinion", _("Opinion and recommendation"), _("What you found, what you recommend, and why."), False),
)
BY_NAME = {section.name: section for section in SECTIONS}

TELL_WHO = ("identity", "contact", "household")
"""Sections whose free words say who and where: a projector leaves them out."""


def sections_of(policy: PolicyVersion) -> list[Section]:
    """The sections this policy asks for: without households there are fewer."""
    return [section for section in SECTIONS if policy.asks_household or not section.of_household]


def around(policy: PolicyVersion, section: Section) -> tuple[Section | None, Section | None]:
    """The section before this one and the one after it."""
    asked = sections_of(policy)
    here = asked.index(section)
    return (asked[here - 1] if here else None, asked[here + 1] if here + 1 < len(asked) else None)
