"""The roster rows and their index say what the register says."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from registry.models import Consent, Mediator, MediatorRow, OrganizationRow
from registry.search import index, upkeep
from registry.search.originals import mask
from tests import make
from tests.make import DAY, TODAY
from tests.registry.posts import post as post_in

pytestmark = pytest.mark.django_db


def refresh(*people):
    upkeep.refresh_mediators([person.pk for person in people], today=TODAY)


def names():
    return list(MediatorRow.objects.values_list("name", flat=True))


def test_a_mediator_in_post_gets_a_row_of_public_fields():
    body = make.organization(name="枫桥镇人民调解委员会", kind="township", phone="0575-87010000")
    person = make.mediator(name="陈宏玉", sex="female", certificate_number="ZJ330681000123")
    person.specialities.add(make.speciality())
    person.languages.add(make.language())
    make.appointment(person, body, employment="full_time", term_until_on=TODAY + DAY)
    make.level_holding(person, 1)

    refresh(person)

    row = MediatorRow.objects.values().get()
    assert row == {
        "rank": 3 * 10**12 + person.pk,
        "mediator_id": person.pk,
        "public_id": person.public_id,
        "name": "陈宏玉",
        "sex": "female",
        "division_id": 330681000000,
        "place": "Division 330681",
        "organization_public_id": body.public_id,
        "organization_name": "枫桥镇人民调解委员会",
        "organization_kind": "township",
        "work_phone": "0575-87010000",
        "post": "mediator",
        "employment": "full_time",
        "from_on": TODAY - 400 * DAY,
        "term_until_on": TODAY + DAY,
        "level": "l1",
        "level_from_on": TODAY - 200 * DAY,
        "level_until_on": None,
        "specialities": "neighbours",
        "languages": "mandarin",
        "certificate_masked": "ZJ**********23",
    }


def test_the_fuller_post_is_the_main_one():
    person = make.mediator()
    make.appointment(
        person, make.organization(name="甲"), employment="part_time", from_on=TODAY - 900 * DAY
    )
    make.appointment(person, make.organization(name="乙"), employment="full_time")

    refresh(person)

    assert MediatorRow.objects.get().organization_name == "乙"


@pytest.mark.parametrize(
    "state",
    ["candidate", "vetting", "notice", "awaiting_duty", "probation", "suspended", "rejected"],
)
def test_who_is_not_in_post_has_no_row(state):
    refresh(post_in(state).mediator)

    assert names() == []


@pytest.mark.parametrize("state", ["draft", "filing", "not_listed", "deregistered", "closing"])
def test_who_serves_where_nobody_may_mediate_has_no_row(state):
    refresh(make.appointment(body=make.organization(state)).mediator)

    assert names() == []


@pytest.mark.parametrize(("from_on", "listed"), [(TODAY, 1), (TODAY + DAY, 0)])
def test_an_appointment_counts_from_its_first_day(from_on, listed):
    refresh(make.appointment(from_on=from_on).mediator)

    assert len(names()) == listed


@pytest.mark.parametrize(("until_on", "level"), [(TODAY, ""), (TODAY + DAY, "l4")])
def test_a_level_counts_until_the_day_before_its_end(until_on, level):
    person = make.appointment().mediator
    make.level_holding(person, until_on=until_on)

    refresh(person)

    assert MediatorRow.objects.get().level == level


def test_leaving_the_roster_takes_row_and_index_entry_away():
    post = make.appointment()
    refresh(post.mediator)
    post.state, post.until_on, post.ended_by = "ended", TODAY, "resigned"
    post.save()

    refresh(post.mediator)

    assert names() == []
    assert list(index.read(index.MEDIATORS)) == []


def test_a_new_level_moves_the_row_and_leaves_nothing_behind():
    person = make.appointment().mediator
    refresh(person)
    make.level_holding(person, 2)

    refresh(person)

    assert MediatorRow.objects.get().level == "l2"
    assert len(list(index.read(index.MEDIATORS))) == 1


def test_a_change_of_an_organization_reaches_its_people():
    body = make.organization(name="旧名")
    person = make.appointment(body=body).mediator
    refresh(person)
    body.name = "新名"
    body.save()

    upkeep.refresh_organizations([body.pk], today=TODAY)

    assert MediatorRow.objects.get().organization_name == "新名"
    assert OrganizationRow.objects.get().name == "新名"


def test_a_removed_original_takes_its_row_along():
    post = make.appointment()
    refresh(post.mediator)
    pk = post.mediator.pk
    post.delete()
    Mediator.objects.filter(pk=pk).delete()

    upkeep.refresh_mediators([pk], today=TODAY)

    assert names() == []


def test_an_act_that_fails_leaves_the_roster_as_it_was():
    person = make.appointment().mediator
    refresh(person)
    before = list(index.read(index.MEDIATORS))

    def failing_act():
        with transaction.atomic():
            Mediator.objects.filter(pk=person.pk).update(name="别人")
            refresh(person)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing_act()

    assert names() == [person.name]
    assert list(index.read(index.MEDIATORS)) == before


def test_rebuilding_makes_the_roster_equal_to_the_register(time_machine, capsys):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    person = make.appointment().mediator
    stale = make.appointment().mediator
    refresh(stale)
    stale.appointments.all().delete()
    stale.delete()
    make.organization("draft")

    call_command("rebuild_roster")
    call_command("check_roster")

    assert names() == [person.name]
    assert capsys.readouterr().out.splitlines() == [
        "1 mediators and 2 organisations are on the roster.",
        "The roster is equal to the register.",
    ]


@pytest.mark.parametrize("column", ["name", "specialities", "rank"])
def test_a_row_that_differs_is_found(time_machine, column):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    make.appointment()
    call_command("rebuild_roster")
    MediatorRow.objects.update(**{column: 7})

    with pytest.raises(CommandError):
        call_command("check_roster")


def test_an_index_entry_that_differs_is_found():
    person = make.appointment().mediator
    upkeep.rebuild(today=TODAY)
    Mediator.objects.filter(pk=person.pk).update(certificate_number="12345")

    assert list(upkeep.differences(today=TODAY)) == [("mediator", person.pk)]


def test_the_number_of_queries_does_not_grow_with_the_people(django_assert_num_queries):
    people = [make.appointment().mediator for _ in range(3)]
    for person in people:
        person.specialities.add(make.speciality())
        make.level_holding(person)

    refresh(people[0])
    with CaptureQueriesContext(connection) as for_one:
        refresh(people[0])
    with django_assert_num_queries(len(for_one)):
        refresh(*people)


def test_the_number_of_queries_does_not_grow_with_the_places(django_assert_num_queries):
    codes = ("330681101", "330681102", "330682103")
    bodies = [make.organization(in_division=make.division(code)) for code in codes]
    people = [make.appointment(body=body).mediator for body in bodies]

    refresh(people[0])
    with CaptureQueriesContext(connection) as for_one:
        refresh(people[0])
    with django_assert_num_queries(len(for_one)):
        refresh(*people)

    places = MediatorRow.objects.order_by("mediator_id").values_list("place", flat=True)
    assert list(places) == [f"Division {code[:6]} Division {code}" for code in codes]


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("", ""),
        ("123", "***"),
        ("1234", "****"),
        ("12345", "12*45"),
        ("330681201500123", "33***********23"),
    ],
)
def test_a_certificate_number_is_shown_with_its_middle_hidden(number, masked):
    assert mask(number) == masked


def test_consent_changes_nothing_in_the_row():
    person = make.appointment().mediator
    refresh(person)
    before = MediatorRow.objects.values().get()
    Consent.objects.create(mediator=person, field="phone", given_on=TODAY, recorded_by=make.user())

    refresh(person)

    assert MediatorRow.objects.values().get() == before
