"""Import a roster of organizations: ``manage.py import_organizations FILE --division CODE``."""

from registry.management.roster import RosterCommand
from registry.models import ImportKind


class Command(RosterCommand):
    help = "Import organizations from an .xlsx or CSV file; the last line is one JSON object."
    kind = ImportKind.ORGANIZATIONS
