"""Links that open one thing to whoever holds them."""

import hashlib
import secrets


def new_token() -> str:
    """128 random bits for a link (trust.md), 22 characters."""
    return secrets.token_urlsafe(16)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
