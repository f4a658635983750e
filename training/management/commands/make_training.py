import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from training.city.making import make_training

SEED = 2026


class Command(BaseCommand):
    help = "Adds invented courses, questions, exams and certificates to a demo city."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Invented people are only made in a demo (DEMO=1).")
        now = timezone.now()
        counts = make_training(seed=SEED, today=timezone.localdate(now), now=now)
        self.stdout.write(json.dumps(counts, default=str))
