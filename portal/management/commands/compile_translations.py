from django.core.management.base import BaseCommand

from portal import translations


class Command(BaseCommand):
    help = "Builds the translations the site reads from the catalogue."
    requires_system_checks = []

    def handle(self, **options):
        translations.build()
