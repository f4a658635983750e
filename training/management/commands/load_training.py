import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from registry.actions import load_policies
from training.actions import load_certificate_kinds, load_hours_rules, load_topics
from training.models import TrainingPolicy

FIXTURES = settings.BASE_DIR / "fixtures" / "training"


class Command(BaseCommand):
    help = "Loads what training starts with: its figures and the topics of its questions."

    @transaction.atomic
    def handle(self, **options):
        added = {
            "policies": load_policies(read("policies.json"), TrainingPolicy),
            "hours_rules": load_hours_rules(read("hours_rules.json")),
            "topics": load_topics(read("topics.json")),
            "certificate_kinds": load_certificate_kinds(read("certificate_kinds.json")),
        }
        self.stdout.write(json.dumps(added))


def read(name):
    return json.loads(Path(FIXTURES / name).read_text(encoding="utf-8"))
