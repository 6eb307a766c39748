"""What a form showed when it was opened: whoever saves second is told what changed meanwhile, and writes over nothing.

The form carries a mark, one short keyed hash for each value, from which no value can be read; at saving, under the
row's lock, the mark is compared with what stands there now.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from django.utils.crypto import salted_hmac

FIELD = "seen"
_ONE = re.compile("([a-z_]{1,40}):([0-9a-f]{16})")
LONGEST = 4000


def mark(values: Mapping[str, Any]) -> str:
    """The mark of these values, to stand in a hidden field `seen`."""
    return ",".join(f"{name}:{_hash(name, value)}" for name, value in values.items())


def changed(mark: str, values: Mapping[str, Any]) -> list[str]:
    """Names of the values that are no longer what the mark saw; all of them where the mark is none."""
    before = dict(_ONE.findall(mark[:LONGEST]))
    return [name for name, value in values.items() if before.get(name) != _hash(name, value)]


def _hash(name: str, value: Any) -> str:
    words = json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)
    return salted_hmac("core.seen", f"{name}={words}").hexdigest()[:16]
