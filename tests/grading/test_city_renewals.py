"""Half-year review and reappointments of the demo city: in every state, each act in the ledger."""

from datetime import timedelta

from django.test import TestCase

from grading.city.half_years import HANDED_ON, let_serve, make_half_year
from grading.city.renewals import ROADS, make_renewals
from grading.city.reviews import example_of
from grading.city.schemes import make_schemes
from grading.flows.renewal import RenewalState
from grading.models import Renewal, ReviewCycle, ReviewMark
from grading.rules.documents import written
from office import ledger
from registry.models import Appointment, Division
from tests.grading import make_grading
from tests.registry.posts import load_rules
from tests.registry.test_city import TODAY, city, load_fengqiao


class TestTheYearsWork(TestCase):
    """What is made for a class is taken back after it; nothing here writes."""

    @classmethod
    def setUpTestData(cls):
        load_fengqiao()
        load_rules()
        city(400)
        make_schemes(written(make_grading.document()), TODAY)
        cls.county = Division.objects.get(code="330681")
        let_serve(cls.county, TODAY)
        make_half_year(example_of(make_grading.text("reviews")), cls.county, TODAY)
        cls.made = make_renewals(cls.county, TODAY)

    def test_the_half_year_is_with_the_mediators_and_some_sheets_are_further_on(self):
        cycle = ReviewCycle.objects.get()
        assert (cycle.state, cycle.from_on.month, cycle.until_on.month) == ("self", 1, 7)
        assert cycle.self_until >= TODAY
        own = cycle.sheets.get(mediator__user__username="mediator")
        assert own.state == "self"
        assert cycle.sheets.filter(state="organization").count() > 0
        assert cycle.sheets.filter(state="office").count() == HANDED_ON
        assert ReviewMark.objects.filter(actor="organization").count() == HANDED_ON

    def test_there_is_a_reappointment_in_every_state_but_that_of_no_need(self):
        states = set(Renewal.objects.values_list("state", flat=True))
        assert states == set(RenewalState.values) - {"void"}
        assert self.made == {"renewals": Renewal.objects.count()}
        assert Renewal.objects.count() >= len(ROADS)

    def test_the_demos_own_mediator_was_told_and_may_still_reply(self):
        own = Renewal.objects.get(appointment__mediator__user__username="mediator")
        assert (own.state, own.choice, own.term_until_on) == (
            "told",
            "renew",
            TODAY + timedelta(days=10),
        )
        assert own.reply_until > TODAY

    def test_what_was_carried_out_stands_in_the_register(self):
        over = Renewal.objects.filter(state="ended")
        kept = over.get(choice="not_renew").appointment
        assert (kept.state, kept.ended_by) == ("ended", "lapsed")
        for case in over.filter(choice="renew"):
            new = Appointment.objects.get(pk=case.new_appointment_id)
            assert new.renewal_of_id == case.appointment_id
            assert new.from_on == case.term_until_on

    def test_the_ledger_is_whole(self):
        assert ledger.faults() == []
