"""How much of each row of the minutes one person reads. A case closed to somebody is closed to them here too (rule 5).

The manager reads that there was a case and what came of it, but nothing of the study, of the reasons or of the voices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from accounts.models import User
from accounts.roles import COMMITTEE, Role, Scope
from committee.models import Minutes
from requests.models import IN_SCOPE, Exclusion, SupportRequest


class Sees(StrEnum):
    WHOLE = "whole"
    OUTLINE = "outline"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Sight:
    """What one person, or one printed copy, shows of minutes: `rows` by position; no row in it is closed."""

    rows: dict[int, Sees]
    member: bool

    def of(self, position: int) -> Sees:
        return self.rows.get(position, Sees.NOTHING)

    def hidden(self, positions: Iterable[int]) -> list[int]:
        return [position for position in positions if self.of(position) == Sees.NOTHING]

    @property
    def everything(self) -> bool:
        """Whether nothing at all is closed: only then the scanned paper is shown, which blanks no row."""
        return self.member and all(sees == Sees.WHOLE for sees in self.rows.values())

    def reads(self, position: int | None) -> bool:
        """Whether words about this case, or about none, are shown."""
        return position is None or self.of(position) == Sees.WHOLE


def sight_of(minutes: Minutes, user: User) -> Sight:
    """As one of the committee, what is open to them there; else as the manager, in outline; else nothing."""
    references = {row["reference"]: row["position"] for row in minutes.data["cases"]}
    seen = SupportRequest.objects.visible_to(user).filter(reference__in=references)
    member = user.holds(*COMMITTEE)
    whole = set(seen.filter(IN_SCOPE[Scope.COMMITTEE](user)).values_list("reference", flat=True)) if member else set()
    outline = set(seen.values_list("reference", flat=True)) if user.holds(Role.MANAGER) else set()
    rows = {}
    for reference, position in references.items():
        rows[position] = Sees.WHOLE if reference in whole else Sees.OUTLINE if reference in outline else Sees.NOTHING
    return Sight(rows=rows, member=member)


def for_signing(minutes: Minutes, sight: Sight) -> Sight:
    """The copy that goes from hand to hand: without the rows that are closed to any of those who sign it."""
    closed = set(closed_to_signers(minutes))
    rows = {position: Sees.NOTHING if position in closed else sees for position, sees in sight.rows.items()}
    return Sight(rows=rows, member=sight.member)


def closed_to_signers(minutes: Minutes) -> list[int]:
    """Positions of the cases that somebody who signs does not read: a conflict, their own work as a member, or an
    objection being heard to what they decided."""
    signers = [row["user"] for row in minutes.data["signers"]]
    references = {row["reference"]: row["position"] for row in minutes.data["cases"]}
    rows = Exclusion.objects.filter(case__reference__in=references, user__in=signers)
    secretaries = [user.pk for user in User.objects.filter(pk__in=signers) if user.holds(Role.SECRETARY)]
    as_member = rows.filter(Exclusion.AS_MEMBER).exclude(user__in=secretaries)
    closed = rows.filter(why__in=Exclusion.CONFLICTS) | as_member
    return sorted({references[reference] for reference in closed.values_list("case__reference", flat=True)})
