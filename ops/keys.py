"""The secrets of this clone: made once, kept in `var/secrets.json`, readable by their owner only."""

import json
import os
import secrets
from pathlib import Path

from ops.locks import alone
from ops.places import VAR
from ops.terminal import Refusal

NAMES = (
    "SECRET_KEY",
    "FIELD_SALT",
    "LOOKUP_KEY",
    "POSTGRES_PASSWORD",
    "PORTAL_OWNER_PASSWORD",
    "PORTAL_APP_PASSWORD",
)


def load_keys(var: Path = VAR) -> dict[str, str]:
    """Every secret by name. Missing ones are made; none is ever replaced, for data is encrypted by them."""
    path = var / "secrets.json"
    with alone("secrets", folder=var / "lock"):
        keys = _read(path)
        missing = [name for name in NAMES if name not in keys]
        if missing:
            keys |= {name: secrets.token_urlsafe(40) for name in missing}
            write_private(path, json.dumps(keys, indent=2))
        return keys


def write_private(path: Path, text: str) -> None:
    """Write a file nobody else can read, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    draft.replace(path)


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        keys = json.loads(path.read_text())
    except ValueError:
        raise Refusal(f"ملف المفاتيح {path} تالف؛ استعده من نسخة احتياطية، فالبيانات المشفرة لا تُقرأ بغيره.") from None
    path.chmod(0o600)
    return {str(name): str(value) for name, value in keys.items()}
