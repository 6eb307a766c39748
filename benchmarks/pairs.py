"""Two thousand pairs of files, each labelled: one human written twice, or two people who look alike.

Everything follows from the seed. The truth of a pair is how it was made, not what the finder says of it: this file
knows nothing of the finder. docs/duplicates.md tells each kind in plain words.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from stdnum import luhn

from benchmarks.look_alikes import LOOK_ALIKES
from benchmarks.world import PAIRS, Facts, Pair, World
from core import hijri

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
