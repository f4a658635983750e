"""The register answers for any day as it was known at any moment, whatever changed it."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.flow import Refused, taking
from office.models import LedgerEntry
from registry.actions import appointments, mediators, organizations
from registry.flows import OrganizationState
from registry.models import (
    Appointment,
    AppointmentVersion,
    LevelVersion,
    Mediator,
    MediatorVersion,
    Organization,
    OrganizationVersion,
)
from registry.models.version import VERSIONS
from registry.versions import columns_of, statements
from tests import make
from tests.make import DAY, TODAY, moment

pytestmark = pytest.mark.django_db

FOUNDED = date(2012, 3, 15)
KEYS = {"organization": Organization, "mediator": Mediator, "appointment": Appointment}


def names_on(day, known_at):
    rows = OrganizationVersion.objects.as_of(day, known_at)
    return sorted(rows.values_list("name", "state"))


@pytest.fixture
def officer():
    return make.user(is_superuser=True)


def change(body, officer, today=TODAY, **fields):
    return organizations.correct_entry(
        body.pk, by=officer, today=today, reason="Checked.", revision=body.revision, **fields
    )


def test_an_organisation_answers_from_the_day_it_was_established():
    make.organization(name="甲村人民调解委员会", established_on=FOUNDED)
    now = moment()

    assert names_on(FOUNDED - DAY, now) == []
    assert names_on(FOUNDED, now) == [("甲村人民调解委员会", "listed")]
    assert names_on(TODAY, now) == [("甲村人民调解委员会", "listed")]


def test_a_correction_takes_the_place_of_what_was_wrong_for_all_days_but_stays_known(officer):
    body = make.organization(name="甲村人民调解委员会")
    before = moment()
    change(body, officer, name="乙村人民调解委员会")
    after = moment()

    assert (
        names_on(FOUNDED, before) == names_on(TODAY, before) == [("甲村人民调解委员会", "listed")]
    )
    assert names_on(FOUNDED, after) == names_on(TODAY, after) == [("乙村人民调解委员会", "listed")]


def test_a_step_changes_the_state_from_its_day_on_and_leaves_the_days_before(officer):
    body = make.organization(OrganizationState.DRAFT, name="甲村人民调解委员会")
    organizations.list_organization(body.pk, by=officer, today=TODAY, reason="Complete.")
    now = moment()

    assert names_on(TODAY - DAY, now) == [("甲村人民调解委员会", "draft")]
    assert names_on(TODAY, now) == [("甲村人民调解委员会", "listed")]


def test_nothing_is_known_before_it_was_recorded():
    earlier = moment()
    make.organization()

    assert names_on(TODAY, earlier) == []


def test_a_statement_past_python_leaves_what_was_said_before_as_well():
    body = make.organization(name="甲村人民调解委员会")
    before = moment()
    Organization.objects.filter(pk=body.pk).update(name="乙村人民调解委员会")

    assert names_on(TODAY, before) == [("甲村人民调解委员会", "listed")]
    assert names_on(TODAY, moment()) == [("乙村人民调解委员会", "listed")]


def test_what_is_taken_back_stays_known():
    body = make.organization(name="甲村人民调解委员会")
    before = moment()
    body.delete()

    assert names_on(TODAY, before) == [("甲村人民调解委员会", "listed")]
    assert names_on(TODAY, moment()) == []


def test_a_change_of_what_no_version_copies_adds_none():
    body = make.organization()
    Organization.objects.filter(pk=body.pk).update(hours="全天", revision=7)

    assert OrganizationVersion.objects.filter(subject=body.pk).count() == 1


def test_a_post_is_held_on_the_days_of_its_own_dates():
    held = make.appointment(from_on=date(2024, 5, 1))
    now = moment()

    def holders(day):
        return list(AppointmentVersion.objects.as_of(day, now).values_list("subject", flat=True))

    assert holders(date(2024, 4, 30)) == []
    assert holders(date(2024, 5, 1)) == [held.pk]


def test_an_end_recorded_later_holds_for_the_day_it_names_and_was_not_known_before():
    held = make.appointment(from_on=date(2024, 5, 1))
    before = moment()
    left_on = TODAY - 30 * DAY
    Appointment.objects.filter(pk=held.pk).update(
        state="ended", until_on=left_on, ended_by="resigned"
    )
    after = moment()

    def is_held(day, known_at):
        return AppointmentVersion.objects.as_of(day, known_at).filter(subject=held.pk).exists()

    assert [is_held(left_on, before), is_held(left_on, after)] == [True, False]
    assert is_held(left_on - DAY, after)


def test_a_candidate_holds_no_post():
    make.appointment(state="candidate")

    assert AppointmentVersion.objects.as_of(TODAY, moment()).count() == 0


def test_a_level_answers_for_its_own_dates():
    person = make.mediator()
    make.level_holding(person, from_on=date(2023, 1, 1), until_on=date(2025, 1, 1))
    now = moment()

    def held(day):
        return LevelVersion.objects.as_of(day, now).filter(mediator_id=person.pk).count()

    assert [held(date(2022, 12, 31)), held(date(2023, 1, 1)), held(date(2024, 12, 31))] == [0, 1, 1]
    assert held(date(2025, 1, 1)) == 0


def test_a_person_is_told_as_known(officer):
    person = make.mediator(name="张伟")
    before = moment()
    mediators.change_mediator(
        person.pk, by=officer, today=TODAY, reason="Checked.", revision=0, name="章伟"
    )

    def name_at(known_at):
        return MediatorVersion.objects.as_of(TODAY, known_at).get(subject=person.pk).name

    assert [name_at(before), name_at(moment())] == ["张伟", "章伟"]


def test_organisations_are_scoped_by_where_they_were():
    body = make.organization(in_division=make.division("330681001"))
    make.organization(in_division=make.division("330602001"))
    officer = make.officer("county_bureau", make.division("330681"))

    rows = OrganizationVersion.objects.as_of(TODAY, moment()).within(officer)

    assert list(rows.values_list("subject", flat=True)) == [body.pk]


@pytest.mark.parametrize("version", VERSIONS)
def test_each_version_copies_columns_of_its_source_only(version):
    of_source = {field.column for field in version.source._meta.concrete_fields}

    assert set(columns_of(version)) <= of_source


@pytest.mark.parametrize("version", VERSIONS)
def test_putting_the_triggers_in_place_again_changes_nothing_and_fills_what_is_missing(version):
    make.level_holding(make.appointment().mediator)
    whole = list(version.objects.order_by("subject").values(*columns_of(version)))
    version.objects.all().delete()

    for _ in range(2):
        with connection.cursor() as cursor:
            for sql in statements(version, connection.vendor):
                cursor.execute(sql)

    assert list(version.objects.order_by("subject").values(*columns_of(version))) == whole


def replayed(body, known_at):
    """Return what the ledger tells of an organisation: one row for each period, in their order."""
    periods = []
    for entry in LedgerEntry.objects.of(body).filter(at__lte=known_at).order_by("sequence"):
        row = {**(periods[-1] if periods else {}), **entry.after}
        row["since"] = row.get("effective_on") or row["established_on"]
        periods = [*(old for old in periods if old["since"] < row["since"]), row]
    return periods


def by_replay(bodies, day, known_at):
    last = [
        [row for row in replayed(body, known_at) if row["since"] <= day.isoformat()][-1:]
        for body in bodies
    ]
    return sorted((row["name"], row["state"]) for rows in last for row in rows)


STEPS = [
    "submit", "pass_on", "send_back", "list", "propose_change", "settle_change", "order", "restore",
    "close", "reopen",
]  # fmt: skip
ACTS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["rename", *STEPS]), st.integers(0, 40)),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS, day=st.integers(-5, 60), cut=st.integers(0, 12))
def test_for_any_acts_the_answer_equals_a_replay_of_the_ledger(officer, acts, day, cut):
    Organization.objects.all().delete()
    bodies, moments, today = [added(officer, number) for number in range(3)], [moment()], TODAY
    for number, act, days in acts:
        today += days * DAY
        carried_out(act, bodies[number], officer, today)
        moments.append(moment())
    asked_on, known_at = TODAY + day * DAY, moments[min(cut, len(acts))]

    assert names_on(asked_on, known_at) == by_replay(bodies, asked_on, known_at)


def added(officer, number):
    return organizations.add_organization(
        by=officer,
        today=TODAY,
        reason="New.",
        name=f"{number}村人民调解委员会",
        kind="village",
        division=make.division(),
        established_on=FOUNDED,
    )


def carried_out(act, body, officer, today):
    """Carry out an act if the flow allows it; a refusal changes nothing."""
    body.refresh_from_db()
    try:
        if act == "rename":
            change(body, officer, today, name=f"{body.name}新")
        else:
            with taking(act, Organization.objects, body.pk, by=officer, today=today):
                pass
    except Refused:
        assert body.revision == Organization.objects.get(pk=body.pk).revision


def test_suspended_is_hidden_from_choice_but_not_from_the_register(officer):
    held = make.appointment()
    appointments.suspend_appointment(held.pk, by=officer, today=TODAY, reason="Leave.")

    assert AppointmentVersion.objects.as_of(TODAY, moment()).filter(subject=held.pk).exists()
