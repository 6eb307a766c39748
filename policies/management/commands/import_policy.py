import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.errors import Refused
from policies.importing import Imported, read
from policies.importing.save import draft


class Command(BaseCommand):
    help = "Read a board-approved policy document (.txt or .docx) and keep it as a draft version."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print what was read as JSON; store nothing")
        parser.add_argument("--dry-run", action="store_true", help="say what was read; store nothing")

    def handle(self, *args, file, **options):
        try:
            found = read(file.name, file.read_bytes())
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        except OSError as error:
            raise CommandError(_("The file cannot be opened: %(file)s") % {"file": file}) from error
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        else:
            self.tell(found)
        if not (options["json"] or options["dry_run"]):
            version = draft(found, by=None)
            self.stdout.write(_("Kept as a draft: version %(label)s.") % {"label": version.label})

    def tell(self, found: Imported) -> None:
        """The document in a few lines, and every doubt."""
        self.stdout.write(f"{found.association or '-'}\n{found.title or '-'}")
        for section in found.sections:
            self.stdout.write(f"{section.kind}: {sum(1 for _clause in section.every())}")
        for warning in found.warnings:
            proposal = f" → {warning.proposed}" if warning.proposed else ""
            self.stdout.write(f"! {warning.where} {warning.sentence} «{warning.printed}»{proposal}")
