import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.city.making import make_casework

SEED = 2026
CASE_STUDIES = settings.BASE_DIR / "fixtures" / "casework" / "case_studies.json"


class Command(BaseCommand):
    help = "Adds two years of invented cases, claims and write-ups to a demo city."

    def add_arguments(self, parser):
        parser.add_argument("--cases", type=int, default=20_000, help="Cases of the last year.")

    def handle(self, *, cases, **options):
        if not settings.DEMO:
            raise CommandError("Invented people are only made in a demo (DEMO=1).")
        content = json.loads(Path(CASE_STUDIES).read_text(encoding="utf-8"))
        counts = make_casework(content, cases=cases, seed=SEED, today=timezone.localdate())
        self.stdout.write(json.dumps(counts, default=str))
