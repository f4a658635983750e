"""Undo an import as a whole: ``manage.py undo_import NUMBER``."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry import actions
from registry.flows import ImportState
from registry.models import ImportBatch


class Command(BaseCommand):
    help = "Take back everything an import did, if nobody has touched it since."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="number of the import")

    def handle(self, *args, **options):
        pk = options["number"]
        if not ImportBatch.objects.filter(pk=pk).exists():
            raise CommandError(f"There is no import {pk}.")
        try:
            actions.undo_import(pk, by=None, today=timezone.localdate(), in_background=False)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        batch = ImportBatch.objects.get(pk=pk)
        if batch.state != ImportState.UNDONE:
            raise CommandError(batch.fault)
        self.stdout.write(f"Import {pk} was undone.")
