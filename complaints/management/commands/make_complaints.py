import json
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from complaints.city.making import make_complaints


class Command(BaseCommand):
    help = "Adds invented complaints in every state to a demo city."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Invented people are only made in a demo (DEMO=1).")
        with nobody_written_to():
            counts = make_complaints(timezone.localdate())
        self.stdout.write(json.dumps(counts, default=str))


@contextmanager
def nobody_written_to():
    """Send no mail: what the people made up here do to one another is told to nobody."""
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = kept
