"""The file of a person on one page, gathered in the view so that its templates ask nothing of the database."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COUNTER
from beneficiaries.bank.rules import owner_differs
from beneficiaries.choices import AccessNeed, Party
from beneficiaries.household.rules import age_on, children_among, not_yet_named
from beneficiaries.known import Known, known_of
from beneficiaries.means.models import Side
from beneficiaries.means.rules import monthly
from beneficiaries.models import Home, HouseholdMember, Person, PersonCategory
from beneficiaries.representatives.rules import ends_soon, expired
from beneficiaries.suspension.rules import suspended
from core import clock, identifiers
from core.templatetags.ui import ltr
from policies.models import PolicyVersion, Procedure
from requests.models import SupportRequest
from requests.outreach.page import fresh_card, stale_card
from requests.people import history
from requests.people.access import FileSight, people_of
from requests.people.documents import documents_card
from requests.people.duplicates.card import duplicates_card, merged_card
from requests.people.parts import PARTS, ROWS, need_is_asked
from requests.people.suspended import suspend_card, suspension_card
from requests.states import TONES, State

CASES_SHOWN = 20
HISTORY_SHOWN = 5
BULLETS = re.compile("•+")

CardOf = Callable[[Person, User, FileSight], dict[str, Any] | None]


@dataclass(frozen=True)
class Card:
    """A card of another room. `of` gives what its template reads as `card`, or None where there is nothing to show;
    the template is `requests/people/parts/<name>_card.html`. Place: "top" (what must be seen first), "main", "side"."""

    name: str
    of: CardOf
    place: str = "main"

    @property
    def template(self) -> str:
        return f"requests/people/parts/{self.name}_card.html"


CARDS: tuple[Card, ...] = (
    # A room adds its line here, in the order in which the cards stand:
    Card("suspension", suspension_card, place="top"),
    Card("duplicates", duplicates_card, place="top"),
    Card("renewal", stale_card, place="top"),
    Card("documents", documents_card),
    Card("merged", merged_card, place="side"),
    Card("renewal", fresh_card, place="side"),
    Card("suspend", suspend_card, place="side"),
)


def person_page(person: Person, user: User, sight: FileSight) -> dict[str, Any]:
    """Everything on the page of one file, as far as `user` reads it. The number of queries is constant."""
    policy = PolicyVersion.in_force()
    known = known_of(person)
    asked = need_is_asked(person, policy)
    return {
        "person": person,
        "sight": sight,
        "known": known,
        "asked": asked,
        "membership": policy is not None and policy.has_membership,
        "age": age_on(clock.today(), person.birth_date),
        "channel": policy.channel_labels.get(person.preferred_channel, "") if policy else "",
        "parties": parties(person),
        "needs": [str(AccessNeed(need).label) for need in person.access_needs],
        "members": members(known, user, sight),
        "children": children_among(known.household, clock.today()),
        "unnamed": not_yet_named(person, len(known.household)),
        "sides": sides(known),
        "lines": known.means,
        "totals": known.totals,
        "categories": categories(person, sight),
        "representatives": representatives(known),
        "iban_masked": BULLETS.sub("••••", identifiers.mask_iban(person.iban or "")),
        "address": address(known.home),
        "iban_of_another": owner_differs(person, person.iban_owner),
        "cases": cases(known.files, user),
        "keys": {code: part.key for code, part in (PARTS | ROWS).items()},
        "history": history.in_words(history.rows_of(*known.files)[:HISTORY_SHOWN])
        if sight.whole and user.holds(*COUNTER)
        else [],
        "takes": sight.edits and takes(policy) and suspended(person) is None,
        "crumbs": crumbs(user, person, sight),
        **cards(person, user, sight),
    }


def takes(policy: PolicyVersion | None) -> bool:
    return policy is not None and policy.has(Procedure.SUPPORT_REQUESTS)


def crumbs(user: User, person: Person, sight: FileSight, here: str = "") -> list[dict[str, str]]:
    """The way back: whoever serves people comes from the counter, a manager from the requests."""
    counter = user.holds(*COUNTER)
    first = {"label": _("Reception"), "url": reverse("requests:counter")}
    if not counter:
        first = {"label": _("Requests"), "url": reverse("requests:queue")}
    if not here:
        return [first, {"label": _("The file")}]
    name = person.full_name if sight.whole else _("The file")  # a manager reads masks
    return [first, {"label": name, "url": reverse("requests:person", args=[person.pk])}, {"label": here}]


def cards(person: Person, user: User, sight: FileSight) -> dict[str, list[dict[str, Any]]]:
    """What the other rooms show, by place."""
    places: dict[str, list[dict[str, Any]]] = {"top_cards": [], "main_cards": [], "side_cards": []}
    for card in CARDS:
        if (shown := card.of(person, user, sight)) is not None:
            places[f"{card.place}_cards"].append({"template": card.template, "card": shown})
    return places


def parties(person: Person) -> list[str]:
    """What the person is to the association, where that is not simply a beneficiary."""
    if person.parties == [Party.BENEFICIARY]:
        return []
    return [str(Party(party).label) for party in person.parties]


def members(known: Known, user: User, sight: FileSight) -> list[dict[str, Any]]:
    """Those who live there, each with the way to their own file where this user finds it."""
    lookups = {member.national_id_lookup for member in known.household} - {""}
    own: dict[str, int] = {}
    if lookups and sight.whole:
        files = people_of(user).current().filter(national_id_lookup__in=lookups)
        own = dict(files.values_list("national_id_lookup", "pk"))
    return [member_row(member, known, own, sight) for member in known.household]


def member_row(member: HouseholdMember, known: Known, own: dict[str, int], sight: FileSight) -> dict[str, Any]:
    return {
        "member": member,
        "age": age_on(clock.today(), member.birth_date),
        "file": own.get(member.national_id_lookup) if member.national_id_lookup else None,
        "merged": known.from_merged(member),
        "health": member.health if sight.sensitive else "",
    }


def address(home: Home | None) -> SafeString:
    """The parts of the national address that are known, in the order in which they lead there."""
    if home is None:
        return SafeString("")
    numbers = "-".join(part for part in (home.building_number, home.secondary_number) if part)
    parts = [
        format_html("{} {}", _("building"), ltr(numbers)) if numbers else "",
        home.street,
        home.district,
        format_html("{} {}", home.city, ltr(home.postal_code)),
    ]
    return format_html_join("، ", "{}", [[part] for part in parts if part.strip()]) or SafeString("—")


def sides(known: Known) -> list[dict[str, Any]]:
    """The lines of income and of obligation, each with what they come to a month."""
    rows: list[dict[str, Any]] = [
        {"line": line, "monthly": monthly(line), "merged": known.from_merged(line)} for line in known.means
    ]
    totals = known.totals
    return [
        {"label": label, "total_label": sum_label, "total": total, "lines": [r for r in rows if r["line"].side == side]}
        for side, label, sum_label, total in (
            (Side.INCOME, _("Income"), _("Income a month"), totals.income),
            (Side.OBLIGATION, _("Obligations"), _("Obligations a month"), totals.obligations),
        )
    ]


def categories(person: Person, sight: FileSight) -> list[PersonCategory]:
    """The categories this user reads, the first one first. That others are hidden is not said here."""
    rows = person.categories.select_related("category")
    return [row for row in rows if sight.sensitive or not row.category.is_sensitive]


def representatives(known: Known) -> list[dict[str, Any]]:
    today = clock.today()
    return [
        {"row": row, "expired": expired(row, today), "soon": ends_soon(row, today), "merged": known.from_merged(row)}
        for row in known.representatives
    ]


def cases(files: list[int], user: User) -> list[dict[str, Any]]:
    """The requests of this person that the user sees, newest first, whichever of their files each was taken in."""
    seen = SupportRequest.objects.visible_to(user).filter(person__in=files)
    rows = seen.select_related("service").order_by("-received_at")[:CASES_SHOWN]
    return [{"case": case, "tone": TONES[State(case.state)]} for case in rows]
