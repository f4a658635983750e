"""Flag questions whose law is out of date: ``manage.py recheck_questions [--division CODE]``."""

import json

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from training import actions
from training.management.places import bank_division


class Command(BaseCommand):
    help = "Holds the questions of a bank against fixtures/training/laws.json, day by day."

    def add_arguments(self, parser):
        parser.add_argument("--division", help="code of the division whose bank is meant")

    def handle(self, *args, **options):
        try:
            division = bank_division(options["division"])
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        today = timezone.localdate()
        flagged = actions.recheck_questions(division=division, by=None, today=today)
        self.stdout.write(json.dumps({"flagged": flagged}))
