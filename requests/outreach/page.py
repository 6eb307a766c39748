"""What stands about the renewal on the page of a file, and the panel of the person who is being called."""

from typing import Any

from accounts.models import User
from accounts.roles import COUNTER
from beneficiaries.known import known_of
from beneficiaries.models import Calling, Outreach, Person
from beneficiaries.renewal.rules import Freshness, freshness
from core import clock, identifiers
from policies.models import PolicyVersion
from requests.outreach import rules
from requests.outreach.listing import rows_of
from requests.people.access import FileSight, served_by

CALLS_SHOWN = 3


def stale_card(person: Person, user: User, sight: FileSight) -> dict[str, Any] | None:
    """At the head of the page where the file is stale or soon will be."""
    fresh = freshness(person.confirmed_on, rules.months())
    return card(person, user, sight, fresh) if fresh.is_stale or fresh.is_due else None


def fresh_card(person: Person, user: User, sight: FileSight) -> dict[str, Any] | None:
    """Beside the rest where it is fresh."""
    fresh = freshness(person.confirmed_on, rules.months())
    return None if fresh.is_stale or fresh.is_due else card(person, user, sight, fresh)


def card(person: Person, user: User, sight: FileSight, fresh: Freshness) -> dict[str, Any]:
    tried = Outreach.objects.filter(person__in=person.and_merged).select_related("made_by")
    return {
        "person": person,
        "fresh": fresh,
        "may_confirm": sight.edits and user.holds(*COUNTER),
        "today": person.confirmed_on == clock.today(),
        "calls": list(tried[:CALLS_SHOWN]) if sight.whole else [],
    }


def panel_of(user: User) -> dict[str, Any] | None:
    """The person this user is calling now: how to speak with them, what to read over; None when they call nobody."""
    calling = Calling.objects.filter(by=user, until__gt=clock.now()).order_by("-until").first()
    if calling is None:
        return None
    person = served_by(user).current().select_related("branch", "calling__by").filter(pk=calling.person_id).first()
    if person is None:
        return None
    known, policy = known_of(person), PolicyVersion.in_force()
    return rows_of([person], user)[0] | {
        "home": known.home,
        "household": len(known.household),
        "representatives": known.representatives,
        "channel": policy.channel_labels.get(person.preferred_channel, "") if policy else "",
        "asks_household": policy is not None and policy.asks_household,
        "iban_masked": identifiers.mask_iban(person.iban or ""),
    }
