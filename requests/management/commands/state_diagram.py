from django.conf import settings
from django.core.management.base import BaseCommand

from requests.diagram import document


class Command(BaseCommand):
    help = "Write docs/states.md from the code."

    def handle(self, *args, **options):
        (settings.BASE_DIR / "docs/states.md").write_text(document(), encoding="utf-8")
        self.stdout.write("docs/states.md")
