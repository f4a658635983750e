import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from grading.city.making import APPLICANTS, make_grading

FIXTURES = settings.BASE_DIR / "fixtures" / "grading"
RULES, REVIEWS = FIXTURES / "demo_city.yaml", FIXTURES / "reviews.yaml"
HONOURS = FIXTURES / "demo_honours.yaml"


class Command(BaseCommand):
    help = "Adds invented grading to a demo city."

    def add_arguments(self, parser):
        parser.add_argument("--applicants", type=int, default=APPLICANTS)

    def handle(self, *, applicants, **options):
        if not settings.DEMO:
            raise CommandError("Invented people are only made in a demo (DEMO=1).")
        files = (RULES, REVIEWS, HONOURS)
        text, reviews, honours = (Path(one).read_text(encoding="utf-8") for one in files)
        made = make_grading(text, timezone.localdate(), applicants, reviews, honours)
        self.stdout.write(json.dumps(made))
