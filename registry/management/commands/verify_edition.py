from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from registry.editions.verifying import verify


class Command(BaseCommand):
    help = "Tells whether a file is a published roster edition, unaltered, and what it says still."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        verdict = verify(data)
        if verdict.faults:
            raise CommandError("\n".join(verdict.faults))
        self.stdout.write(
            f"{verdict.edition.title}: published on {verdict.edition.published_on}, unaltered; "
            "the register and the ledger agree with it."
        )
