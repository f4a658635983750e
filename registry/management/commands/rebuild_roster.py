from django.core.management.base import BaseCommand
from django.utils import timezone

from registry.search import upkeep


class Command(BaseCommand):
    help = "Makes the public roster and its search index anew from the register, batch by batch."

    def handle(self, **options):
        mediators, organizations = upkeep.rebuild(today=timezone.localdate())
        self.stdout.write(
            f"{mediators} mediators and {organizations} organisations are on the roster."
        )
