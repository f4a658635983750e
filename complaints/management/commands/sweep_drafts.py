from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.actions.drafts import sweep_drafts


class Command(BaseCommand):
    help = "Deletes the drafts of complaints whose half hour is over."

    def handle(self, **options):
        if count := sweep_drafts(now=timezone.now()):
            self.stdout.write(f"{count} rows of dead drafts deleted")
