"""Two people who look alike, in twelve kinds. docs/duplicates.md tells each in plain words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from benchmarks.population import sample_id
from benchmarks.world import Facts, Pair, World
from core import hijri

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
