"""Levels are recorded and ended by the bureau; an older one answers for its own days."""

import pytest

from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from registry.actions import levels
from registry.models import LevelHolding, Mediator, MediatorRow
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
EARLIER, LATER = TODAY - 400 * DAY, TODAY - 100 * DAY
SOURCE = "绍司发〔2026〕9号"


def record(person, rank=2, from_on=TODAY):
    return levels.record_level(
        person.pk, by=None, today=TODAY, reason=REASON, level=make.level(rank), from_on=from_on,
        source=SOURCE,
    )  # fmt: skip


def end(person, until_on=TODAY):
    return levels.end_level(person.pk, by=None, today=TODAY, reason=REASON, until_on=until_on)


def test_a_level_is_recorded_told_and_public():
    person = make.appointment().mediator

    holding = record(person)

    entry = LedgerEntry.objects.of(person).get()
    assert (holding.level.code, holding.from_on, holding.until_on) == ("l2", TODAY, None)
    assert entry.act == "registry.mediator.record_level"
    assert entry.after == {
        "level_held": "二级", "level_source": SOURCE, "level_from_on": TODAY.isoformat(),
    }  # fmt: skip
    assert MediatorRow.objects.get(mediator=person).level == "l2"


def test_a_new_level_ends_the_one_before_it_on_its_first_day():
    person = make.mediator()
    first = make.level_holding(person, 4, from_on=EARLIER)

    second = record(person, 3, LATER)

    first.refresh_from_db()
    assert (first.until_on, second.until_on) == (LATER, None)


@pytest.mark.parametrize(
    ("rank", "from_on", "sentence"),
    [
        (3, TODAY + DAY, "lies in the future"),
        (4, TODAY, "holds this level"),
        (3, LATER, "began on this day or later"),
    ],
)
def test_a_level_that_does_not_fit_is_refused(rank, from_on, sentence):
    person = make.mediator()
    make.level_holding(person, 4, from_on=LATER)

    with pytest.raises(Refused, match=sentence):
        record(person, rank, from_on)

    assert LevelHolding.objects.get().until_on is None


@pytest.mark.parametrize(("from_on", "passes"), [(LATER, True), (LATER - DAY, False)])
def test_two_levels_are_never_held_on_one_day(from_on, passes):
    person = make.mediator()
    make.level_holding(person, 4, from_on=EARLIER, until_on=LATER)

    if passes:
        assert record(person, 3, from_on).from_on == LATER
    else:
        with pytest.raises(Refused, match="held another level"):
            record(person, 3, from_on)


def test_a_level_is_ended_and_the_roster_shows_none():
    person = make.appointment().mediator
    make.level_holding(person, 2, from_on=EARLIER)

    end(person)

    assert LevelHolding.objects.get().until_on == TODAY
    assert MediatorRow.objects.get(mediator=person).level == ""
    with pytest.raises(Refused, match="holds no level"):
        end(person)


@pytest.mark.parametrize(
    ("until_on", "sentence"),
    [(TODAY + DAY, "lies in the future"), (LATER, "before it begins")],
)
def test_an_end_that_does_not_fit_is_refused(until_on, sentence):
    person = make.mediator()
    make.level_holding(person, 2, from_on=LATER)

    with pytest.raises(Refused, match=sentence):
        end(person, until_on)


def test_an_erased_person_is_given_no_level():
    person = make.mediator()
    Mediator.objects.update(erased_on=TODAY)

    with pytest.raises(Refused, match="stays as it is"):
        record(person)


# --- On the desk --------------------------------------------------------------------------------


def test_an_officer_records_and_ends_a_level(client, county):
    person = make.mediator()
    act = ("mediators", "act", person.pk)
    typed = sent(level=make.level(2).pk, from_on=LATER, source=SOURCE)

    first = client.post(url(*act, "record-level"), typed)
    again = client.post(url(*act, "record-level"), typed)
    page = client.get(url("mediators", "inspect", person.pk)).content.decode()
    ended = client.post(url(*act, "end-level"), sent(until_on=TODAY))

    assert (first.status_code, again.status_code, ended.status_code) == (302, 302, 302)
    assert LevelHolding.objects.get().until_on == TODAY
    assert url(*act, "end-level") in page
    assert SOURCE in client.get(url("mediators", "history", person.pk)).content.decode()


@pytest.mark.parametrize("act", ["record-level", "end-level"])
def test_a_person_of_another_county_cannot_be_found(client, county, act):
    person = make.mediator(in_division=elsewhere())
    make.level_holding(person)

    assert client.get(url("mediators", "act", person.pk, act)).status_code == 404


@pytest.mark.parametrize("role", [Role.JUSTICE_OFFICE, Role.AUDITOR, Role.TRAINER])
def test_others_record_no_level(client, at_desk, role):
    person = make.mediator()
    at_desk(make.officer(role, make.division("330681")))

    assert client.get(url("mediators", "act", person.pk, "record-level")).status_code == 404
