"""One request under trial: its world, its time, and how a verb is tried on it (machine.py says which)."""

from collections import Counter
from contextlib import suppress
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import time_machine
from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine

from committee.models import AgendaItem, Meeting, Motion, Vote
from core import clock
from core.errors import Refused
from requests.models import SupportRequest
from tests.committee import laws
from tests.committee.deeds import RECORDED, TOGETHER

FIRST_MORNING = datetime(2026, 11, 22, 9, tzinfo=clock.RIYADH)


class OneRequest(RuleBasedStateMachine):
    """`world`: the cast with an appeals committee of three, and in `starts` a request in each of `STARTS` with the
    moment at which it came there."""

    world: SimpleNamespace
    reached: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()
        self.travel = time_machine.travel(FIRST_MORNING, tick=False)
        self.traveller = self.travel.start()
        self.now = FIRST_MORNING
        self.counts: dict[int, tuple[int, int, int]] = {}
        self.deeds: Counter[str] = Counter()

    def teardown(self) -> None:
        try:
            if hasattr(self, "seen"):
                self.text_stands()
        finally:
            self.travel.stop()
            transaction.set_rollback(True)
            self.run.__exit__(None, None, None)

    def text_stands(self) -> None:
        assert laws.text_of_the_policy(self.case) == self.text, "the text of the pinned policy changed"

    def received(self, start: str) -> None:
        """A request received on the first morning, or walked some way by the world already."""
        self.case_pk, self.now = self.world.starts[start]
        self.traveller.move_to(self.now)
        self.seen = laws.Seen.of(self.case)
        self.pinned, self.text = laws.pinned(self.case), laws.text_of_the_policy(self.case)
        self.deeds = Counter({verb: self.seen.written[verb] for verb in RECORDED.values()})

    @property
    def case(self) -> SupportRequest:
        return SupportRequest.objects.get(pk=self.case_pk)

    def who(self, name: str) -> Any:
        person = getattr(self.world, name)
        return type(person).objects.get(pk=person.pk)

    def items(self) -> list[AgendaItem]:
        found = AgendaItem.objects.filter(case=self.case_pk, meeting__in=Meeting.objects.open())
        return list(found.select_related("meeting", "case"))

    def attempt(self, verb: Any, *args: Any, **facts: Any) -> Any:
        """The verb in a transaction of its own; what is refused has left nothing behind, what went through a row."""
        with suppress(Refused), transaction.atomic():
            done = verb(*args, **facts)
            if verb in RECORDED:
                self.deeds[RECORDED[verb]] += sum(map(self.ours, done)) if verb in TOGETHER else 1
            return done
        return None

    def ours(self, row: Vote | Motion) -> bool:
        """What is done together is done to every case of the meeting."""
        motion = row.motion if isinstance(row, Vote) else row
        return bool(motion.item.case_id == self.case_pk)

    def wait_until(self, moment: datetime) -> None:
        """Never back in time."""
        self.now = max(self.now, moment)
        self.traveller.move_to(self.now)
