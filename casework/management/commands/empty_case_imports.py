"""Housekeeping of imports of cases, for a daily timer: ``manage.py empty_case_imports``."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils import timezone

from casework import actions
from casework.models import CaseImport


class Command(BaseCommand):
    help = "Release imports whose worker was stopped; delete files and refused rows that are old."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=settings.IMPORT_KEEP_DAYS)

    def handle(self, *args, **options):
        now, released = timezone.now(), 0
        for batch in CaseImport.objects.in_work():
            try:
                actions.release_case_import(batch.pk, by=None, today=timezone.localdate(), now=now)
                released += 1
            except ValidationError as refusal:
                self.stdout.write(f"{batch.pk}: {' '.join(refusal.messages)}")
        emptied = actions.empty_case_imports(before=now - timedelta(days=options["days"]), now=now)
        self.stdout.write(f"released {released}, emptied {emptied}")
