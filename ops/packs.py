"""Which starting pack this database was filled with. One database holds one pack."""

import hashlib
import json
from pathlib import Path

from ops.places import VAR
from ops.postgres import this_cluster
from ops.terminal import Refusal

NAMES = ("social", "libraries", "dawah", "cooperative", "software")
RECORD = VAR / "packs.json"


def identity(urls: dict[str, str], *, ours: bool) -> str:
    """A name for the database. Ours is told by its PG_VERSION, written once when a cluster is made."""
    if not ours:
        return "outside:" + hashlib.sha256(urls["DATABASE_URL"].encode()).hexdigest()[:16]
    made = (this_cluster().data / "PG_VERSION").stat()
    return f"cluster:{made.st_ino}:{made.st_mtime_ns}"


def choose(asked: str | None, *, database: str, record: Path = RECORD) -> tuple[str, bool]:
    """The pack to use and whether it must still be loaded. Another one than the loaded is refused."""
    loaded = _read(record).get(database)
    if loaded and asked and asked != loaded:
        raise Refusal(
            f"قاعدة البيانات محمّلة بالحزمة {loaded}؛ لاستعمال {asked} احذف البيانات أولًا بالأمر ./portal reset --yes."
        )
    return loaded or asked or NAMES[0], loaded is None


def remember(pack: str, *, database: str, record: Path = RECORD) -> None:
    record.write_text(json.dumps(_read(record) | {database: pack}, indent=2))


def _read(record: Path) -> dict[str, str]:
    return dict(json.loads(record.read_text())) if record.exists() else {}
