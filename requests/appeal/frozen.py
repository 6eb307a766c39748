"""The frozen file of the first decision: whether what is kept is still what was frozen (`appeal.freezing` makes it)."""

import json
from typing import Any

from core.tokens import sha256
from requests.models import FrozenFile


def canonical(data: dict[str, Any]) -> str:
    """One way to write it, so that the same file has one hash."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def unsound(frozen: FrozenFile) -> bool:
    """Whether what is kept is no longer what was frozen."""
    return sha256(canonical(frozen.data)) != frozen.sha256
