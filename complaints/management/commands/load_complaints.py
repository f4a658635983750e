import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from complaints.models import ComplaintPolicy
from registry.actions import load_policies

POLICIES = settings.BASE_DIR / "fixtures" / "complaints" / "policies.json"


class Command(BaseCommand):
    help = "Loads what complaints start with: limits, terms and other figures."

    def handle(self, **options):
        content = json.loads(Path(POLICIES).read_text(encoding="utf-8"))
        self.stdout.write(json.dumps({"policies": load_policies(content, ComplaintPolicy)}))
