from itertools import chain

from django.core.management.base import BaseCommand, CommandError

from grading.models import Application, Decision, Renewal, ReviewSheet
from grading.reports.late_facts import late_facts
from grading.reports.provenance import faults
from grading.reports.renewal_provenance import renewal_faults
from grading.reports.review_provenance import WITH_A_RESULT, sheet_faults
from grading.reports.review_quota import quota_faults
from grading.reports.review_rosters import roster_faults


class Command(BaseCommand):
    help = (
        "Computes every decision of grading, every result of a review and every recommendation of a"
        " reappointment anew from what was kept with it, and holds it against the ledger."
        " Run verify_ledger as well: it proves the ledger itself."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--late-facts",
            action="store_true",
            help="Also name the figures that changed since a decision; nothing is applied.",
        )

    def handle(self, **options):
        count = 0
        of_reviews = chain(roster_faults(), sheet_faults(), quota_faults())
        for sentence in chain(faults(), of_reviews, renewal_faults()):
            self.stdout.write(sentence)
            count += 1
        if options["late_facts"]:
            self.tell_of_late_facts()
        if count:
            raise CommandError(f"{count} faults in decisions of grading.")
        self.stdout.write(f"{Decision.objects.count()} decisions, each computed anew and alike.")
        sheets = ReviewSheet.objects.filter(state__in=WITH_A_RESULT).exclude(digest="").count()
        if sheets:
            self.stdout.write(f"{sheets} review sheets, each computed anew and alike.")
        packs = Renewal.objects.exclude(pack_digest="").count()
        if packs:
            self.stdout.write(f"{packs} recommendations, each computed anew and alike.")

    def tell_of_late_facts(self):
        for late in late_facts(Application.objects.with_all()):
            changes = "; ".join(f"{one.label}: {one.was} -> {one.now}" for one in late.changes)
            turns = f" (would be: {late.now})" if late.turns else ""
            self.stdout.write(f"late facts, application {late.application.pk}: {changes}{turns}")
