"""What most tests begin with is made once by the real verbs, and put back row by row for the tests after the first.

Loading the pack and appointing the cast are nearly two hundred statements, walking a case to its delivery many more;
their rows, sent as they were written, are one sending. Every test has rows of its own still: they go when the
test does.
"""

import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache, wraps
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from time_machine import escape_hatch

from core import clock

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')


class Recording(NamedTuple):
    rows: str  # the statements that write them
    files: dict[Path, bytes]
    made: bytes
    until: datetime


kept: dict[tuple, Recording] = {}
story: list[tuple] | None = None
"""What this test began with so far, by name; None as soon as it has written rows of its own."""


def once(make: Callable[[], Any], *names: Any) -> Any:
    """What `make` makes of nothing that the test wrote: made now, or put back as it was made before at this time."""
    return told((*names, moment()), lambda name: name, make)


def afterwards(make: Callable[[], Any], *names: Any, traveller: Any = None) -> Any:
    """`once`, for what is made of what the test began with: put back only after the very same beginnings.

    A test that has written rows of its own has it made; so has one whose rows others see, in a race or in a browser.
    """
    if story is None or not connection.in_atomic_block:
        return make()
    return told((*names, moment()), lambda name: (*story, name), make, traveller)


def kept_rows(fixture: Callable[..., Any]) -> Callable[..., Any]:
    """A fixture made of nothing but the fixtures it asks for by name, `afterwards` theirs. One that moves the clock
    asks for `day_one`."""

    @wraps(fixture)
    def made(**asked: Any) -> Any:
        return afterwards(
            lambda: fixture(**asked), fixture.__module__, fixture.__name__, traveller=asked.get("day_one")
        )

    return made


def told(name: tuple, key_of: Callable[[tuple], tuple], make: Callable[[], Any], traveller: Any = None) -> Any:
    global story
    key, longer = key_of(name), None if story is None else [*story, name]
    if key in kept:
        made = put_back(kept[key], traveller)
    else:
        story = None  # what it begins with in its turn is made, not put back: it is to be written down here
        since = moment()
        made, recording = record(make)
        unmoved = moment() == since or not escape_hatch.is_travelling()
        assert traveller or unmoved, f"{name} moves the clock: say with what"
        kept[key] = recording
    story = longer
    return made


@contextmanager
def from_the_beginning() -> Iterator[None]:
    """A test begins: from now on it is seen when it writes rows of its own."""
    global story

    def watch(execute, sql, params, many, context):
        global story
        if WRITES.match(sql):
            story = None
        return execute(sql, params, many, context)

    story = []
    with connection.execute_wrapper(watch):
        yield
    story = None


def moment() -> str:
    """Rows carry the time they were written at: one set by a test is kept to the second, today's is today's."""
    return clock.now().isoformat(timespec="seconds") if escape_hatch.is_travelling() else str(clock.today())


def record(make: Callable[[], Any]) -> tuple[Any, Recording]:
    """Run `make`, and keep the rows and files that are new or read otherwise afterwards, and what it gave."""
    before: dict[str, dict[bytes, bytes]] = {}
    files = set(files_kept())

    def watch(execute, sql, params, many, context):
        written = WRITES.match(sql)
        if written and written[1] not in before:
            before[written[1]] = image(written[1])
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        made = make()
    rows = statements({table: changes(table, stood) for table, stood in before.items()})
    new = {path: (settings.MEDIA_ROOT / path).read_bytes() for path in files_kept() if path not in files}
    return made, Recording(rows, new, pickle.dumps(made), clock.now())


def files_kept() -> Iterator[Path]:
    return (path.relative_to(settings.MEDIA_ROOT) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def model_of(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table)


@cache
def columns_of(table: str) -> list[str]:
    """The columns that are written, the key first."""
    written = [field for field in model_of(table)._meta.local_concrete_fields if not field.generated]
    return [f'"{field.column}"' for field in sorted(written, key=lambda field: not field.primary_key)]


def image(table: str) -> dict[bytes, bytes]:
    """Every row as text, by its key."""
    every = f"COPY {table} ({', '.join(columns_of(table))}) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(every) as rows:
        lines = b"".join(map(bytes, rows)).splitlines(keepends=True)
    return {line.partition(b"\t")[0].rstrip(): line for line in lines}


class Changes(NamedTuple):
    """The keys of a table's rows, as text: of those that are as they were not before, and of those they replace."""

    new: list[str]
    gone: list[str]


def changes(table: str, before: dict[bytes, bytes]) -> Changes:
    after = image(table)
    new = [key.decode() for key, line in after.items() if before.get(key) != line]
    return Changes(new, [key.decode() for key in before if after.get(key) != before[key]])


def statements(changed: dict[str, Changes]) -> str:
    """What puts the rows back, sent as one: what stood goes, what is new comes.

    The triggers ask how a row came to be, and these came long ago; what points where it must is asked at the end.
    """
    asked = [f"ALTER TABLE {table} %s TRIGGER USER" for table in sorted(guarded() & set(changed))]
    going = [removal(table, keys.gone) for table, keys in changed.items() if keys.gone]
    coming = [insertion(table, keys.new) for table, keys in changed.items() if keys.new]
    quiet, awake = ([each % verb for each in asked] for verb in ("DISABLE", "ENABLE"))
    return ";\n".join([NOW, *quiet, LATER, *going, *coming, NOW, *awake, LATER])


NOW, LATER = "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"


def removal(table: str, keys: list[str]) -> str:
    with connection.cursor() as cursor:
        return cursor.mogrify(f"DELETE FROM {table} WHERE {columns_of(table)[0]}::text = ANY(%s)", [keys])


def insertion(table: str, keys: list[str]) -> str:
    columns = columns_of(table)
    values = ", ".join(f"quote_nullable({column}::text)" for column in columns)
    rows = f"string_agg('(' || concat_ws(',', {values}) || ')', ','), count(*)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {rows} FROM {table} WHERE {columns[0]}::text = ANY(%s)", [keys])
        written, found = cursor.fetchone()
    assert found == len(keys), f"{table}: a key reads otherwise than COPY wrote it"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {written}"


def put_back(recording: Recording, traveller: Any = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(recording.rows)
    for path, content in recording.files.items():
        place = settings.MEDIA_ROOT / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    if traveller is not None:
        traveller.move_to(recording.until, tick=False)
    return pickle.loads(recording.made)  # noqa: S301


@cache
def guarded() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        return {table for (table,) in cursor.fetchall()}
