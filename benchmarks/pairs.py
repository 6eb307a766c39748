"""Two thousand pairs of files, each labelled: one human written twice, or two people who look alike.

Everything follows from the seed. The truth of a pair is how it was made, not what the finder says of it: this file
knows nothing of the finder. docs/duplicates.md tells each kind in plain words.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from stdnum import luhn

from benchmarks.population import MEN, WOMEN, Lots, families, sample_id, words
from core import hijri

PAIRS = 2_000
TOLD_NOW = date(2026, 11, 22)
IBAN_BODY = "80000000000000{:06d}"


@dataclass(frozen=True)
class Facts:
    """What one file says of a person, or what is typed so far of one: an empty ID is not typed yet."""

    first: str
    father: str
    grandfather: str
    family: str
    sex: str
    national_id: str
    mobile: str
    birth: date | None
    iban: str = ""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first, self.father, self.grandfather, self.family) if part)


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


# One human, written twice

WRITINGS = (  # beyond what folding makes equal, except the first three
    ("أ", "ا"),
    ("ة", "ه"),
    ("عبدال", "عبد ال"),
    ("ظ", "ض"),
    ("ض", "ظ"),
    ("حيى", "حي"),
    ("دى", "دا"),
    ("مى", "ما"),
    ("اهيم", "هيم"),
    ("اود", "اوود"),
    ("ئ", "ي"),
)


def other_writing(text: str, world: World) -> str:
    """Another writing of the name: one that people use, or else a letter typed wrong."""
    possible = [text.replace(usual, other, 1) for usual, other in WRITINGS if usual in text]
    possible += [text[2:]] if text.startswith("ال") else []
    possible = [written for written in possible if len(written) > 2]
    return world.lot.choice(possible) if possible else slip_of_a_letter(text, world)


def slip_of_a_letter(text: str, world: World) -> str:
    if len(text) < 4:
        return text
    at = world.lot.randrange(1, len(text) - 1)
    return world.lot.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        ]
    )


def spelling(facts: Facts, world: World) -> Facts:
    parts = ["first", "father", "grandfather", "family"]
    changed = {part: other_writing(getattr(facts, part), world) for part in world.lot.sample(parts, 2)}
    return replace(facts, **{part: text for part, text in changed.items() if text})


def no_grandfather(facts: Facts, world: World) -> Facts:
    if not facts.grandfather:
        return replace(facts, grandfather=world.men.draw())
    return replace(facts, grandfather="")


def no_father(facts: Facts, world: World) -> Facts:
    """«محمد العنزي»: how people say their name; the form takes what is said in the first and the last field."""
    return replace(facts, father="", grandfather="")


def transposed(facts: Facts, world: World) -> Facts:
    first, father, grandfather, family = facts.first, facts.father, facts.grandfather, facts.family
    if not grandfather:
        return replace(facts, father=family, family=father)
    orders = [
        (first, grandfather, father, family),
        (first, father, family, grandfather),
        (family, first, father, grandfather),
    ]
    return replace(
        facts, **dict(zip(("first", "father", "grandfather", "family"), world.lot.choice(orders), strict=True))
    )


def mobile_slip(facts: Facts, world: World) -> Facts:
    digits = list(facts.mobile)
    at = world.lot.randrange(6, len(digits) - 1)
    if digits[at] != digits[at + 1] and world.chance(0.5):
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    else:
        digits[at] = str((int(digits[at]) + world.lot.randrange(1, 10)) % 10)
    return replace(facts, mobile="".join(digits))


def new_mobile(facts: Facts, world: World) -> Facts:
    return replace(facts, mobile=world.mobile())


def day_and_month(facts: Facts, world: World) -> Facts:
    """Day and month exchanged as typed, in either calendar; a date that cannot be exchanged is drawn anew."""
    if world.chance(0.5):
        day = date(facts.birth.year, *world.lot.sample(range(1, 13), 2))
        return replace(facts, birth=day)
    year = hijri.to_hijri(facts.birth)[0]
    return replace(facts, birth=hijri.to_gregorian(year, *world.lot.sample(range(1, 13), 2)))


def exchanged(birth: date) -> date | None:
    if birth.day <= 12 and birth.day != birth.month:
        return date(birth.year, birth.day, birth.month)
    year, month, day = hijri.to_hijri(birth)
    return hijri.to_gregorian(year, day, month) if day <= 12 and day != month else None


def calendar_slip(facts: Facts, world: World) -> Facts:
    """An old table of the other calendar: a day or two off."""
    return replace(facts, birth=facts.birth + timedelta(days=world.lot.choice((-2, -1, 1, 2))))


def only_the_year(facts: Facts, world: World) -> Facts:
    if world.chance(0.5):
        return replace(facts, birth=hijri.to_gregorian(hijri.to_hijri(facts.birth)[0], world.lot.choice((1, 7)), 1))
    return replace(facts, birth=date(facts.birth.year, world.lot.choice((1, 7)), 1))


def id_slip(facts: Facts, world: World) -> Facts:
    return replace(facts, national_id=slipped(facts.national_id, world))


def slipped(number: str, world: World) -> str:
    """A wrong number that its check digit lets through: digits exchanged over one, or one wrong and the last too."""
    at = world.lot.randrange(3, 7)
    if number[at] != number[at + 2] and world.chance(0.5):
        return number[:at] + number[at + 2] + number[at + 1] + number[at] + number[at + 3 :]
    wrong = str((int(number[at]) + world.lot.randrange(1, 10)) % 10)
    body = number[:at] + wrong + number[at + 1 : 9]
    return body + luhn.calc_check_digit(body)


Change = Callable[[Facts, World], Facts]
CHANGES: dict[str, tuple[Change, ...]] = {
    "spelling": (spelling,),
    "no grandfather": (no_grandfather,),
    "first and family only": (no_father,),
    "order of parts": (transposed,),
    "mobile typed wrong": (mobile_slip,),
    "another mobile": (new_mobile,),
    "birth day and month exchanged": (day_and_month,),
    "birth a day or two off": (calendar_slip,),
    "birth by the year alone": (only_the_year,),
    "ID typed wrong": (id_slip,),
    "spelling, another mobile": (spelling, new_mobile),
    "no grandfather, mobile typed wrong": (no_grandfather, mobile_slip),
    "no grandfather, birth by the year alone": (no_grandfather, only_the_year),
}


def written_twice(kind: str, world: World) -> Pair:
    """One person, and the same again: with the change of the kind, and what else differs between two visits."""
    one = world.person()
    if kind == "birth day and month exchanged":
        one = day_and_month(one, world)
        other = replace(one, birth=exchanged(one.birth))
    else:
        other = one
        for change in CHANGES[kind]:
            other = change(other, world)
    return Pair(kind, *second_visit(one, other, kind, world), same=True)


def second_visit(one: Facts, other: Facts, kind: str, world: World) -> tuple[Facts, Facts]:
    """At the second visit the ID is mostly not typed yet, else it is another number than the first file has."""
    if kind != "ID typed wrong":
        drawn = world.lot.random()
        if drawn < 0.5:
            other = replace(other, national_id="")
        elif drawn < 0.7:
            other = replace(other, national_id=slipped(one.national_id, world))
        elif drawn < 0.85:
            one = replace(one, national_id=world.national_id(resident=True))
            other = replace(other, national_id=world.national_id(resident=False))
        else:  # the first file was opened with a relative's number
            other = replace(other, national_id=world.national_id(resident=one.national_id[0] == "2"))
    if "mobile" not in kind and world.chance(0.2):
        other = replace(other, mobile=world.mobile())
    if "birth" not in kind and world.chance(0.15):
        other = replace(other, birth=None)
    if world.chance(0.4):
        other = replace(other, iban="")
    return one, other


def same_number(world: World) -> Pair:
    """An equal ID, and everything else as it may be."""
    one = world.person()
    other = one
    for change in world.lot.sample([spelling, no_grandfather, new_mobile, only_the_year], 2):
        other = change(other, world)
    return Pair("equal ID", one, other, same=True)


# Two people who look alike

NEAR_NAMES = (
    "عمر عمرو|عبدالله عبدالإله|حسن حسين|سعد سعيد|أحمد حمد|محمد محمود|فهد فهيد|سالم سليم|عبدالرحمن عبدالرحيم|سلطان سلمان"
    "|عبدالحكيم عبدالحليم|ماجد مجدي|نايف نواف|عايض عوض|رائد راشد|بدر بندر|خالد خليل|صالح صلاح|عبدالعزيز عبدالعليم"
    "|يوسف يونس|راكان ريان|مشعل مشاري|حمود حميد|زيد زايد|ناصر نصار"
)


def apart(one: Facts, other: Facts, world: World, *, mobile: float, ibans: bool = False) -> tuple[Facts, Facts]:
    """Two people's numbers: IDs of their own, one not typed yet in every third pair; a mobile shared by chance."""
    other = replace(other, national_id="" if world.chance(1 / 3) else world.national_id())
    other = replace(other, mobile=one.mobile if world.chance(mobile) else world.mobile())
    return one, replace(other, iban=one.iban if ibans and world.chance(0.3) else "")


def brothers(world: World) -> Pair:
    """The same father, grandfather and family, often one mobile; every other pair with names one letter apart."""
    one = world.man()
    first = world.men.draw()
    if world.chance(0.5):
        near = world.lot.choice(NEAR_NAMES.split("|")).split()
        one, first = replace(one, first=near[0]), near[1]
    while first == one.first:
        first = world.men.draw()
    years = timedelta(days=world.lot.randrange(300, 4000))
    return Pair(
        "brothers", *apart(one, replace(one, first=first, birth=one.birth + years), world, mobile=0.6), same=False
    )


def brother_and_sister(world: World) -> Pair:
    one = world.man()
    other = replace(one, first=world.women.draw(), sex="female", birth=one.birth + timedelta(days=700))
    return Pair("brother and sister", *apart(one, other, world, mobile=0.6), same=False)


def twins(world: World) -> Pair:
    """The same birth date and mobile, numbers one after the other; many are given names alike."""
    first, second = world.lot.choice(NEAR_NAMES.split("|")).split() if world.chance(0.5) else (None, None)
    one = world.man()
    one = replace(one, first=first or one.first, birth=world.born(oldest=45))
    while second is None or second == one.first:
        second = world.men.draw()
    number = world.number()
    one, other = (
        replace(one, national_id=sample_id(number)),
        replace(one, first=second, national_id=sample_id(number + 1)),
    )
    one, other = (one, replace(other, national_id="")) if world.chance(1 / 3) else (one, other)
    mobile = one.mobile if world.chance(0.8) else world.mobile()
    return Pair("twins", one, replace(other, mobile=mobile), same=False)


def father_and_son(world: World) -> Pair:
    """«محمد سالم أحمد» and «سالم أحمد …» his father; every third son is called by his grandfather's name."""
    son = world.man(grandfather=world.men.draw(), birth=world.born(oldest=45))
    if world.chance(1 / 3):
        son = replace(son, first=son.grandfather)
    father = replace(
        son,
        first=son.father,
        father=son.grandfather,
        grandfather="" if world.chance(0.5) else world.men.draw(),
        birth=son.birth - timedelta(days=world.lot.randrange(20 * 365, 40 * 365)),
    )
    if world.chance(0.3):
        son = replace(son, grandfather="")
    son = son if world.chance(0.8) else replace(son, birth=None)
    return Pair("father and son", *apart(father, son, world, mobile=0.6, ibans=True), same=False)


def grandfather_and_grandson(world: World) -> Pair:
    """«محمد سالم محمد» is also his grandfather's whole name, where names alternate."""
    old = world.man(birth=world.born(youngest=65, oldest=85))
    old = replace(old, grandfather=old.first)
    young = replace(old, birth=old.birth + timedelta(days=world.lot.randrange(45 * 365, 60 * 365)))
    return Pair("grandfather and grandson", *apart(old, young, world, mobile=0.4), same=False)


def cousins(world: World) -> Pair:
    """Both called after the grandfather: the same first, grandfather and family."""
    one = world.man(grandfather=world.men.draw())
    other = replace(one, father=world.men.draw(), birth=world.born())
    while other.father == one.father:
        other = replace(other, father=world.men.draw())
    return Pair("cousins", *apart(one, other, world, mobile=0.1), same=False)


def namesakes(world: World) -> Pair:
    """The same whole name, as common names are; every tenth birth date not typed yet."""
    one = world.person(grandfather=world.men.draw())
    other = replace(
        one, birth=None if world.chance(0.1) else world.born(), grandfather=one.grandfather * world.chance(0.7)
    )
    return Pair("namesakes", *apart(one, other, world, mobile=0), same=False)


def namesakes_of_one_year(world: World) -> Pair:
    """The same name, both known by the year alone: the same first of Rajab stands in both files."""
    born = hijri.to_gregorian(world.lot.randrange(1355, 1400), 7, 1)
    one = world.man(birth=born, grandfather=world.men.draw())
    other = replace(one, grandfather=one.grandfather * world.chance(0.5))
    return Pair("namesakes of one year", *apart(one, other, world, mobile=0), same=False)


def nearly_namesakes(world: World) -> Pair:
    """عمر and عمرو, عبدالله and عبدالإله: strangers whose names differ by that alone."""
    first, second = world.lot.choice(NEAR_NAMES.split("|")).split()
    one = world.man(first=first)
    return Pair(
        "names one letter apart",
        *apart(one, replace(one, first=second, birth=world.born()), world, mobile=0),
        same=False,
    )


def husband_and_wife(world: World) -> Pair:
    one = world.man()
    other = world.person(first=world.women.draw(), sex="female")
    return Pair("husband and wife", *apart(one, other, world, mobile=0.8, ibans=True), same=False)


def one_telephone(world: World) -> Pair:
    """The same first name and tribe behind one telephone: a driver's, an office's, a neighbour's."""
    one = world.man()
    other = replace(one, father=world.men.draw(), grandfather=world.men.draw(), birth=world.born())
    while other.father == one.father:
        other = replace(other, father=world.men.draw())
    return Pair("one telephone", *apart(one, other, world, mobile=1), same=False)


def born_together(world: World) -> Pair:
    """The same first name and family, born on one day."""
    one = world.man()
    other = replace(one, father=world.men.draw(), grandfather=world.men.draw())
    while other.father == one.father:
        other = replace(other, father=world.men.draw())
    return Pair("born on one day", *apart(one, other, world, mobile=0), same=False)


LOOK_ALIKES: tuple[Callable[[World], Pair], ...] = (
    brothers,
    brother_and_sister,
    twins,
    father_and_son,
    grandfather_and_grandson,
    cousins,
    namesakes,
    namesakes_of_one_year,
    nearly_namesakes,
    husband_and_wife,
    one_telephone,
    born_together,
)


def pairs(count: int = PAIRS, *, seed: int) -> list[Pair]:
    """`count` pairs, half of them one human, the kinds in turn."""
    world = World(seed)
    twice: list[Callable[[World], Pair]] = [
        same_number,
        *(lambda w, kind=kind: written_twice(kind, w) for kind in CHANGES),
    ]  # type: ignore[misc]
    made = []
    for at in range(count // 2):
        made.append(twice[at % len(twice)](world))
        made.append(LOOK_ALIKES[at % len(LOOK_ALIKES)](world))
    return made
