from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.actions.openings import sweep_openings


class Command(BaseCommand):
    help = "Deletes what is left of complaints opened by their codes, and old counts of guesses."

    def handle(self, **options):
        if count := sweep_openings(now=timezone.now()):
            self.stdout.write(f"{count} rows of dead openings deleted")
