"""What is required, done, waived and missing: in sets and for one person, the same figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.flow import Refused
from office.models import LedgerEntry
from registry.models import Mediator
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_hours as hours
from training.actions import (
    adopt_hours_rule,
    load_hours_rules,
    reverse_hours,
    set_hours_rule,
    waive_hours,
    withdraw_waiver,
)
from training.management.commands.load_training import read
from training.models import HoursRule, HoursWaiver, Requirement
from training.queries.requirements import with_requirement
from training.reports.hours import by_division, needs_of

pytestmark = pytest.mark.django_db
YEAR = TODAY.year


def standing(mediator, requirement="yearly", year=YEAR, on=TODAY):
    rules = HoursRule.objects.ruling(requirement, on)
    rows = with_requirement(Mediator.objects.all(), requirement, year=year, on=on, rules=rules)
    row = rows.get(pk=mediator.pk)
    return row.required, row.done, row.missing


def test_without_a_rule_nothing_is_required_and_nothing_missing():
    person = hours.person()
    hours.learnt(person, "3.0")

    assert standing(person) == (None, Decimal("3.0"), None)


def test_what_is_missing_is_what_is_required_less_what_was_done():
    hours.rule("20")
    person = hours.person()
    hours.learnt(person, "4.5")

    assert standing(person) == (Decimal(20), Decimal("4.5"), Decimal("15.5"))


def test_more_than_required_is_never_less_than_nothing_missing():
    hours.rule("20")
    person = hours.person()
    hours.learnt(person, "30.0")

    assert standing(person)[2] == 0


@pytest.mark.parametrize(
    ("done_on", "counts"),
    [
        (date(YEAR - 1, 12, 31), 0),
        (date(YEAR, 1, 1), 2),
        (date(YEAR, 12, 31), 2),
        (date(YEAR + 1, 1, 1), 0),
    ],
)
def test_a_year_counts_its_own_days(done_on, counts):
    hours.rule("20")
    person = hours.person()
    hours.learnt(person, "2.0", done_on=done_on)

    assert standing(person)[1] == counts


def test_before_duty_everything_ever_learnt_counts():
    hours.rule("10", "pre_service")
    person = hours.person()
    hours.learnt(person, "4.0", done_on=date(YEAR - 3, 5, 5))

    assert standing(person, "pre_service") == (10, 4, 6)


def test_special_hours_count_their_content_class_only():
    hours.rule("14", "special", content_class="skills")
    person = hours.person()
    hours.learnt(person, "5.0")
    hours.learnt(person, "6.0", content_class="skills")

    assert standing(person, "special") == (14, 6, 8)


def test_reversed_hours_do_not_count():
    hours.rule("20")
    person = hours.person()
    entry = hours.learnt(person, "5.0")
    reverse_hours(entry.pk, by=make.user(), today=TODAY, reason="Absent.")

    assert standing(person) == (20, 0, 20)


def test_the_narrower_rule_of_a_division_goes_first():
    hours.rule("20")
    hours.rule("30", kind="industry")
    hours.rule("40", kind="industry", employment="full_time")
    people = [
        hours.person(),
        hours.person(kind="industry"),
        hours.person(kind="industry", employment="full_time"),
    ]

    assert [standing(person)[0] for person in people] == [20, 30, 40]


def test_the_rules_of_the_nearest_division_hold_as_a_whole():
    hours.rule("20", code="3306")
    hours.rule("30", code="330681", kind="industry")
    here, in_industry, elsewhere = (
        hours.person(),
        hours.person(kind="industry"),
        hours.person("330602"),
    )

    assert [standing(p)[0] for p in (here, in_industry, elsewhere)] == [None, 30, 20]


def test_the_full_time_post_decides_where_somebody_has_two():
    hours.rule("20")
    hours.rule("40", employment="full_time")
    person = hours.person()
    make.appointment(
        person, make.organization(kind="industry"), employment="full_time", from_on=TODAY - DAY
    )

    assert standing(person)[0] == 40


def test_who_left_is_asked_for_nothing():
    hours.rule("20")
    person = hours.person()
    hours.moved(person, state="ended", until_on=TODAY, ended_by="resigned")

    assert standing(person)[0] is None


@pytest.mark.parametrize(("on", "required"), [(TODAY - DAY, 20), (TODAY, 25)])
def test_a_new_rule_holds_from_its_day(on, required):
    hours.rule("20", until_on=TODAY)
    hours.rule("25", from_on=TODAY)

    assert standing(hours.person(), on=on)[0] == required


def test_waived_hours_are_not_required():
    hours.rule("20")
    person = hours.person()
    waive(person, "12.0")

    assert standing(person) == (8, 0, 8)


def waive(person, amount="12.0", year=YEAR, **fields):
    return waive_hours(
        by=make.user(),
        today=TODAY,
        reason="Long illness.",
        mediator=person,
        requirement="yearly",
        year=year,
        hours=Decimal(amount),
        **fields,
    )


def test_a_waiver_is_of_one_year_and_counts_no_more_when_withdrawn():
    hours.rule("20")
    person = hours.person()
    waive(person, year=YEAR - 1)
    waiver = waive(person)
    withdraw_waiver(waiver.pk, by=make.user(), today=TODAY, reason="Back at work.")

    assert standing(person)[0] == 20
    with pytest.raises(Refused):
        withdraw_waiver(waiver.pk, by=make.user(), today=TODAY, reason="Again.")


def test_hours_of_a_year_are_waived_once():
    person = hours.person()
    waiver = waive(person)
    waiver.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        waiver.save(force_insert=True)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.decimals("0.1", "60", places=1),
    st.lists(st.decimals("0.1", "30", places=1), max_size=4),
    st.one_of(st.none(), st.decimals("0.1", "60", places=1)),
)
def test_the_set_and_plain_arithmetic_agree(wanted, done, waived):
    with transaction.atomic():
        hours.rule(str(wanted))
        person = hours.person()
        for amount in done:
            hours.learnt(person, str(amount))
        if waived:
            waive(person, str(waived))
        required = max(wanted - (waived or 0), Decimal(0))

        assert standing(person) == (
            required, sum(done, Decimal(0)), max(required - sum(done, Decimal(0)), Decimal(0)),
        )  # fmt: skip
        transaction.set_rollback(True)


def test_a_person_is_told_of_each_requirement_that_holds():
    hours.rule("20")
    person = hours.person()
    hours.learnt(person, "8.0")

    (need,) = needs_of(person, year=YEAR, today=TODAY)

    assert (need.requirement, need.required, need.missing) == ("yearly", 20, 12)
    assert not need.is_met


def test_times_a_quarter_are_counted_for_the_quarters_that_have_begun():
    hours.rule("1", given_in="quarters")
    person = hours.person()
    hours.learnt(person, "2.0", done_on=date(YEAR, 2, 1))
    hours.learnt(person, "2.0", done_on=date(YEAR, 8, 1))

    (need,) = needs_of(person, year=YEAR, today=date(YEAR, 7, 1))

    assert need.occasions == ((1, 1, 1), (2, 1, 0), (3, 1, 1))
    assert not need.is_met


def test_divisions_are_listed_with_those_behind_first_and_add_up():
    hours.rule("20", code="3306")
    here, there, also_there = hours.person(), hours.person("330602"), hours.person("330602")
    hours.learnt(here, "20.0")
    hours.learnt(there, "5.0")

    lines = by_division(
        Mediator.objects.all(), make.division("3306"), requirement="yearly", year=YEAR, on=TODAY
    )

    assert [(line.asked, line.done, line.missing_hours) for line in lines] == [
        (2, 0, Decimal(35)),
        (1, 1, Decimal(0)),
    ]
    assert also_there.pk


def test_days_become_class_hours_by_the_figure_of_the_day():
    hours.figures()
    rule = set_hours_rule(
        by=make.user(),
        today=TODAY,
        reason="Plan of the year.",
        division=make.division(),
        from_on=TODAY,
        name="Yearly plan",
        requirement="yearly",
        amount=Decimal(10),
        given_in="days",
        standing="setting",
    )

    assert rule.hours == 80
    assert LedgerEntry.objects.of(rule).get().act == "training.hoursrule.set"


def test_a_new_rule_closes_the_one_before_and_never_begins_in_the_past():
    given_ = {
        "by": make.user(), "reason": "Plan.", "division": make.division(), "name": "Plan",
        "requirement": "yearly", "given_in": "hours", "standing": "setting",
    }  # fmt: skip
    former = set_hours_rule(today=TODAY, from_on=TODAY, amount=Decimal(20), **given_)
    set_hours_rule(today=TODAY, from_on=TODAY + DAY, amount=Decimal(24), **given_)
    former.refresh_from_db()

    assert former.until_on == TODAY + DAY
    for refused in [TODAY - DAY, TODAY + DAY]:
        with pytest.raises(Refused):
            set_hours_rule(today=TODAY, from_on=refused, amount=Decimal(30), **given_)


def test_published_rules_come_as_templates_and_hold_nowhere_until_adopted():
    hours.figures()
    assert load_hours_rules(read("hours_rules.json")) == 8
    assert load_hours_rules(read("hours_rules.json")) == 0
    person = hours.person()

    assert standing(person)[0] is None
    template = HoursRule.objects.get(name="雅安年度培训")
    adopt_hours_rule(
        template.pk, by=make.user(), today=TODAY, reason="As there.", division=make.division(),
        from_on=TODAY,
    )  # fmt: skip
    assert standing(person)[0] == 20


def test_only_a_template_is_adopted():
    own = hours.rule()

    with pytest.raises(Refused):
        adopt_hours_rule(
            own.pk, by=make.user(), today=TODAY, reason="-", division=make.division(), from_on=TODAY
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"hours": None},
        {"requirement": "other"},
        {"until_on": hours.FIRST_DAY},
        {"standing": "law"},
    ],
)
def test_the_database_refuses_a_rule_that_says_nothing(wrong):
    rule = hours.rule()

    with pytest.raises(IntegrityError), transaction.atomic():
        HoursRule.objects.filter(pk=rule.pk).update(**wrong)


def test_waivers_need_hours_and_a_reason_in_the_database_too():
    waiver = waive(hours.person())
    for wrong in [{"hours": 0}, {"reason": ""}, {"requirement": "other"}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            HoursWaiver.objects.filter(pk=waiver.pk).update(**wrong)


def test_every_requirement_has_a_label():
    assert all(Requirement(value).label for value in Requirement.values)
