"""Many hands at one moment, on PostgreSQL, each in a thread and with a connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from core.errors import Refused

PATIENCE = 10  # seconds


def at_once(*works: Callable[[], Any], met: tuple[type[Exception], ...] = (Refused,)) -> list[Any]:
    """What each of these works, all begun together, gave back; or the error, of those that may be met."""
    start = threading.Barrier(len(works))

    def run(work):
        start.wait(PATIENCE)
        try:
            return work()
        except met as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as hands:
        return list(hands.map(run, works))


def waiting_for_all(hands: int, question: Callable[..., Any]) -> Callable[..., Any]:
    """For a control: the question asked without a lock, and its answer held back until everybody has asked."""
    together = threading.Barrier(hands)

    def asked(*args, **facts):
        answer = question(*args, **facts)
        together.wait(PATIENCE)
        return answer

    return asked
