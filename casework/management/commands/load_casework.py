import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from casework.actions import (
    load_difficulty,
    load_dispute_types,
    load_quality,
    load_subsidy_schemes,
)
from casework.models import CaseworkPolicy
from registry.actions import load_policies

FIXTURES = settings.BASE_DIR / "fixtures" / "casework"


class Command(BaseCommand):
    help = "Loads what casework starts with: its figures, types of dispute, classes, templates."

    @transaction.atomic
    def handle(self, **options):
        added = {
            "policies": load_policies(read("policies.json"), CaseworkPolicy),
            "dispute_types": load_dispute_types(read("dispute_types.json")),
            "difficulty": load_difficulty(read("difficulty.json")),
            "quality": load_quality(read("quality.json")),
            "subsidy_schemes": load_subsidy_schemes(read("subsidy_schemes.json")),
        }
        self.stdout.write(json.dumps(added))


def read(name):
    return json.loads(Path(FIXTURES / name).read_text(encoding="utf-8"))
