from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from office.clocks import read_calendar, store_calendar


class Command(BaseCommand):
    help = "Load the State Council's calendar of a year, replacing what was loaded of it before."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="fixtures/calendars/2026.json, for example")

    def handle(self, *, file, **options):
        try:
            row = store_calendar(
                read_calendar(file.read_text("utf-8")), by=None, now=timezone.now()
            )
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(_("%(file)s is not text in UTF-8.") % {"file": file}) from error
        except ValidationError as refusal:
            raise CommandError(f"{file}: {refusal.messages[0]}") from refusal
        values = {
            "year": row.year,
            "document": row.document,
            "off": row.days.filter(working=False).count(),
            "worked": row.days.filter(working=True).count(),
        }
        message = _(
            "%(year)d (%(document)s): %(off)d weekdays off, %(worked)d weekend days worked."
        )
        self.stdout.write(message % values)
