"""The lines of the log: what failed and where, never about whom (trust.md: no personal data in logs)."""

import copy
import logging
import traceback
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

SPEAKING = (OSError, ImportError, ImproperlyConfigured, OperationalError)
"""Faults of the machine: their text names hosts and files. Any other fault may repeat what a person typed."""


class Impersonal(logging.Formatter):
    """Where Django writes the path that was asked for, the route stands: a link is a key, a reference a person."""

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)
        record.exc_text = None  # what another formatter made of the fault
        if request := getattr(record, "request", None):
            match = getattr(request, "resolver_match", None)
            route = match.route if match else "no such page"
            record.args = tuple(route if "/" in str(arg) else arg for arg in record.args or ())
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        """The frames of each fault, the first cause first, and its kind; the text only of those that may speak."""
        told: list[str] = []
        error: BaseException | None = ei[1]
        while error:
            told.append("".join(traceback.format_tb(error.__traceback__)) + name_of(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(told))


def name_of(error: BaseException) -> str:
    """The kind of a fault, and the constraint that PostgreSQL named; never the row that it refused."""
    kind = type(error).__name__
    if isinstance(error, SPEAKING):
        return f"{kind}: {str(error).partition(chr(10))[0]}"
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    return f"{kind} ({constraint})" if constraint else kind
