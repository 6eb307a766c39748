"""What most tests begin with is made once by the real verbs, and put back row by row for the tests after the first.

Loading the pack and appointing the cast are nearly two hundred statements; their rows, sent as they were written, are
one for each table. Every test has rows of its own still: they go when the test does.
"""

import pickle
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models, transaction
from time_machine import escape_hatch

from core import clock

WRITES = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# The database takes a version as a draft, its clauses after it, and only then puts it in force.
SETTLED_LAST = {"policies_policyversion": {"state": "draft", "published_at": None}}


class Rows(NamedTuple):
    """The new rows of one table, as COPY writes them; and what is written of them when all tables have theirs."""

    table: str
    columns: str
    text: bytes
    settled: list[tuple]


class Recording(NamedTuple):
    tables: list[Rows]
    made: bytes


kept: dict[tuple, Recording] = {}


def once(make: Callable[[], Any], *names: Any) -> Any:
    """What `make` makes, under these names and at this time: made now, or put back as it was made before."""
    key = (*names, moment())
    if key in kept:
        return put_back(kept[key])
    made, kept[key] = record(make)
    return made


def moment() -> str:
    """Rows carry the time they were written at: one set by a test is kept to the second, today's is today's."""
    return clock.now().isoformat(timespec="seconds") if escape_hatch.is_travelling() else str(clock.today())


def record(make: Callable[[], Any]) -> tuple[Any, Recording]:
    """Run `make`, which may change only rows that it makes, and keep what it wrote and what it gave."""
    last: dict[str, int] = {}

    def watch(execute, sql, params, many, context):
        written = WRITES.match(sql)
        if written and written[1] == "INSERT INTO" and written[2] not in last:
            last[written[2]] = model_of(written[2])._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        elif written and written[2] not in last:
            raise AssertionError(f"this cannot be put back: {sql}")
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        made = make()
    return made, Recording([rows_of(table, after=pk) for table, pk in last.items()], pickle.dumps(made))


def model_of(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table)


def rows_of(table: str, *, after: int) -> Rows:
    later = SETTLED_LAST.get(table, {})
    columns = [field.column for field in model_of(table)._meta.local_concrete_fields if not field.generated]
    first = ", ".join(literal(later[name]) if name in later else f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY (SELECT {first} FROM {table} WHERE id > {after} ORDER BY id) TO STDOUT") as rows:
            text = b"".join(bytes(part) for part in rows)
        settled = model_of(table)._base_manager.filter(pk__gt=after).values_list(*later, "pk") if later else []
        return Rows(table, ", ".join(f'"{name}"' for name in columns), text, list(settled))


def literal(value: str | None) -> str:
    return "NULL" if value is None else f"'{value}'"


def put_back(recording: Recording) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        for rows in recording.tables:
            with cursor.copy(f"COPY {rows.table} ({rows.columns}) FROM STDIN") as copy:
                copy.write(rows.text)
        for rows in recording.tables:
            changes = ", ".join(f'"{name}" = %s' for name in SETTLED_LAST.get(rows.table, {}))
            for values in rows.settled:
                cursor.execute(f"UPDATE {rows.table} SET {changes} WHERE id = %s", values)
    return pickle.loads(recording.made)  # noqa: S301
