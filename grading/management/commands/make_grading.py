import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from grading.city.making import APPLICANTS, make_grading

RULES = settings.BASE_DIR / "fixtures" / "grading" / "demo_city.yaml"


class Command(BaseCommand):
    help = "Adds invented grading to a demo city."

    def add_arguments(self, parser):
        parser.add_argument("--applicants", type=int, default=APPLICANTS)

    def handle(self, *, applicants, **options):
        if not settings.DEMO:
            raise CommandError("Invented people are only made in a demo (DEMO=1).")
        text = Path(RULES).read_text(encoding="utf-8")
        self.stdout.write(json.dumps(make_grading(text, timezone.localdate(), applicants)))
