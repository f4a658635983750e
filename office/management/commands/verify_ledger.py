from django.core.management.base import BaseCommand, CommandError

from office import ledger
from office.models import LedgerHead


class Command(BaseCommand):
    help = "Proves that the ledger is whole: every entry unaltered, none missing, in one chain."

    def handle(self, **options):
        if found := ledger.faults():
            raise CommandError("The ledger is broken.\n" + "\n".join(found))
        head = LedgerHead.objects.get(pk=1)
        self.stdout.write(f"{head.sequence} entries, head {head.hash}: whole.")
