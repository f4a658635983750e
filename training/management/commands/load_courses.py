import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from office.flow import Refused
from registry.models import Division, DivisionLevel
from training.actions import load_courses
from training.actions.textbooks import load_textbooks

FIXTURES = settings.BASE_DIR / "fixtures"


class Command(BaseCommand):
    help = "Publishes the courses that come with the product, and lists its textbooks for the city."

    def add_arguments(self, parser):
        parser.add_argument("--courses", type=Path, default=FIXTURES / "courses.json")
        parser.add_argument("--textbooks", type=Path, default=FIXTURES / "textbooks.json")

    @transaction.atomic
    def handle(self, *, courses, textbooks, **options):
        city = Division.objects.filter(level=DivisionLevel.CITY).first()
        if city is None:
            raise CommandError("There are no divisions; load them first.")
        try:
            made = {"courses": load_courses(read(courses))}
        except Refused as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        today = timezone.localdate()
        made["textbooks"] = load_textbooks(read(textbooks), division=city, by=None, today=today)
        self.stdout.write(json.dumps(made))


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))
