from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.actions import sweep_orphans


class Command(BaseCommand):
    help = "Deletes sealed files of complaints that a killed process left without a row."

    def handle(self, **options):
        if count := sweep_orphans(now=timezone.now()):
            self.stdout.write(f"{count} sealed files without a row deleted")
