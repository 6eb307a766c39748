"""Compile locale/*/LC_MESSAGES/*.po into the .mo files Django reads, by Babel: no GNU gettext is needed."""

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


def compile_catalogues(locale: Path) -> list[Path]:
    """Write each catalogue's .mo beside it and return those written; fuzzy entries are left out.

    The file is replaced whole, so that a server starting meanwhile never reads half of one.
    """
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        compiled = io.BytesIO()
        write_mo(compiled, read_po(io.BytesIO(source.read_bytes())))
        target, partial = source.with_suffix(".mo"), source.with_suffix(".mo.partial")
        partial.write_bytes(compiled.getvalue())
        partial.replace(target)
        written.append(target)
    return written


class Command(BaseCommand):
    help = "Compile the translation catalogues."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        for locale in settings.LOCALE_PATHS:
            for path in compile_catalogues(Path(locale)):
                self.stdout.write(f"{path.parent.parent.name}: {path.name}")
