"""Sessions and enrolments: seats, the waiting list, attendance, hours, and what goes wrong."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_sessions as sessions
from tests.training.make_sessions import note
from training import actions
from training.flows import ENROLMENT, SESSION, EnrolmentState, SessionState
from training.models import Attendance, Enrolment, HourEntry, TrainingSession

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
FIRST_DAY = TODAY + sessions.WEEK


def fresh(row):
    return type(row).objects.get(pk=row.pk)


class TestTheFlows:
    @pytest.mark.parametrize("state", SessionState.values)
    @pytest.mark.parametrize("step", SESSION.steps)
    def test_a_session_takes_a_step_only_from_its_states(self, state, step):
        row = sessions.session(state, starts_on=TODAY, enrol_until_on=TODAY)
        allowed = SESSION.refusals(row, step, TODAY) == []

        assert allowed is (state in SESSION.steps[step].sources)

    @pytest.mark.parametrize("state", EnrolmentState.values)
    @pytest.mark.parametrize("step", ENROLMENT.steps)
    def test_an_enrolment_takes_a_step_only_from_its_states(self, state, step):
        of = sessions.session("closed" if step in {"complete", "miss"} else "open", seats=1)
        row = sessions.enrolment(state, of=of)
        row.minutes = of.minutes if step == "complete" else 0
        row.session.taken = 1 if step == "put_on_list" else 0
        allowed = ENROLMENT.refusals(row, step, TODAY) == []

        assert allowed is (state in ENROLMENT.steps[step].sources)

    @pytest.mark.parametrize(("day", "passes"), [(FIRST_DAY - DAY, True), (FIRST_DAY, False)])
    def test_a_session_is_opened_until_the_last_day_to_enrol(self, day, passes):
        row = sessions.session("draft")

        assert (SESSION.refusals(row, "open", day) == []) is passes

    def test_a_session_without_parts_is_not_opened(self):
        row = sessions.session("draft", parts=0)

        assert SESSION.refusals(row, "open", TODAY) == ["No part with its hours is planned yet."]

    def test_a_session_is_not_opened_at_a_closed_or_too_small_base(self):
        row = sessions.session("draft", seats=61)
        row.base.state, row.base.seats = "closed", 60

        assert len(SESSION.refusals(row, "open", TODAY)) == 2

    @pytest.mark.parametrize(("days", "passes"), [(-1, False), (0, True)])
    def test_a_session_begins_on_its_first_day(self, days, passes):
        row = sessions.session()

        assert (SESSION.refusals(row, "start", FIRST_DAY + days * DAY) == []) is passes

    def test_a_session_does_not_begin_while_somebody_awaits_approval(self):
        row = sessions.session()
        waiting = sessions.enrolment("pending", of=row)
        assert SESSION.refusals(row, "start", FIRST_DAY) != []
        actions.reject(waiting.pk, **note())

        assert SESSION.refusals(row, "start", FIRST_DAY) == []

    @pytest.mark.parametrize(("days", "passes"), [(-1, False), (0, True)])
    def test_a_session_closes_on_its_last_day(self, days, passes):
        row = sessions.session("running", parts=4)

        assert (SESSION.refusals(row, "close", FIRST_DAY + DAY + days * DAY) == []) is passes

    def test_a_session_is_not_closed_before_any_attendance_was_noted(self):
        row = sessions.session("running", starts_on=TODAY)
        held = sessions.enrolment(of=row)
        assert SESSION.refusals(row, "close", TODAY) == ["No attendance was noted yet."]
        sessions.attended(held, 0)

        assert SESSION.refusals(row, "close", TODAY) == []

    def test_a_base_is_not_closed_while_a_session_is_to_be_held_there(self):
        row = sessions.session()
        with pytest.raises(Refused):
            actions.close_base(row.base_id, **note())
        actions.cancel_session(row.pk, **note())
        actions.close_base(row.base_id, **note())

        assert actions.reopen_base(row.base_id, **note()).state == "open"


class TestPlanning:
    def plan(self, row, start, hours=2, **given):
        return actions.add_part(
            row.pk,
            **note(),
            starts_at=start,
            ends_at=start + timedelta(hours=hours),
            title="析产",
            **given,
        )

    def test_days_and_minutes_follow_the_parts(self):
        row = sessions.session("draft", parts=0)
        self.plan(row, sessions.at(FIRST_DAY + DAY, 14))
        first = self.plan(row, sessions.at(FIRST_DAY, 9))
        assert (fresh(row).starts_on, fresh(row).ends_on) == (FIRST_DAY, FIRST_DAY + DAY)
        assert fresh(row).minutes == 240
        actions.drop_part(row.pk, **note(), part=first)

        assert (fresh(row).starts_on, fresh(row).minutes) == (FIRST_DAY + DAY, 120)

    @pytest.mark.parametrize(
        ("start", "hours"),
        [
            (sessions.at(FIRST_DAY, 10), 2),
            (sessions.at(TODAY - DAY, 9), 2),
            (sessions.at(FIRST_DAY, 23), 2),
            (sessions.at(FIRST_DAY, 12), 0),
        ],
    )
    def test_a_part_that_cannot_be_is_refused(self, start, hours):
        row = sessions.session("draft")

        with pytest.raises(ValidationError):
            self.plan(row, start, hours)
        assert fresh(row).parts.count() == 2

    def test_an_open_session_keeps_a_part_and_its_last_day_to_enrol(self):
        row = sessions.session(parts=1)
        with pytest.raises(Refused):
            actions.drop_part(row.pk, **note(), part=row.parts.get())
        with pytest.raises(Refused):
            self.plan(row, sessions.at(TODAY, 9))

        assert fresh(row).parts.count() == 1

    def test_nothing_is_planned_any_more_once_it_runs(self):
        row = sessions.session("running")

        with pytest.raises(Refused):
            self.plan(row, sessions.at(FIRST_DAY + DAY, 9))

    def test_the_ledger_tells_of_parts(self):
        row = sessions.session("draft", parts=0)
        self.plan(row, sessions.at(FIRST_DAY, 9), lecturer="周老师")

        entry = LedgerEntry.objects.get(act="training.trainingsession.add_part")
        assert entry.after["lecturer"] == "周老师"
        assert entry.after["when"] == "2026-11-30 09:00–11:00"


class TestEnrolling:
    def test_whoever_enrols_has_a_seat_until_they_are_taken(self):
        row = sessions.session(seats=2)
        for _person in range(3):
            sessions.enrol(row)

        assert sessions.states(row) == ["enrolled", "enrolled", "waitlisted"]
        assert fresh(row).taken == 2

    def test_asking_twice_is_asking_once(self):
        row, who = sessions.session(), sessions.person()

        assert sessions.enrol(row, who) == sessions.enrol(row, who)
        assert fresh(row).taken == 1

    def test_with_approval_nobody_has_a_seat_before(self):
        row = sessions.session(needs_approval=True, seats=1)
        first, second = sessions.enrol(row), sessions.enrol(row)
        assert sessions.states(row) == ["pending", "pending"]
        actions.approve(second.pk, **note())
        actions.approve(first.pk, **note())

        assert sessions.states(row) == ["waitlisted", "enrolled"]

    def test_all_are_approved_in_the_order_they_applied(self):
        row = sessions.session(needs_approval=True, seats=2)
        for _person in range(3):
            sessions.enrol(row)
        actions.approve_all(row.pk, **note())

        assert sessions.states(row) == ["enrolled", "enrolled", "waitlisted"]
        with pytest.raises(Refused):
            actions.approve_all(row.pk, **note())

    @pytest.mark.parametrize(("day", "passes"), [(FIRST_DAY - DAY, True), (FIRST_DAY, False)])
    def test_people_enrol_until_the_last_day(self, day, passes):
        row = sessions.session()
        if passes:
            assert sessions.enrol(row, today=day).state == "enrolled"
        else:
            with pytest.raises(Refused):
                sessions.enrol(row, today=day)

    def test_all_reasons_are_given_at_once(self):
        row = sessions.session("draft", code="330682", own_enrolment=False)
        stranger = make.mediator(user=make.user())

        with pytest.raises(Refused) as refusal:
            sessions.enrol(row, stranger, today=FIRST_DAY)
        assert len(refusal.value.messages) == 5

    def test_the_citys_session_is_open_to_the_county_and_not_the_other_way(self):
        city = sessions.session(code="3306")
        county = sessions.session()
        township = sessions.person("330681109")
        other = sessions.person("330682")

        assert set(TrainingSession.objects.open_to(township)) == {city, county}
        assert set(TrainingSession.objects.open_to(other)) == {city}

    def test_a_seat_that_falls_free_goes_to_the_first_who_waits(self):
        row = sessions.session(seats=1)
        first, second, _third = (sessions.enrol(row) for _person in range(3))
        actions.leave(row.pk, mediator=first.mediator, by=first.mediator.user, today=TODAY)

        assert sessions.states(row) == ["withdrawn", "enrolled", "waitlisted"]
        assert fresh(row).taken == 1
        moved_up = LedgerEntry.objects.get(act="training.enrolment.move_up")
        assert (moved_up.subject_id, moved_up.reason) == (str(second.pk), "A seat fell free.")

    def test_leaving_twice_is_leaving_once_and_one_may_come_back(self):
        row = sessions.session(seats=1)
        first, _second = sessions.enrol(row), sessions.enrol(row)
        for _again in range(2):
            actions.leave(row.pk, mediator=first.mediator, by=None, today=TODAY)
        sessions.enrol(row, first.mediator)

        assert sessions.states(row) == ["withdrawn", "enrolled", "waitlisted"]

    def test_nobody_leaves_by_oneself_once_it_runs(self):
        row = sessions.session()
        mine = sessions.enrol(row)
        sessions.moved(row, "running")

        with pytest.raises(Refused):
            actions.leave(row.pk, mediator=mine.mediator, by=None, today=FIRST_DAY)
        assert actions.withdraw(mine.pk, **note(FIRST_DAY)).state == "withdrawn"
        assert fresh(row).taken == 0

    def test_seats_added_go_to_the_waiting_list_and_seats_taken_are_not_cut(self):
        row = sessions.session(seats=1)
        for _person in range(3):
            sessions.enrol(row)
        actions.change_session(row.pk, **note(), seats=2)
        assert sessions.states(row) == ["enrolled", "enrolled", "waitlisted"]

        with pytest.raises(Exception, match="More people are enrolled than that"):
            actions.change_session(row.pk, **note(), seats=1)

    def test_an_open_session_is_not_changed_into_one_that_could_not_be_opened(self):
        row = sessions.session()

        with pytest.raises(Refused):
            actions.change_session(row.pk, **note(), enrol_until_on=FIRST_DAY + DAY)
        with pytest.raises(Refused):
            actions.change_session(row.pk, **note(), seats=61)

    def test_if_the_next_cannot_move_up_nobody_withdraws(self, monkeypatch):
        row = sessions.session(seats=1)
        first, _second = sessions.enrol(row), sessions.enrol(row)

        def fails(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("training.actions.enrolments.fill_seats", fails)
        with pytest.raises(RuntimeError):
            actions.withdraw(first.pk, **note())

        assert sessions.states(row) == ["enrolled", "waitlisted"]
        assert fresh(row).taken == 1


class TestNominating:
    def nominate(self, row, body, *people):
        return actions.nominate(row.pk, **note(), organization=body, mediators=people)

    def test_an_organisation_nominates_its_own_people_only_and_then_all_or_none(self):
        row = sessions.session()
        own, other = sessions.person(), sessions.person()
        body = own.appointments.get().organization

        with pytest.raises(Refused, match=other.name):
            self.nominate(row, body, own, other)
        assert sessions.states(row) == []
        self.nominate(row, body, own)
        assert row.enrolments.get().organization == body

    def test_whoever_left_is_not_nominated_by_the_old_organisation(self):
        own = sessions.person()
        held = own.appointments.get()
        body = held.organization
        type(held).objects.filter(pk=held.pk).update(**make.left(TODAY))

        with pytest.raises(Refused):
            self.nominate(sessions.session(), body, own)

    def test_where_only_organisations_nominate_nobody_enrols_by_oneself(self):
        row = sessions.session(own_enrolment=False)
        own = sessions.person()
        with pytest.raises(Refused):
            sessions.enrol(row, own)

        assert self.nominate(row, own.appointments.get().organization, own)[0].state == "enrolled"
        assert not TrainingSession.objects.open_to(own).exists()
        assert list(TrainingSession.objects.seen_by(own)) == [row]


class TestCancelling:
    def test_everybody_loses_the_place_and_reads_why(self):
        row = sessions.session(seats=1, needs_approval=False)
        for _person in range(2):
            sessions.enrol(row)
        sessions.enrolment("pending", of=row)
        actions.cancel_session(row.pk, **note(reason="台风。"))

        assert sessions.states(row) == ["withdrawn"] * 3
        assert set(row.enrolments.values_list("note", flat=True)) == {"台风。"}
        assert (fresh(row).taken, fresh(row).cancel_reason) == (0, "台风。")
        assert Enrolment.objects.just_cancelled(TODAY).count() == 3

    def test_if_one_cannot_be_withdrawn_the_session_is_not_cancelled(self, monkeypatch):
        row = sessions.session()
        sessions.enrol(row)

        def fails(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("training.actions.sessions._end", fails)
        with pytest.raises(RuntimeError):
            actions.cancel_session(row.pk, **note())

        assert fresh(row).state == "open"
        assert fresh(row).taken == 1


class TestClosing:
    @pytest.mark.parametrize(
        ("minutes", "state", "hours"),
        [((120, 72), "completed", "4.0"), ((120, 71), "absent", "0"), ((), "absent", "0")],
    )
    def test_whoever_attended_the_least_share_is_credited_all_hours(self, minutes, state, hours):
        row = sessions.session("running", starts_on=TODAY)
        mine, other = sessions.enrolment(of=row), sessions.enrolment(of=row)
        sessions.attended(mine, *minutes)
        sessions.attended(other, 120, 120)
        actions.close_session(row.pk, **note())

        assert fresh(mine).state == state
        assert HourEntry.objects.filter(mediator=mine.mediator).total() == Decimal(hours)
        assert HourEntry.objects.filter(mediator=other.mediator).total() == Decimal(4)

    def test_hours_come_from_the_enrolment_on_the_last_day(self):
        row = sessions.session("running", starts_on=TODAY - DAY, parts=4)
        mine = sessions.enrolment(of=row)
        sessions.attended(mine, 120, 120, 120, 120)
        actions.close_session(row.pk, **note())

        entry = HourEntry.objects.get()
        assert (entry.source_type, entry.source_id) == ("training.enrolment", str(mine.pk))
        assert (entry.done_on, entry.source_title) == (TODAY, row.title)

    def test_who_still_waits_is_told_that_no_seat_fell_free(self):
        row = sessions.session("running", starts_on=TODAY, seats=1)
        sessions.attended(sessions.enrolment(of=row), 120, 120)
        waiting = sessions.enrolment("waitlisted", of=row)
        actions.close_session(row.pk, **note())

        assert (fresh(waiting).state, fresh(waiting).note) == ("withdrawn", "No seat fell free.")

    def test_if_one_cannot_be_credited_the_session_stays_open(self, monkeypatch):
        row = sessions.session("running", starts_on=TODAY)
        mine = sessions.enrolment(of=row)
        sessions.attended(mine, 120, 120)

        def fails(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("training.actions.results.credit_hours", fails)
        with pytest.raises(RuntimeError):
            actions.close_session(row.pk, **note())

        assert (fresh(row).state, fresh(mine).state) == ("running", "enrolled")


class TestCorrecting:
    @pytest.fixture
    def closed(self):
        """A session with one who completed it and one who did not."""
        row = sessions.session("running", starts_on=TODAY)
        there, away = sessions.enrolment(of=row), sessions.enrolment(of=row)
        sessions.attended(there, 120, 120)
        actions.close_session(row.pk, **note())
        return there, away

    def correct(self, enrolment, *minutes):
        parts = enrolment.session.parts.all()
        return actions.correct_attendance(
            enrolment.pk, **note(), minutes=dict(zip(parts, minutes, strict=True))
        )

    def test_hours_are_taken_back_and_credited_again_as_the_minutes_say(self, closed):
        there, away = closed
        assert self.correct(there, 0, 120).state == "absent"
        assert self.correct(away, 120, 120).state == "completed"
        assert self.correct(there, 120, 120).state == "completed"

        totals = [HourEntry.objects.filter(mediator=row.mediator).total() for row in closed]
        assert totals == [4, 4]
        assert HourEntry.objects.filter(mediator=there.mediator).count() == 3
        assert set(Attendance.objects.filter(enrolment=away).values_list("how", flat=True)) == {
            "correction"
        }

    def test_minutes_that_change_nothing_of_the_result_leave_the_hours(self, closed):
        there, _away = closed
        assert self.correct(there, 120, 119).minutes == 239

        assert HourEntry.objects.filter(mediator=there.mediator).count() == 1

    def test_what_changes_nothing_or_is_too_long_is_refused(self, closed):
        there, _away = closed
        for minutes in [(120, 120), (121, 120)]:
            with pytest.raises(Refused):
                self.correct(there, *minutes)

        assert fresh(there).minutes == 240

    def test_nothing_is_corrected_before_the_session_closes(self):
        row = sessions.enrolment(of=sessions.session("running"))

        with pytest.raises(Refused):
            self.correct(row, 1, 1)


class TestTheDatabase:
    @pytest.mark.parametrize(
        "fields",
        [
            {"seats": 0},
            {"taken": 31},
            {"state": "nothing"},
            {"hours": 0},
            {"least_share": 0},
            {"least_share": 101},
            {"own_enrolment": False, "nomination": False},
            {"starts_on": None},
            {"ends_on": None},
            {"minutes": 0},
            {"state": "closed"},
            {"closed_on": TODAY},
            {"state": "cancelled"},
        ],
    )
    def test_a_session_that_cannot_be_is_not_stored(self, fields):
        row = sessions.session()

        with pytest.raises(IntegrityError), transaction.atomic():
            TrainingSession.objects.filter(pk=row.pk).update(**fields)

    @pytest.mark.parametrize(
        "fields", [{"state": "nothing"}, {"state": "rejected"}, {"state": "completed"}]
    )
    def test_an_enrolment_that_cannot_be_is_not_stored(self, fields):
        row = sessions.enrolment()

        with pytest.raises(IntegrityError), transaction.atomic():
            Enrolment.objects.filter(pk=row.pk).update(**fields)

    @pytest.mark.parametrize("state", ["pending", "waitlisted", "enrolled", "completed", "absent"])
    def test_a_person_has_one_place_in_a_session(self, state):
        row = sessions.enrolment()
        again = Enrolment(
            session=row.session, mediator=row.mediator, state=state, applied_on=TODAY, minutes=1
        )

        with pytest.raises(IntegrityError), transaction.atomic():
            Enrolment.objects.bulk_create([again])

    def test_attendance_at_a_part_is_noted_once(self):
        row = sessions.enrolment()
        sessions.attended(row, 60)

        with pytest.raises(IntegrityError), transaction.atomic():
            sessions.attended(row, 60)

    def test_parts_and_bases_that_cannot_be_are_not_stored(self):
        row = sessions.session()
        part = row.parts.first()

        for rows, fields in [
            (row.parts.filter(pk=part.pk), {"ends_at": part.starts_at}),
            (row.parts.filter(pk=part.pk), {"starts_at": row.parts.last().starts_at}),
            (type(row.base).objects.filter(pk=row.base_id), {"seats": 0}),
            (type(row.base).objects.filter(pk=row.base_id), {"state": "nothing"}),
        ]:
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**fields)
