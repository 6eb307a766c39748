"""What the counter's box is asked (`search.py`): texts of every kind, drawn by lot from the people a user finds."""

import random

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def questions(user, count: int) -> dict[str, tuple[list[str], bool]]:
    """Texts of every kind, drawn by lot from the people this user finds."""
    from beneficiaries.models import Person
    from requests.models import SupportRequest

    lot = random.Random(11)
    everyone = Person.objects.visible_to(user).filter(merged_into=None)
    pks = lot.sample(list(everyone.values_list("pk", flat=True)), count)
    people = list(Person.objects.in_bulk(pks).values())
    strangers = list(Person.objects.in_bulk(lot.sample(range(1, Person.objects.count()), count)).values())
    cases = list(SupportRequest.objects.visible_to(user).values("reference", "status_token")[: count * 3])
    cases = lot.sample(cases, min(count, len(cases)))
    numbered = list(everyone.exclude(file_number=None).values_list("file_number", flat=True)[:10_000])
    firsts, families, letters = common_and_rare(everyone, lot)
    four = list(everyone.exclude(grandfather_name="").filter(pk__gte=min(pks))[:count])

    def repeated(some: list[str]) -> list[str]:
        return [some[number % len(some)] for number in range(count)]

    return {
        "ID found": ([person.national_id for person in people], True),
        "ID not found": ([absent_id(lot) for _n in range(count)], False),
        "mobile found": ([f"0{person.mobile[4:]}" for person in people], False),
        "mobile not found": ([f"059{lot.randrange(10**7):07d}" for _n in range(count)], False),
        "request number found": ([case["reference"] for case in cases], True),
        "request number not found": ([reference() for _n in range(count)], False),
        "receipt's code scanned": ([f"https://localhost/t/{case['status_token']}/" for case in cases], True),
        "file number found": (repeated(lot.sample(numbered, min(count, len(numbered)))), True),
        "file number not found": ([str(lot.randrange(20_000_000, 90_000_000)) for _n in range(count)], False),
        "common first name": (repeated(firsts[:20]), False),
        "rare first name": (repeated(firsts[-60:]), False),
        "common family": (repeated(families[:20]), False),
        "rare family": (repeated(families[-400:]), False),
        "first and family": ([f"{person.first_name} {person.family_name}" for person in people], False),
        "two parts, common": (repeated([f"{one} {two}" for one in firsts[:15] for two in firsts[:14]]), False),
        "three parts": ([f"{p.first_name} {p.father_name} {p.family_name}" for p in people], False),
        "four parts": ([person.full_name for person in four], False),
        "two parts, family first": ([f"{p.family_name} {p.first_name}" for p in people], False),
        "three parts, any order": (
            [shuffled([p.father_name, p.family_name, p.first_name], lot) for p in people],
            False,
        ),
        "four parts, any order": ([shuffled(person.full_name.split(), lot) for person in four], False),
        "with بن, other letters": ([rewritten(person) for person in people], False),
        "another writing": (
            [f"{p.first_name} {p.father_name} {without_article(p.family_name)}" for p in people],
            False,
        ),
        "two letters, common": (repeated(letters[:40]), False),
        "two letters, rare": (repeated(letters[-80:]), False),
        "name and a letter": ([f"{p.first_name} {p.family_name[:3]}" for p in people], False),
        "letters of three parts": (
            [" ".join(part[:2] for part in (p.first_name, p.father_name, p.family_name)) for p in people],
            False,
        ),
        "one slip, two parts": ([slipped([p.first_name, p.family_name], lot) for p in people], False),
        "one slip, three parts": ([slipped([p.first_name, p.father_name, p.family_name], lot) for p in people], False),
        "one slip, four parts": ([slipped(person.full_name.split(), lot) for person in four], False),
        "one slip, one part": ([slipped([p.family_name], lot) for p in people], False),
        "one part of four differs": ([swapped(person, lot.choice(firsts)) for person in four], False),
        "anybody's name": ([f"{p.first_name} {p.father_name} {p.family_name}" for p in strangers], False),
        "nothing, Latin": ([scattered("abcdefghijklmnopqrstuvwxyz", lot) for _n in range(count)], False),
        "nothing, nonsense": ([scattered(LETTERS, lot) for _n in range(count)], False),
        "nothing, nonsense twice": ([f"{scattered(LETTERS, lot)} {lot.choice(firsts)}" for _n in range(count)], False),
    }


def common_and_rare(everyone, lot: random.Random) -> tuple[list[str], list[str], list[str]]:
    """First names, families and two-letter beginnings, the commonest first, of a part of those in sight."""
    from collections import Counter

    rows = list(everyone.values_list("first_name", "father_name", "grandfather_name", "family_name")[:100_000])
    firsts = Counter(row[0] for row in rows)
    families = Counter(row[3] for row in rows)
    letters = Counter(word[:2] for row in rows for part in row for word in part.split() if len(word) > 2)
    ranked = [[word for word, _times in counter.most_common()] for counter in (firsts, families, letters)]
    return ranked[0], ranked[1], ranked[2]


def absent_id(lot: random.Random) -> str:
    """Every ninth serial is a resident's, so that as a citizen's it is nobody's."""
    from population import sample_id

    return sample_id(lot.randrange(10**5) * 9)


def reference() -> str:
    from core.references import new_reference

    return new_reference()


def shuffled(parts: list[str], lot: random.Random) -> str:
    return " ".join(lot.sample(parts, len(parts)))


def rewritten(person) -> str:
    name = f"{person.first_name} بن {person.father_name} {person.family_name}"
    return name.translate(str.maketrans("أإةى", "ااهي")).replace("عبدال", "عبد ال")


def without_article(family: str) -> str:
    return family[2:] if family.startswith("ال") else f"ال{family}"


def slipped(parts: list[str], lot: random.Random) -> str:
    """One letter of the longest part typed wrong."""
    word = max(parts, key=len)
    at = lot.randrange(2, len(word))
    return " ".join(parts).replace(word, word[:at] + lot.choice(LETTERS) + word[at + 1 :], 1)


def swapped(person, other: str) -> str:
    return f"{person.first_name} {person.father_name} {other} {person.family_name}"


def scattered(letters: str, lot: random.Random) -> str:
    return "".join(lot.choices(letters, k=lot.randrange(3, 9)))
