from django.core.management.base import BaseCommand, CommandError

from casework.actions.samples import faults_of
from casework.models import Sample


class Command(BaseCommand):
    help = "Draws samples of cases again from their seeds and says of each whether it is the same."

    def add_arguments(self, parser):
        parser.add_argument("numbers", nargs="*", type=int, help="numbers of samples; none: all")

    def handle(self, *, numbers, **options):
        rows = Sample.objects.select_related("population").order_by("pk")
        if numbers:
            rows = rows.filter(pk__in=numbers)
        broken = [self._told(sample) for sample in rows]
        if any(broken):
            raise CommandError(f"{sum(broken)} of {len(broken)} samples cannot be drawn again.")
        self.stdout.write(f"{len(broken)} samples drawn again: all the same.")

    def _told(self, sample):
        faults = faults_of(sample)
        for fault in faults:
            self.stdout.write(f"{sample.pk}: {fault}")
        return bool(faults)
