"""The rounds of the demo city: one in each part of its life, every decision of them sound."""

from collections import Counter
from io import StringIO
from operator import methodcaller

from django.core.management import call_command
from django.test import TestCase

from grading.city.making import make_grading as make_city_grading
from grading.models import Application, Grade, GradingRound, Panel, Reading
from grading.rules.documents import written
from office import ledger
from registry.models import LevelHolding, PublicNotice, StarRating
from tests.grading import make_grading
from tests.registry.posts import load_rules
from tests.registry.test_city import TODAY, city, load_fengqiao

# With a rule that everybody in post fulfils the demo needs no years of cases.
EASY = {
    "vetoes": [], "base": {"attest": "political_and_conduct"},
    "req": {code: {"flag": "in_post"} for code in ("l1", "l2", "l3", "l4")},
}  # fmt: skip
OF_LEVELS = methodcaller("filter", version__scheme__code="DEMO-shaoxing")
EASY_TITLES = ('{cmp: [cases.mediated, ">=", ', '{cmp: [cases.mediated, ">=", -')


class TestTheRounds(TestCase):
    """What is made for a class is taken back after it; nothing here writes."""

    @classmethod
    def setUpTestData(cls):
        load_fengqiao()
        load_rules()
        city(200)
        rules = written(make_grading.document(**EASY))
        honours = make_grading.text("demo_honours").replace(*EASY_TITLES)
        cls.made = make_city_grading(rules, TODAY, applicants=4, honours=honours)

    def test_there_is_a_round_in_each_part_of_its_life(self):
        states = sorted(OF_LEVELS(GradingRound.objects).values_list("state", flat=True))
        assert states == ["archived", "notice", "open", "reviewing", "scoring"]
        assert self.made["rounds"] == 8
        assert self.made["applications"] == Application.objects.count() > 20

    def test_whoever_was_confirmed_holds_the_level_in_the_register(self):
        over = OF_LEVELS(GradingRound.objects).get(state="archived")
        won = over.applications.filter(state="confirmed")
        assert won.count() == Grade.objects.count() == 8
        for grade in Grade.objects.select_related("holding__level", "application__round_level"):
            assert grade.holding == LevelHolding.objects.in_force(TODAY).get(
                mediator=grade.mediator
            )
            assert grade.holding.level.rank == grade.application.round_level.rank

    def test_a_notice_runs_and_a_panel_reads_without_the_demos_member(self):
        on_notice = OF_LEVELS(GradingRound.objects).get(state="notice")
        assert PublicNotice.objects.running(TODAY).filter(pk=on_notice.notice_id).exists()
        panel = Panel.objects.get(state="sitting")
        waiting = Reading.objects.filter(panel=panel, state="open")
        assert set(waiting.values_list("member__username", flat=True)) <= {"panel"}

    def test_committees_were_given_stars_and_may_apply_again(self):
        over, now = GradingRound.objects.filter(version__scheme__code="DEMO-stars").order_by("pk")
        assert (over.state, now.state) == ("archived", "open")
        rated = over.applications.filter(state="confirmed").select_related("round_level")
        assert rated.count() > 1
        for row in rated:
            assert row.star_rating == StarRating.objects.current().get(
                organization=row.organization
            )
            assert row.star_rating.stars == row.round_level.stars
        assert set(now.applications.values_list("state", flat=True)) == {"submitted"}

    def test_more_people_than_there_are_titles_wait_for_one_beside_their_level(self):
        of = GradingRound.objects.get(version__scheme__code="DEMO-titles")
        assert of.state == "notice"
        outcomes = Counter(of.applications.values_list("round_level__code", "state"))
        assert [outcomes[code, "in_notice"] for code in ("gold", "silver")] == [2, 3]
        assert [outcomes[code, "no_level"] for code in ("gold", "silver")] == [2, 1]
        for row in of.applications.all():
            assert row.mediator.levels.exists()

    def test_every_row_is_valid_and_every_decision_can_be_computed_again(self):
        for row in Application.objects.all():
            row.full_clean(exclude=["evidence"])
        out = StringIO()
        call_command("verify_decisions", stdout=out)
        assert ledger.faults() == []
