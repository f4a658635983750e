import socket
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from casework.models import CaseRecord, CaseworkPolicy
from complaints.models import Complaint, ComplaintPolicy
from grading.models import SchemeVersion
from office.models import CalendarYear, User
from portal.models import HomePage
from registry.city.accounts import ACCOUNTS, PASSWORD
from registry.models import Mediator, Policy
from training.models import Question, TrainingPolicy

FIRST_PORT = 8000
PLACES = [
    ("Home page", "/"),
    ("Find a mediator", "/mediators/"),
    ("Find a committee", "/organizations/"),
    ("Courses", "/courses/"),
    ("Check a certificate", "/verify/"),
    ("Complaints", "/complaints/"),
    ("A mediator's own page", "/my/"),
    ("Staff side", "/admin/"),
]

# What a table starts with, and how it is loaded.
STARTS = [
    (TrainingPolicy, "Loading what training starts with ...", "load_training"),
    (ComplaintPolicy, "Loading what complaints start with ...", "load_complaints"),
    (SchemeVersion, "Loading the rules of other places ...", "load_grading"),
    (HomePage, "Writing the pages ...", "make_pages"),
]
INVENTED = [
    (CaseRecord.objects, "Making up its casework ...", "make_casework"),
    (Complaint.objects, "Making up its complaints ...", "make_complaints"),
    (
        SchemeVersion.objects.exclude(scheme__division=None),
        "Making up its grading ...",
        "make_grading",
    ),
]


class Command(BaseCommand):
    help = "Prepares a city of invented people, tells its addresses and accounts, and serves it."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, help="Default: the first free one from 8000 on.")
        parser.add_argument("--mediators", type=int, default=9_000)
        parser.add_argument("--prepare-only", action="store_true", help="Serve nothing.")

    def handle(self, *, port, mediators, prepare_only, **options):
        port = free_port(port)
        self.prepare(mediators)
        self.tell(f"http://127.0.0.1:{port}")
        if not prepare_only:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True)

    def prepare(self, mediators):
        """Do what is still to be done; a second time that is nothing."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.step("Creating the tables ...", "migrate", verbosity=0)
        fixtures = settings.BASE_DIR / "fixtures"
        if not CalendarYear.objects.exists():
            for year in sorted((fixtures / "calendars").iterdir()):
                self.step(f"Loading the calendar of {year.stem} ...", "load_calendar", year)
        if not Policy.objects.exists():
            self.step("Loading the policies ...", "load_policies", fixtures / "policies.json")
        for model, sentence, command in STARTS:
            if not model.objects.exists():
                self.step(sentence, command)
        self.people_the_city(mediators)

    def people_the_city(self, mediators):
        """Make up people, their training and cases; a city not the demo's is left alone."""
        if not Mediator.objects.exists():
            self.step("Making up a city ...", "make_city", mediators=mediators)
        if not CaseworkPolicy.objects.exists():
            self.step("Loading what casework starts with ...", "load_casework")
        if not User.objects.filter(username="mediator").exists():
            return
        is_new = not Question.objects.exists()
        if is_new:
            self.step("Making up its training ...", "make_training")
        for rows, sentence, command in INVENTED:
            if not rows.exists():
                self.step(sentence, command)
        if is_new:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def step(self, sentence, *command, **options):
        self.stdout.write(sentence)
        call_command(*command, stdout=StringIO(), **options)

    def tell(self, site):
        """Show where to look and whom to sign in as."""
        for title, path in PLACES:
            self.stdout.write(f"{title:<24} {site}{path}")
        self.stdout.write(f"\nAccounts, all with the password {PASSWORD}:")
        with translation.override("en"):
            for account in ACCOUNTS:
                self.stdout.write(f"  {account.username:<12} {account.title}")


def free_port(wanted):
    """Return the wanted port of this machine, or without one the first free from 8000 on.

    :raises CommandError: if the wanted port is taken.
    """
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise CommandError(f"Port {wanted or FIRST_PORT} is taken. Choose another: make demo PORT=8080")
