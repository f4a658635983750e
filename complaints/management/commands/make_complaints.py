import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from complaints.city.making import make_complaints


class Command(BaseCommand):
    help = "Adds invented complaints in every state to a demo city."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Invented people are only made in a demo (DEMO=1).")
        counts = make_complaints(timezone.localdate())
        self.stdout.write(json.dumps(counts, default=str))
