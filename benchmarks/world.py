"""The people that the labelled pairs are made of (`pairs.py`, `look_alikes.py`), drawn by lot; every number once."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.population import MEN, WOMEN, Lots, Named, families, sample_id, words
from core import hijri

PAIRS = 2_000
TOLD_NOW = date(2026, 11, 22)
IBAN_BODY = "80000000000000{:06d}"


@dataclass(frozen=True)
class Facts(Named):
    """What one file says of a person, or what is typed so far of one: an empty ID is not typed yet."""

    birth: date | None
    iban: str = ""


@dataclass(frozen=True)
class Pair:
    kind: str
    one: Facts
    other: Facts
    same: bool


class World:
    """Draws people; every number is drawn once."""

    def __init__(self, seed: int):
        self.lot = random.Random(seed)
        self.men, self.women = Lots(words(MEN), self.lot), Lots(words(WOMEN), self.lot)
        self.tribes = Lots(families(self.lot), self.lot, 0.85)
        self.numbers = iter(self.lot.sample(range(999_999), 40 * PAIRS))

    def number(self) -> int:
        """Drawn by lot, so that two people's numbers are near one another by chance alone."""
        return next(self.numbers)

    def mobile(self) -> str:
        return f"+966550{self.number():06d}"

    def national_id(self, *, resident: bool | None = None) -> str:
        return sample_id(self.number(), resident=self.lot.random() < 0.2 if resident is None else resident)

    def iban(self) -> str:
        return iban_of(IBAN_BODY.format(self.number()))

    def born(self, youngest: int = 18, oldest: int = 80) -> date:
        """Every third of those over fifty is known by the year alone: the first of Rajab stands for the day."""
        day = TOLD_NOW - timedelta(days=self.lot.randrange(youngest * 365, oldest * 365))
        if (TOLD_NOW - day).days > 50 * 365 and self.lot.random() < 1 / 3:
            return hijri.to_gregorian(hijri.to_hijri(day)[0], 7, 1)
        return day

    def person(self, **facts) -> Facts:
        female = self.lot.random() < 0.5
        drawn = Facts(
            first=self.women.draw() if female else self.men.draw(),
            father=self.men.draw(),
            grandfather="" if self.lot.random() < 1 / 7 else self.men.draw(),
            family=self.tribes.draw(),
            sex="female" if female else "male",
            national_id=self.national_id(),
            mobile=self.mobile(),
            birth=self.born(),
            iban=self.iban() if self.lot.random() < 0.6 else "",
        )
        return replace(drawn, **facts)

    def man(self, **facts) -> Facts:
        return self.person(**{"first": self.men.draw(), "sex": "male", **facts})

    def chance(self, of: float) -> bool:
        return self.lot.random() < of


def iban_of(body: str) -> str:
    rest = int("".join(str(int(letter, 36)) for letter in f"{body}SA00")) % 97
    return f"SA{98 - rest:02d}{body}"
