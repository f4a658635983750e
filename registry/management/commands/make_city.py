import json
from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from office.flow import Refused
from registry.city.accounts import ACCOUNTS, PASSWORD
from registry.city.making import make_city
from registry.models import Division


class Command(BaseCommand):
    help = (
        "Fills an empty register with a city of invented people, and a demo account for each role."
    )

    def add_arguments(self, parser):
        fixtures = settings.BASE_DIR / "fixtures"
        parser.add_argument("--divisions", default=str(fixtures / "divisions_330600.csv"))
        parser.add_argument("--terms", default=str(fixtures / "terms.json"))
        parser.add_argument("--policies", default=str(fixtures / "policies.json"))
        parser.add_argument("--mediators", type=int, default=9_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--today", type=date.fromisoformat, default=None)

    def handle(self, *, divisions, terms, policies, mediators, seed, today, **options):
        if not settings.DEMO:
            raise CommandError("Demo data has no place here. Set DEMO=1 if this is a demo.")
        if not Division.objects.exists():
            call_command("load_divisions", divisions, stdout=self.stdout)
        call_command("load_terms", terms, stdout=self.stdout)
        call_command("load_policies", policies, stdout=self.stdout)
        try:
            counts = make_city(mediators=mediators, seed=seed, today=today or timezone.localdate())
        except Refused as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        for account in ACCOUNTS:
            self.stdout.write(f"{account.username:<10} {PASSWORD}  {account.title}")
        self.stdout.write(json.dumps(counts))
