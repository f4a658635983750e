"""Legality of committees (People's Mediation Law 8, 9): the rule, the database, the forecast."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.models import Appointment, Organization
from registry.queries.legality import NEVER, seats_of, unlawful, with_forecast
from registry.rules import COMMITTEES, Fault, Seats, faults_of, first_unlawful_day, seats_on
from tests import make
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
LAWFUL = Seats(members=3, directors=1, women=1, minority=1, lapsed=0)
YEAR = 365 * DAY
FEW = [Fault.FEW_MEMBERS]


@pytest.mark.parametrize(
    ("seats", "faults"),
    [
        ({}, []),
        ({"members": 9}, []),
        ({"members": 2}, [Fault.FEW_MEMBERS]),
        ({"members": 10}, [Fault.MANY_MEMBERS]),
        ({"directors": 0}, [Fault.NO_DIRECTOR]),
        ({"directors": 2}, [Fault.MANY_DIRECTORS]),
        ({"women": 0}, [Fault.NO_WOMAN]),
        ({"minority": 0}, [Fault.NO_MINORITY]),
        ({"lapsed": 1}, [Fault.TERM_OVER]),
        ({"members": 0, "directors": 0, "women": 0, "minority": 0},
         [Fault.FEW_MEMBERS, Fault.NO_DIRECTOR, Fault.NO_WOMAN, Fault.NO_MINORITY]),
    ],
)  # fmt: skip
def test_each_demand_of_the_law_has_its_fault(seats, faults):
    made_up = Seats(**{**vars(LAWFUL), **seats})

    assert faults_of(made_up, needs_minority=True) == faults


def test_a_minority_member_is_wanted_only_where_it_is_flagged():
    made_up = Seats(**{**vars(LAWFUL), "minority": 0})

    assert faults_of(made_up, needs_minority=False) == []


def committee(members=3, *, kind="village", **given):
    """A lawful committee; ``given`` are fields of the appointments of its members."""
    body = make.organization(kind=kind)
    rows = [
        make.appointment(
            make.mediator(sex="female" if number == 1 else "male", ethnicity="汉族"),
            body,
            **{"post": "director" if number == 0 else "member", **given},
        )
        for number in range(members)
    ]
    return body, rows


def faults_by_sql(body, on=TODAY):
    seats = seats_of(Organization.objects.all(), on).get(body.pk)
    return None if seats is None else faults_of(seats, needs_minority=body.needs_minority_member)


def forecast(body, until=TODAY + YEAR):
    found = with_forecast(Organization.objects.all(), TODAY, until)
    return found.get(pk=body.pk).unlawful_on


@pytest.mark.parametrize(("kind", "applies"), [(k, k in COMMITTEES) for k in (
    "village", "township", "enterprise", "industry", "regional", "county", "social", "stationed",
    "studio", "group", "commercial",
)])  # fmt: skip
def test_the_law_of_committees_applies_to_committees_only(kind, applies):
    body, _rows = committee(2, kind=kind)

    assert faults_by_sql(body) == (FEW if applies else None)
    assert unlawful(Organization.objects.all(), TODAY).filter(pk=body.pk).exists() is applies


def test_a_committee_without_any_appointment_has_all_the_faults_of_an_empty_one():
    body = make.organization()

    assert faults_by_sql(body) == [Fault.FEW_MEMBERS, Fault.NO_DIRECTOR, Fault.NO_WOMAN]


@pytest.mark.parametrize(("ends_on", "lawful"), [(TODAY, False), (TODAY + DAY, True)])
def test_a_term_is_over_on_the_day_it_ends(ends_on, lawful):
    body, _rows = committee(term_until_on=ends_on)

    assert (faults_by_sql(body) == []) is lawful


@pytest.mark.parametrize(("from_on", "counts"), [(TODAY, True), (TODAY + DAY, False)])
def test_a_member_sits_from_the_first_day_on(from_on, counts):
    body, _rows = committee(from_on=from_on)

    assert seats_of(Organization.objects.all(), TODAY)[body.pk].members == (3 if counts else 0)


@pytest.mark.parametrize(("left_on", "lawful"), [(TODAY, False), (TODAY + DAY, True)])
def test_who_leaves_sits_until_the_day_of_leaving(left_on, lawful):
    body, rows = committee()
    Appointment.objects.filter(pk=rows[2].pk).update(**make.left(left_on))

    assert (faults_by_sql(body) == []) is lawful


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({"state": "suspended"}, True),
        ({"state": "candidate"}, False),
        ({"state": "rejected"}, False),
        ({"post": "mediator"}, False),
        ({"post": "chief"}, False),
        ({"post": "deputy"}, True),
    ],
)
def test_only_members_in_post_have_a_seat(change, counts):
    body, rows = committee()
    Appointment.objects.filter(pk=rows[2].pk).update(**change)

    assert faults_by_sql(body) == ([] if counts else FEW)


@pytest.mark.parametrize("fault", Fault)
def test_the_unlawful_are_found_by_their_fault(fault):
    lawful, _rows = committee()
    empty = make.organization(needs_minority_member=True)
    full, rows = committee(10, term_until_on=TODAY)
    Appointment.objects.filter(pk__in=[row.pk for row in rows]).update(post="director")

    found = set(unlawful(Organization.objects.all(), TODAY, fault).values_list("pk", flat=True))

    of_the_full = {Fault.MANY_MEMBERS, Fault.MANY_DIRECTORS, Fault.TERM_OVER}
    assert found == ({full.pk} if fault in of_the_full else {empty.pk})
    assert lawful.pk not in found


def test_the_forecast_names_the_first_day_a_term_ends():
    body, rows = committee(4, term_until_on=TODAY + 200 * DAY)
    Appointment.objects.filter(pk=rows[3].pk).update(term_until_on=TODAY + 90 * DAY)

    assert forecast(body) == TODAY + 90 * DAY


def test_the_forecast_names_the_day_a_needed_member_leaves():
    body, rows = committee(3, term_until_on=TODAY + 200 * DAY)
    Appointment.objects.filter(pk=rows[2].pk).update(**make.left(TODAY + 30 * DAY))

    assert forecast(body) == TODAY + 30 * DAY


def test_a_member_who_may_be_spared_leaves_a_lawful_committee():
    body, rows = committee(4, term_until_on=TODAY + 200 * DAY)
    Appointment.objects.filter(pk=rows[3].pk).update(**make.left(TODAY + 30 * DAY))

    assert forecast(body) == TODAY + 200 * DAY


@pytest.mark.parametrize(("days", "named"), [(365, True), (366, False)])
def test_the_forecast_reaches_to_its_last_day(days, named):
    body, _rows = committee(term_until_on=TODAY + days * DAY)

    assert forecast(body) == (TODAY + days * DAY if named else NEVER)


def test_what_is_unlawful_today_is_said_to_be_so_today():
    body, _rows = committee(2, term_until_on=TODAY + 30 * DAY)

    assert forecast(body) == TODAY


def test_all_committees_are_asked_in_one_query(django_assert_num_queries):
    for _number in range(3):
        committee()

    with django_assert_num_queries(1):
        assert len(seats_of(Organization.objects.all(), TODAY)) == 3
    with django_assert_num_queries(1):
        assert len(with_forecast(Organization.objects.all(), TODAY, TODAY + YEAR)) == 3


around = st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))
seat = st.fixed_dictionaries(
    {
        "post": st.sampled_from(["director", "deputy", "member", "member", "member", "mediator"]),
        "sex": st.sampled_from(["female", "male", "male", ""]),
        "ethnicity": st.sampled_from(["汉族", "汉族", "", "畲族"]),
        "state": st.sampled_from(["in_post", "in_post", "in_post", "suspended", "candidate"]),
        "from_on": st.integers(-1200, 10).map(lambda days: TODAY + timedelta(days=days)),
        "term": st.none() | around,
        "left": st.none() | st.none() | around,
    }
)
some_committees = st.lists(
    st.tuples(st.booleans(), st.lists(seat, max_size=11)), min_size=1, max_size=3
)  # fmt: skip


def store(needs_minority, seats):
    """Store a drawn committee, whatever it is like."""
    body = make.organization(kind="township", needs_minority_member=needs_minority)
    for drawn in seats:
        ends = (drawn["term"], drawn["left"])
        term, left = (day if day and day > drawn["from_on"] else None for day in ends)
        Appointment.objects.create(
            mediator=make.mediator(sex=drawn["sex"], ethnicity=drawn["ethnicity"]),
            organization=body,
            employment="part_time",
            post=drawn["post"],
            state="ended" if left else drawn["state"],
            from_on=drawn["from_on"],
            term_until_on=term,
            until_on=left,
            ended_by="resigned" if left else "",
        )
    return body


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(committees=some_committees, ahead=st.integers(0, 45))
def test_the_rule_and_the_database_say_the_same_of_any_committee(committees, ahead):
    with transaction.atomic():
        bodies = [store(*one) for one in committees]
        until = TODAY + timedelta(days=ahead)
        everything = Organization.objects.all()
        seats, gone = (
            seats_of(everything, TODAY),
            set(unlawful(everything, TODAY).values_list("pk", flat=True)),
        )
        days = dict(with_forecast(everything, TODAY, until).values_list("pk", "unlawful_on"))
        for body in bodies:
            held = list(body.appointments.select_related("mediator"))
            flag = {"needs_minority": body.needs_minority_member}
            faults = faults_of(seats_on(held, TODAY), **flag)
            known = first_unlawful_day(held, after=TODAY, until=until, **flag)

            assert seats[body.pk] == seats_on(held, TODAY)
            assert (body.pk in gone) == bool(faults)
            assert days[body.pk] == (TODAY if faults else known or NEVER)
            assert known == next(
                (
                    day
                    for day in (TODAY + n * DAY for n in range(1, ahead + 1))
                    if faults_of(seats_on(held, day), **flag)
                    and (faults == [] or day in turns(held))
                ),
                None,
            )
        transaction.set_rollback(True)


def turns(held):
    """The days on which the seats of a committee change."""
    return {day for row in held for day in (row.from_on, row.term_until_on, row.until_on)}
