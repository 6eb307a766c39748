"""Links that open one thing to whoever holds them, and the hash by which a text is known again."""

import hashlib
import json
import secrets
from typing import Any


def new_token() -> str:
    """128 random bits for a link (trust.md), 22 characters."""
    return secrets.token_urlsafe(16)


def canonical(data: dict[str, Any]) -> str:
    """One way to write data, so that the same data has one hash: JSON, keys sorted, letters as they are."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
