"""Keep locale/ar's catalogue in step with the texts of the code, without GNU gettext.

    manage.py messages                     new texts come in, old ones go, translations stay
    manage.py messages --merge FILE.json…  the same, and fill in the Arabic from fragments
    manage.py messages --check             change nothing; fail on a missing, fuzzy, obsolete or broken entry

A fragment is {"English": "العربية"}, or for a plural {"one|many": [six forms]}; a context stands before the
text with \\u0004 between, as in gettext's own keys.
"""

import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
EXCLUDED = frozenset(("var", "node_modules", "tests", "benchmarks", "static", "staticfiles", "migrations"))
SUFFIXES = frozenset((".py",))
TEMPLATE_SUFFIXES = frozenset((".html", ".txt", ".xml", ".typ"))
# Django's own forms for Arabic. Babel's built-in expression numbers the last two the other way round.
PLURAL_FORMS = (
    "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
)
# Written by hand so that nothing in it changes from run to run.
HEADER = f"""msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: ar\\n"
"Plural-Forms: {PLURAL_FORMS}\\n"
"""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Zero, one and two are said by the Arabic noun itself; the other forms need the number.
FORMS_WITHOUT_NUMBER = 3


def catalogue_path(root: Path) -> Path:
    """Where the Arabic catalogue lies."""
    return root / "locale" / "ar" / "LC_MESSAGES" / "django.po"


def extracted(root: Path) -> Catalog:
    """Every text of the project's Python files and templates, untranslated."""
    catalogue = read_po(io.BytesIO(HEADER.encode()))
    for path in _sources(root):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = _as_python(text, path)
        found = extract("python", io.BytesIO(text.encode()), KEYWORDS)
        for _line, message, _comments, context in found:
            flags = ("python-format",) if "%(" in str(message) else ()
            catalogue.add(message, locations=[(_relative(path, root), 0)], flags=flags, context=context)
    return catalogue


def translated(root: Path) -> Catalog:
    """The Arabic catalogue as it stands; empty when there is none yet."""
    path = catalogue_path(root)
    return read_po(io.BytesIO(path.read_bytes() if path.exists() else HEADER.encode()))


def updated(root: Path) -> Catalog:
    """The texts of the code with the translations that the catalogue already has, exact matches only."""
    fresh, known = extracted(root), translated(root)
    for message in _entries(fresh):
        old = known.get(message.id, message.context)
        if old and old.id == message.id:
            message.string = old.string
            message.flags |= old.flags & {"fuzzy"}
    return fresh


def fill(catalogue: Catalog, fragment: dict[str, Any]) -> list[str]:
    """Fill in the Arabic of a fragment and return the keys it could not use. A filled entry is not fuzzy."""
    unused = []
    for key, arabic in fragment.items():
        context, _mark, text = key.rpartition("\x04")
        plural = isinstance(arabic, list)
        message = catalogue.get(text.split("|")[0] if plural else text, context or None)
        if message is None or bool(message.pluralizable) != plural or (plural and len(arabic) != 6):
            unused.append(key)
            continue
        message.string = tuple(arabic) if plural else arabic
        message.flags.discard("fuzzy")
    return unused


def problems(root: Path) -> list[str]:
    """What is wrong with the catalogue, a line each; none when it is complete and in step with the code."""
    wanted, known = extracted(root), translated(root)
    found = [f"obsolete: {_name(m)}" for m in _entries(known) if not wanted.get(m.id, m.context)]
    for message in _entries(wanted):
        held = known.get(message.id, message.context)
        # The plural text belongs to the entry: a changed one is a new entry to translate.
        if held is None or held.id != message.id or not all(_forms(held)):
            found.append(f"missing: {_name(message)}")
        elif held.fuzzy:
            found.append(f"fuzzy: {_name(message)}")
        elif not placeholders_agree(held):
            found.append(f"placeholders differ: {_name(message)}")
    return found


def placeholders_agree(message: Message) -> bool:
    """True when the Arabic uses the English text's placeholders: all of them, except that the plural forms
    for zero, one and two may leave some out."""
    wanted = set(PLACEHOLDER.findall(" ".join(_texts(message))))
    for number, form in enumerate(_forms(message)):
        used = set(PLACEHOLDER.findall(form))
        may_omit = message.pluralizable and number < FORMS_WITHOUT_NUMBER
        if used != wanted and not (may_omit and used < wanted):
            return False
    return True


def as_text(catalogue: Catalog) -> str:
    """The catalogue as a .po file: sorted, with the files of each text and no line numbers or dates."""
    body = io.BytesIO()
    write_po(body, catalogue, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return f"{HEADER}\n{body.getvalue().decode()}"


def _sources(root: Path) -> Iterator[Path]:
    for folder, below, files in os.walk(root):
        below[:] = sorted(name for name in below if name not in EXCLUDED and not name.startswith("."))
        suffixes = SUFFIXES | TEMPLATE_SUFFIXES if "templates" in Path(folder).parts else SUFFIXES
        yield from (Path(folder, name) for name in sorted(files) if Path(name).suffix in suffixes)


def _as_python(text: str, path: Path) -> str:
    # Django turns all but the texts into X; without their indentation the lines are Python to a tokenizer.
    lines = templatize(text, origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines)


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _texts(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _forms(message: Message) -> tuple[str, ...]:
    held = message.string or ""
    return (held,) if isinstance(held, str) else tuple(form or "" for form in held)


def _name(message: Message) -> str:
    text = "|".join(_texts(message))
    return f"{message.context}: {text}" if message.context else text


class Command(BaseCommand):
    help = "Bring the Arabic catalogue in step with the code; --merge fills it in, --check only looks."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--merge", nargs="+", type=Path, default=[], metavar="FILE.json")
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, merge: list[Path], check: bool, **options):
        if check:
            return self._check()
        catalogue = updated(settings.BASE_DIR)
        for path in merge:
            self._fill(catalogue, path)
        path = catalogue_path(settings.BASE_DIR)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_text(catalogue), encoding="utf-8")
        waiting = sum(not all(_forms(message)) for message in _entries(catalogue))
        self.stdout.write(f"{len(_entries(catalogue))} texts, {waiting} without Arabic")
        return None

    def _fill(self, catalogue: Catalog, path: Path) -> None:
        for key in fill(catalogue, json.loads(path.read_text(encoding="utf-8"))):
            self.stderr.write(f"{path.name}: not used: {key}")

    def _check(self) -> None:
        found = problems(settings.BASE_DIR)
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} entries to mend in {catalogue_path(settings.BASE_DIR).name}")
        self.stdout.write("The catalogue is complete.")
