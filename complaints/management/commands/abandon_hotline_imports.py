"""Housekeeping of hotline imports, for a daily timer: ``manage.py abandon_hotline_imports``."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.actions import abandon_old_hotline_imports
from complaints.models.hotline_import import KEPT_DAYS


class Command(BaseCommand):
    help = "Give up files of hotline tickets that nobody entered, and destroy what they say."

    def handle(self, **options):
        today = timezone.localdate()
        ended = abandon_old_hotline_imports(today - timedelta(days=KEPT_DAYS), today=today)
        self.stdout.write(f"abandoned {ended}")
