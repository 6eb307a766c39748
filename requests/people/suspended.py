"""The suspension on the page of a file: what is in force first, earlier ones and the way to propose one beside."""

from typing import Any

from accounts.models import User
from beneficiaries.models import Person
from beneficiaries.suspension import rules
from requests.people.access import FileSight


def suspension_card(person: Person, user: User, sight: FileSight) -> dict[str, Any] | None:
    """What is in force, or waits for a second person."""
    row = rules.open_one(person)
    if row is None:
        return None
    return {
        "row": row,
        "in_force": row.state == rules.State.IN_FORCE,
        "sentence": rules.suspended(person),
        "unanswered": bool(row.objected_at and not row.objection_answered_at),
    }


def suspend_card(person: Person, user: User, sight: FileSight) -> dict[str, Any] | None:
    """The earlier ones, and where untrue data is said to whoever may say it."""
    rows = list(rules.of(person))
    current = [row for row in rows if row.state == rules.State.PROPOSED or not rules.not_in_force(row)]
    earlier = [row for row in rows if row not in current]
    may_propose = not current and user.holds(*rules.PROPOSE)
    return {"person": person, "earlier": earlier, "may_propose": may_propose} if earlier or may_propose else None
