from django.core.management.base import BaseCommand, CommandError

from core.errors import Refused
from policies import packs


class Command(BaseCommand):
    help = "Load one policy pack as this installation's configuration; loading it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=packs.NAMES)

    def handle(self, *args, name, **options):
        try:
            version = packs.load(name)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(f"{version.title}")
