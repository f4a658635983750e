from django.core.management.base import BaseCommand, CommandError

from office import ledger


class Command(BaseCommand):
    help = "Proves that the ledger is whole: every entry unaltered, none missing, in one chain."

    def add_arguments(self, parser):
        parser.add_argument("--head", help="A head noted earlier, as this command prints it.")

    def handle(self, *, head=None, **options):
        try:
            noted = ledger.Head.read(head) if head else None
        except ValueError as error:
            raise CommandError("A head is written as NUMBER:HASH.") from error
        if found := ledger.faults(noted):
            raise CommandError("The ledger is broken.\n" + "\n".join(found))
        self.stdout.write(f"{ledger.head().sequence} entries, whole. Head {ledger.head()}")
