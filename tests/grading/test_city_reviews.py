"""The annual review of the demo city: decided by two officers, every act of it in the ledger."""

from datetime import date

import pytest
from django.test import TestCase

from grading.city.reviews import demo_rule, example_of, make_reviews
from grading.city.schemes import make_schemes
from grading.models import ReviewConsequence, ReviewCycle, ReviewMark, ReviewSheet
from grading.rules.documents import written
from grading.rules.review_renewal import recommended, renewal_facts
from grading.rules.scheme import Scheme
from office import ledger
from office.models import LedgerEntry
from registry.models import Appointment, Division, PublicNotice
from tests.casework import make_cases
from tests.grading import make_cycles, make_grading
from tests.registry.posts import load_rules
from tests.registry.test_city import TODAY, city, load_fengqiao

BUSY = 8


@pytest.fixture(scope="module")
def rule():
    document = demo_rule(example_of(make_grading.text("reviews")))
    return Scheme(document)


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ({2025: "称职"}, "renew"),
        ({2024: "基本称职", 2025: "基本称职"}, "renew"),
        ({2024: "不称职", 2025: "称职"}, "unclear"),
        ({2024: "不称职", 2025: "基本称职"}, "not_renew"),
        ({2024: "称职", 2025: "不称职"}, "not_renew"),
        ({2025: "不定等次"}, "unclear"),
        ({2024: None, 2025: None}, "unclear"),
    ],
)
def test_the_rule_has_a_word_on_most_terms_and_not_the_same_on_all(rule, years, said):
    known = {"complaints": {"founded": 0}, "flags": {"misconduct": False}}
    facts = renewal_facts(rule, date(2026, 11, 23), years, **known)
    assert recommended(rule, facts).result == said


class TestTheReview(TestCase):
    """What is made for a class is taken back after it; nothing here writes."""

    @classmethod
    def setUpTestData(cls):
        load_fengqiao()
        load_rules()
        city(200)
        make_schemes(written(make_grading.document()), TODAY)
        county = Division.objects.get(code="330681")
        serving = Appointment.objects.in_division(county).in_post(make_cycles.FROM_ON)
        cls.busy = [post.mediator for post in serving.order_by("pk")[:BUSY]]
        for at, person in enumerate(cls.busy):
            for n in range(6):
                make_cases.case(
                    "succeeded" if n <= at else "failed", accepted_on=date(2025, 3, 1 + n),
                    body=person.appointments.first().organization, mediators=[person],
                    **({"fulfilment": "fulfilled"} if n <= at else {}),
                )  # fmt: skip
        cls.made = make_reviews(make_grading.text("reviews"), TODAY)
        cls.before, cls.cycle = ReviewCycle.objects.order_by("from_on")

    def test_last_year_is_reviewed_and_decided_by_two(self):
        assert (self.cycle.from_on, self.cycle.until_on) == make_cycles.PERIOD
        assert self.cycle.state == "decided"
        assert self.cycle.decided_by != self.cycle.proposed_by
        assert self.made == {"reviews": 2, "sheets": ReviewSheet.objects.count()}

    def test_the_year_before_was_reviewed_by_the_same_rule_so_that_terms_have_their_years(self):
        assert self.before.until_on == self.cycle.from_on
        assert self.before.version == self.cycle.version
        assert self.before.sheets.count() > 0

    def test_organisation_and_bureau_gave_points_by_hand_for_every_sheet(self):
        rows = ReviewMark.objects.filter(sheet__cycle=self.cycle)
        graded = self.cycle.sheets.filter(state="decided").count()
        assert rows.filter(actor="organization").count() == graded
        assert rows.filter(actor="bureau").count() == graded
        assert rows.count() == 2 * graded
        entries = LedgerEntry.objects.filter(act="grading.reviewsheet.mark")
        assert entries.count() == ReviewMark.objects.count()

    def test_who_has_enough_cases_has_a_band_and_the_others_say_why_not(self):
        decided = self.cycle.sheets.filter(state="decided")
        scored = decided.exclude(score=None)
        assert set(scored.values_list("mediator", flat=True)) <= {one.pk for one in self.busy}
        assert scored.count() > 0
        assert not scored.filter(band="").exists()
        assert not decided.filter(score=None).exclude(band="").exists()
        others = self.cycle.sheets.exclude(state="decided").values_list("state", flat=True)
        assert set(others) <= {"not_graded"}

    def test_some_of_what_follows_is_settled(self):
        states = set(ReviewConsequence.objects.values_list("state", flat=True))
        assert "done" in states

    def test_the_ledger_is_whole_and_the_notice_ran(self):
        assert ledger.faults() == []
        assert PublicNotice.objects.get(pk=self.cycle.notice_id).ends_on < self.cycle.decided_on
