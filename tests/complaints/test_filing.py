"""A complaint is received once, sealed from the first moment, and found by its code alone."""

import pytest
from django.db import connection

from complaints import actions, vault
from complaints.actions.filing import find_by_code
from complaints.models import Complaint, ComplaintClock, SealedIdentity, StatementKind
from office.flow import Refused
from office.models import LedgerEntry
from office.personal import Unreadable
from tests import make
from tests.complaints.make_complaints import IDENTITY, figures, handler, received, said
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
FACTS = "他收了我家两条香烟。"


@pytest.fixture(autouse=True)
def _figures():
    figures()


def test_a_form_sent_twice_makes_one_complaint_and_shows_one_code():
    person = make.appointment().mediator
    first, code = received(about=person, submission="a" * 32)
    again, same = received(about=person, submission="a" * 32)
    assert (again.pk, same) == (first.pk, code)
    assert Complaint.objects.count() == 1
    assert LedgerEntry.objects.filter(act="complaints.complaint.receive").count() == 1


def test_the_code_finds_its_complaint_however_it_is_typed_and_no_other():
    made, code = received()
    other, other_code = received()
    assert code != other_code
    assert find_by_code(code.lower().replace("-", " ")) == made
    assert find_by_code(other_code) == other
    assert find_by_code("AAAA-AAAA-AAAA-AAAA") is None


def test_neither_code_nor_text_nor_name_lies_open_in_any_table(transactional_db):
    made, code = received(facts=FACTS)
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - every table there is
            found.extend(str(row) for row in cursor.fetchall())
    whole = "\n".join(found)
    plain_code = code.replace("-", "")
    assert made.number in whole
    assert not [
        secret
        for secret in [FACTS, IDENTITY["name"], IDENTITY["phone"], code, plain_code]
        if secret in whole
    ]


def test_of_an_anonymous_complaint_no_identity_is_kept_even_if_one_is_given():
    made, _code = received(mode="anonymous", identity=IDENTITY)
    assert not SealedIdentity.objects.filter(complaint=made).exists()
    assert vault.identity(made) == {}


def test_the_limit_to_accept_runs_from_the_day_it_came():
    made, _code = received(today=make.date(2026, 2, 12))
    clock = ComplaintClock.objects.get(complaint=made)
    assert (clock.key, clock.due_on) == ("accept_days", make.date(2026, 2, 26))


def test_without_a_figure_nothing_is_received():
    ComplaintClock.objects.all().delete()
    from complaints.models import ComplaintPolicy  # noqa: PLC0415

    ComplaintPolicy.objects.all().delete()
    with pytest.raises(Refused):
        received()
    assert not Complaint.objects.exists()


def test_what_is_sealed_opens_in_its_own_complaint_only():
    made, _code = received(facts=FACTS)
    other, _code = received()
    statement = made.statements.get(kind=StatementKind.FACTS)
    statement.complaint = other
    statement.save()
    with pytest.raises(Unreadable):
        vault.statements(other)


def test_once_the_key_is_destroyed_nothing_opens_again():
    made, _code = received(facts=FACTS)
    assert said(made, StatementKind.FACTS) == [FACTS]
    vault.destroy(made, today=TODAY)
    for reading in [vault.statements, vault.files]:
        with pytest.raises(vault.Destroyed):
            reading(made)
    with pytest.raises(vault.Destroyed):
        vault.identity(made)


def test_only_those_it_was_given_to_may_read_it():
    made, _code = received(facts=FACTS)
    officer = handler()
    with pytest.raises(actions.NotGiven):
        actions.told_of(made, officer)
    actions.give_access(made, officer, "handler", by=officer, today=TODAY)
    assert [text for _row, text in actions.told_of(made, officer)] == [FACTS]
    actions.take_access(made, officer, by=officer, today=TODAY)
    with pytest.raises(actions.NotGiven):
        actions.told_of(made, officer)


def test_the_person_complained_of_and_people_of_the_unit_never_see_the_row():
    person = make.appointment().mediator
    colleague = make.appointment(body=person.appointments.first().organization).mediator
    made, _code = received(about=person)
    for each in (person, colleague):
        each.user = handler()
        each.save()
        assert not Complaint.objects.within(each.user).exists()
    assert Complaint.objects.within(handler()).get() == made


def test_a_complaint_about_nobody_known_is_seen_by_handlers_of_the_place():
    made, _code = received(about=make.appointment().mediator)
    Complaint.objects.filter(pk=made.pk).update(about="unknown", mediator=None, organization=None)
    assert Complaint.objects.within(handler()).exists()
    assert not Complaint.objects.within(handler("330682")).exists()


def test_a_pause_moves_the_last_day_and_a_second_pause_of_a_standing_clock_does_nothing():
    made, _code = received(today=make.date(2026, 9, 14))
    clock = made.clocks.get()
    assert clock.due_on == make.date(2026, 9, 20)
    actions.pause_clocks(made, today=make.date(2026, 9, 15), why="material")
    actions.pause_clocks(made, today=make.date(2026, 9, 15), why="suspended")
    clock.refresh_from_db()
    assert (clock.due_on, clock.is_provisional) == (None, False)
    actions.resume_clocks(made, today=make.date(2026, 9, 17), why="material")
    clock.refresh_from_db()
    assert clock.due_on > make.date(2026, 9, 20)
    assert clock.pauses.get().until_on == make.date(2026, 9, 17)


def test_a_stopped_clock_is_not_counted_again():
    made, _code = received()
    actions.stop_clock(made, "accept_days", today=TODAY + DAY)
    assert made.clocks.get().stopped_on == TODAY + DAY
    assert actions.recount_clocks() == 0
