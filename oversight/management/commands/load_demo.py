from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from oversight.demo import sample


class Command(BaseCommand):
    help = "Make sample staff, people and cases for the pack in force; a second run changes nothing."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Sample data is made only in a demonstration (DEMO=true).")
        sample.load()
