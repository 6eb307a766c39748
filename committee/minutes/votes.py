"""Who was in the room at a moment of a meeting that is over, and what was voted then, as far as the ballot tells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from committee.models import Attendance, Meeting, Motion, Seat, Vote
from committee.rules import Quorum, filled, voting_seats
from core import clock


@dataclass(frozen=True)
class Presence:
    """Every coming and going of a meeting, by arrival; `voting` is the quorum's denominator."""

    meeting: Meeting
    rows: tuple[Attendance, ...]
    voting: int

    @classmethod
    def of(cls, meeting: Meeting) -> "Presence":
        rows = meeting.attendance.select_related("seat__user").order_by("arrived_at", "id")
        return cls(meeting, tuple(rows), voting_seats(meeting).count())

    @property
    def seats(self) -> list[Seat]:
        """Whoever came at all, in the order of coming."""
        return list(dict.fromkeys(row.seat for row in self.rows))

    @property
    def needed(self) -> int:
        return Quorum(seats=self.voting, present=0).needed

    @property
    def most(self) -> int:
        """The most who could vote at any one moment."""
        return max((len(self.counting(row.arrived_at, set())) for row in self.rows), default=0)

    def counting(self, moment: datetime, barred: Iterable[int]) -> list[Seat]:
        """The seats that counted then: voting ones, and as many alternates as voting ones were missing."""
        here = [row.seat for row in self.rows if row.arrived_at <= moment and (row.left_at or moment) >= moment]
        return filled([seat for seat in dict.fromkeys(here) if seat.user_id not in set(barred)], self.voting)

    def times_of(self, seat: Seat, on_time: timedelta) -> list[str]:
        """When this seat came and went, where it was not the whole time; else nothing."""
        rows = [row for row in self.rows if row.seat_id == seat.pk]
        if not rows or (len(rows) == 1 and self.whole(rows[0], on_time)):
            return []
        return [
            _("%(from)s to %(to)s") % {"from": clock_time(row.arrived_at), "to": clock_time(row.left_at)}
            for row in rows
            if row.left_at
        ]

    def whole(self, row: Attendance, on_time: timedelta) -> bool:
        begun, over = self.meeting.opened_at, self.meeting.closed_at
        return bool(begun and over and row.arrived_at <= begun + on_time and (row.left_at or over) >= over)


def clock_time(instant: datetime | None) -> str:
    return f"{clock.local(instant):%H:%M}" if instant else ""


def votes_of(motion: Motion) -> dict[str, Any]:
    """The count as it was written at the closing; of an open vote also who voted what; whose voice did not count."""
    votes = sorted(motion.votes.all(), key=lambda vote: vote.seat_id)
    return {
        "proposal": str(motion.get_outcome_display()),
        "result": str(motion.get_result_display()),
        "secret": motion.secret,
        "yes": motion.yes,
        "no": motion.no,
        "abstained": motion.abstained,
        "present": motion.present,
        "seats": motion.seats,
        "casting": motion.result == Motion.Result.CARRIED and motion.yes == motion.no,
        "named": [] if motion.secret else [voice(vote) for vote in votes if vote.counted],
        "uncounted": [vote.seat.user.name for vote in votes if vote.counted is False],
    }


def voice(vote: Vote) -> dict[str, str]:
    return {"name": vote.seat.user.name, "choice": str(vote.get_choice_display())}
