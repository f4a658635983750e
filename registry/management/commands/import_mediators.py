"""Import a roster of mediators: ``manage.py import_mediators FILE --division CODE``."""

from registry.management.roster import RosterCommand
from registry.models import ImportKind


class Command(RosterCommand):
    help = "Import mediators from an .xlsx or CSV file; the last line is one JSON object."
    kind = ImportKind.MEDIATORS
