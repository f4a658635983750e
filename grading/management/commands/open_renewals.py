from django.core.management.base import BaseCommand
from django.utils import timezone

from grading.actions.renewal_cases import open_renewals, void_ended

REASON = "任期届满提醒期限已到。"
ENDED = "任职已经以其他方式结束，或者任期已经变更。"


class Command(BaseCommand):
    help = "Opens a case for every post whose term ends soon; closes those no longer needed."

    def handle(self, **options):
        today = timezone.localdate()
        closed = void_ended(today=today, reason=ENDED)
        opened = open_renewals(division=None, by=None, today=today, reason=REASON)
        self.stdout.write(f"opened {opened}, closed {closed}")
