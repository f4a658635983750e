from itertools import islice

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.search import upkeep

SHOWN = 20


class Command(BaseCommand):
    help = "Proves that the public roster and its search index say what the register says today."

    def handle(self, **options):
        wrong = list(islice(upkeep.differences(today=timezone.localdate()), SHOWN + 1))
        for kind, pk in wrong[:SHOWN]:
            self.stderr.write(f"{kind} {pk} is not as in the register")
        if wrong:
            raise CommandError(
                "The roster differs from the register; manage.py rebuild_roster mends it."
            )
        self.stdout.write("The roster is equal to the register.")
