import csv
import json

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from registry import actions


class Command(BaseCommand):
    help = "Loads administrative divisions from a CSV file: code, name, parent_code, level."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **options):
        try:
            with open(file, encoding="utf-8-sig", newline="") as stream:
                rows = csv.DictReader(stream)
                if missing := {"code", "name", "parent_code", "level"} - set(rows.fieldnames or []):
                    raise CommandError(f"{file}: columns are missing: {', '.join(sorted(missing))}")
                counts = actions.load_divisions(rows, by=None, source=file.rsplit("/", 1)[-1])
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        except ValidationError as refusal:
            raise CommandError(
                "\n".join([f"{file}: nothing was loaded.", *refusal.messages[:50]])
            ) from refusal
        self.stdout.write(json.dumps(counts))
