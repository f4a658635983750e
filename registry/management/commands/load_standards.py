import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from registry import actions


class Command(BaseCommand):
    help = (
        "Loads the published staffing standards from a JSON file such as fixtures/standards.json."
    )

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **options):
        try:
            added = actions.load_standards(json.loads(Path(file).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{file} cannot be used: {error}") from error
        self.stdout.write(json.dumps({"added": added}))
