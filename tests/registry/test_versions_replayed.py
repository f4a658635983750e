"""For any life of posts and levels the versions say what the ledger, or a plain model, says."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.models import LedgerEntry
from registry.actions import appointments, departures, levels, nominate
from registry.models import Appointment, AppointmentVersion, LevelVersion
from tests import make
from tests.make import DAY, TODAY, moment
from tests.registry.posts import UNIT, load_rules, paper, person

pytestmark = pytest.mark.django_db
SOME = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WHY = "Decided."
DAYS_ASKED = [TODAY + days * DAY for days in range(-12, 140, 8)]
HELD = {"probation", "in_post", "suspended", "ended"}


@pytest.fixture(autouse=True)
def rules():
    load_rules()


def is_within(day, from_on, until_on):
    return from_on <= day and (until_on is None or day < until_on)


# --- Posts: against a replay of the ledger -------------------------------------------------------

PLAIN = {
    "candidate": appointments.vet_appointment,
    "awaiting_duty": appointments.begin_appointment,
    "suspend": appointments.suspend_appointment,
    "resume": appointments.resume_appointment,
    "reject": appointments.reject_appointment,
}
OFTEN = ["onward", "add", "resign"]
ACTS = [*OFTEN, *OFTEN, "onward", "change", "renew", "lapse", "suspend", "resume", "reject"]
LIVES = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(ACTS), st.integers(0, 25)),
    min_size=8,
    max_size=14,
)


@SOME
@given(life=LIVES, cut=st.integers(0, 6))
def test_for_any_acts_on_posts_the_answer_equals_a_replay_of_the_ledger(life, cut):
    people, body, by = [person(), person()], make.organization(), [make.user(), make.user()]
    moments, today = [moment()], TODAY
    for number, act, days in life:
        today += days * DAY
        on_a_post(act, people[number], body, by, today)
        moments.append(moment())
    known_at = moments[max(0, len(life) - cut)]

    for day in DAYS_ASKED:
        rows = AppointmentVersion.objects.as_of(day, known_at).filter(organization_id=body.pk)
        found = sorted(rows.values_list("subject", "post", "state"))
        assert found == posts_by_replay(body, day, known_at)


def posts_by_replay(body, day, known_at):
    """Return (number, post, state) of each post held on a day, as the ledger told by then."""
    told = {row.pk: {} for row in Appointment.objects.filter(organization=body)}
    for pk, row in told.items():
        entries = LedgerEntry.objects.of(Appointment(pk=pk)).filter(at__lte=known_at)
        for entry in entries.order_by("sequence"):
            row.update(entry.after)
    return sorted(
        (pk, row["post"], row["state"])
        for pk, row in told.items()
        if row
        and row["state"] in HELD
        and is_within(day.isoformat(), row["from_on"], row.get("until_on"))
    )


def on_a_post(act, someone, body, by, today):
    """Carry out an act on the last post of a person if it is possible; else nothing changes."""
    last = someone.appointments.order_by("pk").last()
    note = {"by": by[0], "today": today, "reason": WHY}
    try:
        if act == "add":
            appointments.add_appointment(**a_post(someone, body, today - 5 * DAY), **note)
        elif act == "onward":
            onward(last, someone, body, by, today)
        elif last:
            take(act, last, note)
    except ValidationError:
        return


def a_post(someone, body, from_on):
    return {
        "mediator": someone, "organization": body, "post": "member", "employment": "part_time",
        "from_on": from_on, "term_until_on": from_on + 60 * DAY,
    }  # fmt: skip


def onward(last, someone, body, by, today):
    """Nominate the person, or take the nomination the next step towards the post."""
    note = {"by": by[0], "today": today, "reason": WHY}
    if last is None or last.state in {"ended", "rejected"}:
        nominate(**a_post(someone, body, today + 3 * DAY), **note)
    elif last.state == "vetting":
        appointments.accept_appointment(
            last.pk, route="elected", unit_body="villagers", unit=UNIT, decided_on=today,
            document=paper(), **{**note, "by": by[1]},
        )  # fmt: skip
    elif last.state in PLAIN:
        PLAIN[last.state](last.pk, **note)


def take(act, last, note):
    today = note["today"]
    if act == "change":
        changed = {"post": "deputy", "from_on": last.from_on - DAY, "revision": last.revision}
        appointments.change_appointment(last.pk, **changed, **note)
    elif act == "resign":
        left_on = today - 2 * DAY
        departures.resign_appointment(last.pk, until_on=left_on, document=paper(), **note)
    elif act == "renew":
        none = {"without_reviews_because": "None is held yet."}
        departures.renew_appointment(last.pk, decided_on=today, **none, **note)
    elif act == "lapse":
        departures.lapse_appointment(last.pk, told_on=today, **note)
    else:
        PLAIN[act](last.pk, **note)


# --- Levels: against a list of spans ------------------------------------------------------------

LEVELS = st.lists(
    st.tuples(
        st.sampled_from(["record", "record", "end"]),
        st.integers(1, 4),
        st.integers(0, 30),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=10,
)


@SOME
@given(life=LEVELS, day=st.integers(-30, 200), cut=st.integers(0, 10))
def test_for_any_acts_on_levels_the_answer_equals_a_list_of_spans(life, day, cut):
    someone, by, today = make.mediator(), make.user(), TODAY
    spans, known = [], [(moment(), [])]
    for act, rank, days, back in life:
        today += days * DAY
        note = {"by": by, "today": today, "reason": WHY}
        spans = on_a_level(act, someone, spans, note, rank=rank, on=today - back * DAY)
        known.append((moment(), spans))
    asked_on, (known_at, then) = TODAY + day * DAY, known[min(cut, len(life))]

    rows = LevelVersion.objects.as_of(asked_on, known_at).filter(mediator_id=someone.pk)
    assert list(rows.values_list("level_id", flat=True)) == [
        level for level, from_on, until_on in then if is_within(asked_on, from_on, until_on)
    ]


def on_a_level(act, someone, spans, note, *, rank, on):
    """Carry out an act on a level; returns the spans as they are after it."""
    level = make.level(rank)
    before, running = spans[:-1], spans[-1:]
    ended = [(held, from_on, until_on or on) for held, from_on, until_on in running]
    try:
        if act == "end":
            levels.end_level(someone.pk, until_on=on, **note)
            return [*before, *ended]
        levels.record_level(someone.pk, level=level, from_on=on, source="", **note)
    except ValidationError:
        return spans
    return [*before, *ended, (level.pk, on, None)]


def test_the_lives_above_do_reach_posts_that_are_held_renewed_and_left():
    someone, body, by = person(), make.organization(), [make.user(), make.user()]
    way = ["onward"] * 4
    for act, day in [*[(act, TODAY) for act in way], ("renew", date(2027, 1, 20))]:
        on_a_post(act, someone, body, by, day)

    assert sorted(someone.appointments.values_list("state", flat=True)) == ["ended", "in_post"]
