"""How well the finder of duplicates finds: `python benchmarks/duplicates.py [--seed 2027] [--million] [--drop]`.

Prints, for two thousand labelled pairs (`pairs.py`), how many of each kind are proposed as possible, as likely and by
an equal ID, with recall and precision of each level; no database. The rules were weighed with seed 4; every other seed
is one that they have not seen. docs/duplicates.md tells how the pairs are made.

`--million` asks the finder itself among a million files: it copies the database of `benchmarks/search.py` once as
`bench_duplicates`, gives everybody a birth date, puts the first file of every pair among them (and takes them out
again), asks for the second, and prints how often the first is among the five shown, and how long it takes.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
DATABASE, COPIED = "bench_duplicates", "bench_search"
LEVELS = ("possible", "likely", "equal ID")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, action="append")
    parser.add_argument("--pairs", type=int, default=2_000)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--drop", action="store_true", help="remove the database of --million")
    parser.add_argument("--inside", choices=("make", "measure"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    seeds = options.seed or [2027]
    if options.inside:
        import django

        django.setup()
        return make() if options.inside == "make" else measure(seeds[0], options.pairs)
    if options.million or options.drop:
        return outside(options)
    from django.conf import settings

    settings.configure()
    for seed in seeds:
        print(f"\nseed {seed}, {options.pairs:,} pairs")
        print_figures(compared(options.pairs, seed))
    return 0


# The pairs alone


def compared(count: int, seed: int) -> list[tuple[bool, str, int]]:
    """Of each pair: whether it is one human, its kind, and the level the rules give it (0: not proposed)."""
    from benchmarks.pairs import pairs
    from beneficiaries.duplicates.likeness import compare

    rows = []
    for pair in pairs(count, seed=seed):
        found = compare(known(pair.one), known(pair.other))
        rows.append((pair.same, pair.kind, int(found.level) if found else 0))
    return rows


def known(facts):
    from beneficiaries.duplicates.likeness import Known
    from core import names

    return Known(
        name=names.of(first=facts.first, father=facts.father, grandfather=facts.grandfather, family=facts.family),
        sex=facts.sex,
        national_id=facts.national_id,
        mobile=facts.mobile,
        birth=facts.birth,
        iban=facts.iban,
    )


def print_figures(rows: list[tuple[bool, str, int]]) -> None:
    for same, title in ((True, "one human, written twice"), (False, "two people who look alike")):
        kinds = dict.fromkeys(kind for is_one, kind, _level in rows if is_one == same)
        print(f"\n{title:42}{'pairs':>8}" + "".join(f"{level:>12}" for level in LEVELS))
        for kind in [*sorted(kinds), "all"]:
            levels = [level for is_one, each, level in rows if is_one == same and kind in (each, "all")]
            print(f"{kind:42}{len(levels):8}" + "".join(f"{share(levels, at):>12}" for at in (1, 2, 3)))
    print()
    for at, name in enumerate(LEVELS, 1):
        found, false, all_same = figures(rows, at)
        if found + false:
            recall, precision = found / all_same, found / (found + false)
            print(f"{name + ' or better':20} recall {recall:.3f}  precision {precision:.4f}  false {false}")


def share(levels: list[int], at: int) -> str:
    reached = sum(level >= at for level in levels)
    return f"{reached} ({100 * reached / len(levels):.0f}%)"


def figures(rows: Iterable[tuple[bool, str, int]], at: int) -> tuple[int, int, int]:
    """(found, false, all that are one human) at a level or better."""
    rows = list(rows)
    found = sum(same and level >= at for same, _kind, level in rows)
    return found, sum(not same and level >= at for same, _kind, level in rows), sum(same for same, *_rest in rows)


# Among a million files


def outside(options) -> int:
    """Start the database, and this script again inside it: as its owner to make it, as the application to measure."""
    from ops import session
    from ops.places import PYTHON
    from ops.processes import run_openly
    from ops.verify import test_environment

    with session.database() as urls:
        env = test_environment(
            {name: url.replace("/portal?", f"/{DATABASE}?") for name, url in urls.items()}, browser=None
        )
        if copy(urls["DATABASE_OWNER_URL"], drop=options.drop):
            return 0
        again = [PYTHON, __file__, *sys.argv[1:], "--inside"]
        owner = env | {"DATABASE_URL": env["DATABASE_OWNER_URL"], "PYTHONPATH": str(ROOT)}
        app = owner | {"DATABASE_URL": urls["DATABASE_URL"].replace("/portal?", f"/{DATABASE}?")}
        return run_openly([*again, "make"], env=owner) or run_openly([*again, "measure"], env=app)


def copy(owner_url: str, *, drop: bool) -> bool:
    """The copy is there afterwards; True where it was to be removed."""
    import psycopg

    with psycopg.connect(owner_url, autocommit=True) as server:
        if drop:
            server.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        elif not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            server.execute(f"CREATE DATABASE {DATABASE} TEMPLATE {COPIED}")
        return drop


def make() -> int:
    """Birth dates from 1940 to 2013, every tenth known by the year alone (the first of Rajab)."""
    from django.core.management import call_command
    from django.db import connection

    from beneficiaries.models import Person
    from core import hijri

    call_command("migrate", verbosity=0)
    if not Person.objects.filter(birth_date=None).exists():
        return 0
    rajab = [hijri.to_gregorian(year, 7, 1) for year in range(1360, 1400)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'beneficiaries_person'")
        large = [row for row in cursor.fetchall() if "gin" in row[1] or "birth" in row[1]]
        for name, _definition in large:
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute("SELECT setseed(0.4)")
        cursor.execute(
            "UPDATE beneficiaries_person SET birth_date = CASE"
            " WHEN random() < 0.1 THEN (%s::date[])[1 + floor(random() * %s)::int]"
            " ELSE date '1940-01-01' + floor(random() * 27000)::int END",
            [rajab, len(rajab)],
        )
        for _name, definition in large:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE beneficiaries_person")
    return 0


def measure(seed: int, count: int) -> int:
    from django.db import connection, transaction

    from benchmarks.pairs import pairs
    from beneficiaries.models import Person

    made = [pair for pair in pairs(count, seed=seed) if pair.kind != "equal ID"]
    print(f"{Person.objects.count():,} files, and {len(made):,} more; seed {seed}")
    with transaction.atomic():
        files = Person.objects.bulk_create(file_of(pair.one) for pair in made)
        random.Random(seed).shuffle(order := list(zip(made, files, strict=True)))
        rows, crowd, took, queries = [], [0, 0], [], set()
        for pair, file in order:
            connection.queries_log.clear()
            level, others, seconds, asked = ask(pair.other, file)
            rows.append((pair.same, pair.kind, level))
            crowd = [sum(both) for both in zip(crowd, others, strict=True)]
            took.append(1000 * seconds)
            queries.add(asked)
        transaction.set_rollback(True)
    print_figures(rows)
    cuts = statistics.quantiles(took, n=100)
    print(f"strangers among the five shown: {crowd[0]} possible, {crowd[1]} likely, in {len(rows)} questions")
    print(f"milliseconds: median {cuts[49]:.0f}, 95 of 100 {cuts[94]:.0f}, worst {max(took):.0f}")
    print(f"queries of a question: {min(queries)} to {max(queries)}")
    return 0


def file_of(facts):
    from accounts.models import Branch
    from beneficiaries.models import Person
    from core import clock

    person = Person(
        first_name=facts.first,
        father_name=facts.father,
        grandfather_name=facts.grandfather,
        family_name=facts.family,
        national_id=moved_id(facts.national_id),
        sex=facts.sex,
        mobile=moved_mobile(facts.mobile),
        birth_date=facts.birth,
        iban=facts.iban or None,
        branch=Branch.objects.order_by("pk").first(),
        created_at=clock.now(),
    )
    person.set_keys()
    return person


def moved_mobile(mobile: str) -> str:
    """Out of the way of the million's own numbers."""
    return mobile.replace("+966550", "+966560")


def moved_id(number: str) -> str:
    from stdnum import luhn

    body = f"{number[0]}7{number[2:9]}" if number else ""
    return body and body + luhn.calc_check_digit(body)


def ask(facts, file) -> tuple[int, tuple[int, int], float, int]:
    """What the finder says of a file among what it shows; of how many others; how long; with how many queries."""
    from dataclasses import replace

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from beneficiaries.duplicates import finder
    from beneficiaries.models import Person

    facts = replace(facts, mobile=moved_mobile(facts.mobile), national_id=moved_id(facts.national_id))
    with CaptureQueriesContext(connection) as asked:
        began = time.perf_counter()
        found = finder.find(known(facts), among=Person.objects.all())
        seconds = time.perf_counter() - began
    levels = {each.person.pk: int(each.likeness.level) for each in found}
    level = levels.pop(file.pk, 0)
    return level, (len(levels), sum(each > 1 for each in levels.values())), seconds, len(asked)


if __name__ == "__main__":
    sys.exit(main())
