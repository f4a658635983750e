from datetime import timedelta
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal import backups


class Command(BaseCommand):
    help = "Saves database and uploaded files into a new directory, and removes old backups."

    def add_arguments(self, parser):
        parser.add_argument("into", type=Path)
        parser.add_argument("--keep-days", type=int, default=30)

    def handle(self, *, into, keep_days, **options):
        now = timezone.now()
        self.stdout.write(f"Saved in {backups.save(into, now)}")
        backups.prune(into, now - timedelta(days=keep_days))
