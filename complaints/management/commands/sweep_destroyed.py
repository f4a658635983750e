from django.core.management.base import BaseCommand

from complaints.actions import clear_files


class Command(BaseCommand):
    help = (
        "Deletes sealed files of complaints whose key was destroyed; killed processes leave some."
    )

    def handle(self, **options):
        self.stdout.write(f"{clear_files()} files deleted")
