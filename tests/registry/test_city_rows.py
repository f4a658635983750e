"""The demo city row by row: made once, looked at from every side."""

from django.db.models import Count
from django.test import TestCase

from office import ledger
from office.identity import age_on, check_resident_id
from registry.city.accounts import ACCOUNTS, PASSWORD
from registry.flows import FilingKind, FilingState
from registry.models import (
    Appointment,
    Closure,
    Confirmation,
    ConfirmationCampaign,
    Filing,
    LevelHolding,
    Mediator,
    MediatorRow,
    Objection,
    Organization,
    OrganizationKind,
    Post,
    PublicNotice,
    Rectification,
)
from registry.search import upkeep
from tests.registry.test_city import TODAY, city, load_fengqiao

FILED_STATES = ["draft", "first_review", "returned", "filing", "change_pending", "not_listed"]


class TestTheCity(TestCase):
    """What is made for a class is taken back after it; nothing here writes."""

    @classmethod
    def setUpTestData(cls):
        load_fengqiao()
        cls.counts = city(120)

    def test_the_numbers_are_kept(self):
        bodies = Organization.objects.filter(merged_into=None)
        assert self.counts == {"organizations": bodies.count(), "mediators": 120}
        assert Mediator.objects.filter(merged_into=None, erased_on=None).count() == 120

    def test_every_row_is_valid(self):
        for model in [Organization, Mediator, Appointment, LevelHolding]:
            for row in model.objects.all():
                row.full_clean()

    def test_id_numbers_say_what_the_record_says(self):
        for person in Mediator.objects.filter(merged_into=None, erased_on=None):
            read = check_resident_id(person.id_number, today=TODAY)
            assert (read.born_on, read.sex) == (person.born_on, person.sex)
            assert 18 <= age_on(person.born_on, TODAY) <= 76

    def test_all_kinds_of_organisations_are_there(self):
        kinds = set(Organization.objects.values_list("kind", flat=True))
        # A group is drawn for some townships only.
        assert set(OrganizationKind.values) - kinds <= {OrganizationKind.GROUP}

    def test_filings_are_there_in_every_state_and_so_are_their_organisations(self):
        assert set(Filing.objects.values_list("state", flat=True)) == set(FilingState)
        assert set(Filing.objects.values_list("kind", flat=True)) == set(FilingKind)
        states = set(Organization.objects.values_list("state", flat=True))
        assert states >= set(FILED_STATES)
        assert ConfirmationCampaign.objects.running().count() == 1
        assert Confirmation.objects.exists()

    def test_the_ledger_tells_of_every_row_and_is_whole(self):
        made = {
            kind: ledger.LedgerEntry.objects.filter(act=f"registry.{kind}.add").count()
            for kind in ["organization", "mediator"]
        }
        assert made == {
            "organization": self.counts["organizations"],
            "mediator": self.counts["mediators"],
        }
        assert ledger.faults() == []

    def test_the_public_roster_shows_the_city(self):
        assert list(upkeep.differences(today=TODAY)) == []
        assert 0 < MediatorRow.objects.count() <= 120

    def test_every_role_has_an_account_with_a_post(self):
        roles = Post.objects.values_list("user__username", "role").annotate(n=Count("pk"))

        assert {(a.username, a.role, 1) for a in ACCOUNTS if a.role} == set(roles)
        assert Mediator.objects.get(user__username="mediator").user.check_password(PASSWORD)

    def test_cases_stand_in_every_state(self):
        for model in [PublicNotice, Objection, Rectification, Closure]:
            states = dict(model._meta.get_field("state").choices)
            assert set(model.objects.values_list("state", flat=True)) == set(states), model
        assert PublicNotice.objects.running(TODAY).exists()
        assert PublicNotice.objects.filter(state="published").past(TODAY).exists()
