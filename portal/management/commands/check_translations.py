import polib
from django.core.management.base import CommandError
from django.core.management.commands import makemessages

from portal import translations


class Command(makemessages.Command):
    help = "Checks that every sentence of code and templates has its Chinese, and no other has."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(
            locale=[translations.LOCALE], ignore_patterns=["tests", "benchmarks", "var"]
        )

    def write_po_file(self, potfile, locale):
        """Compare with the catalogue instead of writing to it."""
        catalogue = polib.pofile(str(translations.CATALOGUE))
        if faults := translations.faults(polib.pofile(str(potfile)), catalogue):
            raise CommandError("\n".join(faults))
