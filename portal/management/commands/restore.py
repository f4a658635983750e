from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from portal import backups


class Command(BaseCommand):
    help = "Replaces database and uploaded files by those of a backup. Stop web and tasks before."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("backup", type=Path)
        parser.add_argument("--replace", action="store_true", help="Yes, replace what is there.")

    def handle(self, *, backup, replace, **options):
        if not replace:
            raise CommandError("This replaces the whole database. Say --replace if you mean it.")
        try:
            head = backups.restore(backup)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        self.stdout.write(f"Restored; the ledger is whole, its head is {head}")
