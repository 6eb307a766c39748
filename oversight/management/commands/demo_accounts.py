from django.core.management.base import BaseCommand

from oversight.demo import sample


class Command(BaseCommand):
    help = "Print the sample accounts, one per role."

    def handle(self, *args, **options):
        for username, title in sample.accounts():
            self.stdout.write(f"{username:<12} {sample.password()}   {title}")
