"""No two posts of a person overlap: said by the model, held by the database, whoever writes."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import post_migrate
from django.utils import translation

from office.flow import Refused
from registry import overlaps
from registry.actions import appointments
from registry.flows import HOLDING, AppointmentState
from registry.models import Appointment
from registry.overlaps import told_of_overlaps
from tests import make
from tests.make import DAY, TODAY
from tests.registry.posts import load_rules, person, post

A = AppointmentState
HERE = "This mediator already holds a post in this organisation."
FULL = "This mediator already holds a full-time post."
SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def in_english():
    translation.activate("en")


def held(someone, body, from_on, until_on=None, **fields):
    """A post not yet stored, held on these days; ended if there is a last one."""
    over = {"state": A.ENDED, "ended_by": "resigned"} if until_on else {}
    return Appointment(
        mediator=someone, organization=body, from_on=from_on, until_on=until_on,
        **{"employment": "part_time", **over, **fields},
    )  # fmt: skip


def written_past_python(row):
    with transaction.atomic():
        Appointment.objects.bulk_create([row])


# What one post says, what the other says, and whether both can be. The first is from spring until
# summer, half-open: the first of June belongs to the second.
PERIODS = [
    ((SPRING, SUMMER), (SUMMER, AUTUMN), True),
    ((SPRING, SUMMER), (SUMMER, None), True),
    ((SUMMER, None), (SPRING, SUMMER), True),
    ((SPRING, SUMMER), (SUMMER - DAY, AUTUMN), False),
    ((SPRING, SUMMER), (SUMMER - DAY, None), False),
    ((SPRING, AUTUMN), (SUMMER, SUMMER + DAY), False),
    ((SPRING, None), (AUTUMN, None), False),
    ((AUTUMN, None), (SPRING, None), False),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "second", "passes"), PERIODS)
@pytest.mark.parametrize("same", ["organization", "full_time"])
def test_two_posts_may_touch_and_never_overlap(first, second, passes, same):
    someone, body = person(), make.organization()
    other = body if same == "organization" else make.organization()
    employment = "full_time" if same == "full_time" else "part_time"
    make.saved(held(someone, body, *first, employment=employment))
    row = held(someone, other, *second, employment=employment)

    if passes:
        row.full_clean()
        written_past_python(row)
    else:
        with pytest.raises(Exception) as said:  # noqa: PT011
            row.full_clean()
        assert said.value.messages == [HERE if same == "organization" else FULL]
        with pytest.raises(IntegrityError) as refused:
            written_past_python(row)
        assert "appointment_no_overlap" in str(refused.value)


@pytest.mark.django_db
def test_the_database_refuses_an_update_as_well():
    someone, body = person(), make.organization()
    make.saved(held(someone, body, SPRING, SUMMER))
    second = make.saved(held(someone, body, SUMMER))

    for values in ({"from_on": SUMMER - DAY}, {"from_on": SPRING}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.filter(pk=second.pk).update(**values)
    Appointment.objects.filter(pk=second.pk).update(from_on=SUMMER + DAY)


@pytest.mark.django_db
@pytest.mark.parametrize("state", [state for state in A if state != A.TERM_ENDING])
def test_only_states_that_hold_a_post_count(state):
    someone, body = person(), make.organization()
    make.saved(held(someone, body, SPRING))
    row = post(state, from_on=SPRING)

    def move_in():
        with transaction.atomic():
            Appointment.objects.filter(pk=row.pk).update(mediator=someone, organization=body)

    if state in HOLDING:
        with pytest.raises(IntegrityError):
            move_in()
    else:
        move_in()


@pytest.mark.django_db
def test_other_people_other_places_and_part_time_are_free():
    someone, body = person(), make.organization()
    make.saved(held(someone, body, SPRING, employment="full_time"))

    written_past_python(held(person(), body, SPRING, employment="full_time"))
    written_past_python(held(someone, make.organization(), SPRING))
    written_past_python(held(someone, make.organization(), SPRING, employment="invited"))


@pytest.mark.django_db
def test_a_post_held_on_no_day_overlaps_nothing():
    someone, body = person(), make.organization()
    make.saved(held(someone, body, SPRING, AUTUMN))
    empty = held(someone, body, SUMMER, SUMMER, ended_by="dropped_out")

    empty.full_clean()
    written_past_python(empty)


@pytest.mark.django_db
def test_the_refusal_of_the_database_becomes_the_sentence():
    someone, body = person(), make.organization()
    make.saved(held(someone, body, SPRING, employment="full_time"))

    for other, sentence in [(body, HERE), (make.organization(), FULL)]:
        with pytest.raises(Refused) as refused, told_of_overlaps():
            held(someone, other, SUMMER, employment="full_time").save()
        assert refused.value.messages[0] in {HERE, FULL}
        assert other == body or refused.value.messages == [sentence]


@pytest.mark.django_db
def test_another_fault_of_the_database_stays_what_it_is():
    with pytest.raises(IntegrityError), told_of_overlaps():
        held(person(), make.organization(), SUMMER, state="unknown").save()


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["begin", "begin_probation", "add", "change"])
def test_an_act_that_would_overlap_is_refused_in_a_sentence(step):
    load_rules()
    someone = person()
    make.appointment(someone, employment="full_time", from_on=SPRING)
    given = {"by": make.user(), "today": TODAY, "reason": "A reason."}
    awaiting = post(A.AWAITING_DUTY, someone, employment="full_time")
    part_time = post(A.IN_POST, someone)
    takes = {
        "begin": lambda: appointments.begin_appointment(awaiting.pk, **given),
        "begin_probation": lambda: appointments.begin_probation(awaiting.pk, **given),
        "add": lambda: appointments.add_appointment(
            mediator=someone, organization=make.organization(), employment="full_time",
            from_on=TODAY, **given,
        ),
        "change": lambda: appointments.change_appointment(
            part_time.pk, revision=0, employment="full_time", **given
        ),
    }  # fmt: skip

    with pytest.raises(Exception) as refused:  # noqa: PT011
        takes[step]()

    assert refused.value.messages == [FULL]


def race(*takes):
    """Run the takes at one moment, each on a connection of its own; return what each came to."""
    meet, outcomes = threading.Barrier(len(takes)), []

    def run(take):
        try:
            meet.wait()
            with translation.override("en"):
                take()
            outcomes.append("done")
        except ValidationError as refusal:
            with translation.override("en"):
                outcomes.append(refusal.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[take]) for take in takes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_of_two_units_that_take_one_person_full_time_at_one_moment_one_wins():
    load_rules()
    someone, officers = person(), [make.user(), make.user()]
    rows = [post(A.AWAITING_DUTY, someone, employment="full_time") for _ in officers]

    def begin(row, by):
        return lambda: appointments.begin_appointment(row.pk, by=by, today=TODAY, reason="R.")

    outcomes = race(*map(begin, rows, officers))

    assert outcomes == [FULL, "done"]
    assert Appointment.objects.filter(state=A.IN_POST).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_database_alone_lets_one_of_two_connections_through():
    someone, bodies = person(), [make.organization(), make.organization()]

    def write(body):
        def take():
            with told_of_overlaps():
                held(someone, body, SPRING, employment="full_time").save()

        return take

    outcomes = race(*map(write, bodies))

    assert outcomes == [FULL, "done"]
    assert Appointment.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its constraints.")
def test_the_triggers_of_sqlite_come_back_after_a_migration():
    drops = [sql for sql in overlaps.sqlite_statements() if sql.startswith("DROP")]
    names = [sql.rpartition(" ")[2] for sql in drops]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER {name}")

    overlaps.install(sender=None, using="default")

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        assert set(names) <= {name for (name,) in cursor.fetchall()}
    assert any(receiver[1]() is overlaps.install for receiver in post_migrate.receivers)
