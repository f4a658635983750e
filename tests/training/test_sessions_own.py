"""A mediator's own pages of sessions: what is open, enrolling, signing in, and the opinion."""

from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime

from office.models import LedgerEntry
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_sessions as sessions
from tests.training.make_sessions import note
from training import actions
from training.models import Attendance, Enrolment, Feedback
from training.reports.own_sessions import sessions_on_my_page
from training.reports.sessions import opinions_on
from training.views.sign_in import code_of

pytestmark = pytest.mark.django_db
MORNING = sessions.at(TODAY, 9)


@pytest.fixture
def me(at_desk):
    """A mediator of the county 330681, signed in."""
    who = sessions.person()
    at_desk(who.user)
    return who


def page(name, *args):
    return reverse(name, args=args)


def text(response):
    return response.content.decode()


class TestSeeing:
    def test_the_list_shows_what_is_open_to_the_person_and_what_is_the_persons(self, client, me):
        county, city = sessions.session(), sessions.session(code="3306")
        mine = sessions.enrolment("waitlisted", of=sessions.session("running"), who=me)
        hidden = [
            sessions.session(code="330682"),
            sessions.session("draft"),
        ]
        coming = [
            sessions.session(own_enrolment=False),
            sessions.session(enrol_until_on=TODAY - DAY),
        ]

        shown = client.get(page("my_sessions"))

        assert set(shown.context["open_sessions"]) == {county, city}
        assert set(shown.context["coming"]) == set(coming)
        assert [own.enrolment for own in shown.context["mine"]] == [mine]
        assert all(row.title not in text(shown) for row in hidden)

    def test_what_is_neither_open_to_nor_of_the_person_is_not_found(self, client, me):
        row = sessions.enrolment(of=sessions.session(code="330682"), who=sessions.person("330682"))
        for name in ["my_session", "session_calendar", "session_feedback"]:
            assert client.get(page(name, row.session_id)).status_code == 404
        for name in ["enrol_in_session", "leave_session"]:
            assert client.post(page(name, row.session_id)).status_code == 404

    def test_whoever_is_no_mediator_finds_nothing(self, client, at_desk):
        at_desk()

        assert client.get(page("my_sessions")).status_code == 404

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_list_takes_as_many_queries_for_one_session_as_for_three(
        self, client, me, rows, django_assert_num_queries
    ):
        for _number in range(rows):
            sessions.session()
            sessions.enrolment(of=sessions.session(), who=me)
            sessions.enrolment("waitlisted", of=sessions.session(), who=me)
        client.get(page("my_sessions"))

        with django_assert_num_queries(6):
            client.get(page("my_sessions"))

    def test_whoever_waits_reads_the_place_on_the_list(self, client, me):
        row = sessions.session(seats=1)
        for _person in range(2):
            sessions.enrol(row)
        sessions.enrol(row, me)

        assert "number 2 on the waiting list" in text(client.get(page("my_session", row.pk)))


class TestEnrolling:
    def test_a_person_enrols_and_leaves_each_with_one_button(self, client, me):
        row = sessions.session()

        for _again in range(2):
            shown = client.post(page("enrol_in_session", row.pk), follow=True)
        assert "has a seat" in text(shown)
        assert Enrolment.objects.get().state == "enrolled"
        for _again in range(2):
            client.post(page("leave_session", row.pk), follow=True)
        assert Enrolment.objects.get().state == "withdrawn"

    def test_what_bars_the_person_is_said(self, client, me):
        row = sessions.session(enrol_until_on=TODAY - DAY)

        assert "The last day to enrol is over." in text(client.get(page("my_session", row.pk)))
        refused = client.post(page("enrol_in_session", row.pk), follow=True)
        assert "The last day to enrol is over." in text(refused)
        assert not Enrolment.objects.exists()

    def test_an_address_that_writes_is_not_opened_by_a_link(self, client, me):
        row = sessions.session()

        assert client.get(page("enrol_in_session", row.pk)).status_code == 405

    def test_what_was_cancelled_stands_on_the_own_page_until_it_is_forgotten(self, me):
        row = sessions.session()
        sessions.enrol(row, me)
        actions.cancel_session(row.pk, **note(reason="台风。"))

        with translation.override("en"):
            [told, _place] = sessions_on_my_page(me.user, TODAY)
        assert (told.label, told.note) == (f"Cancelled: {row.title}", "台风。")
        later = row.starts_on + 30 * DAY
        assert len(sessions_on_my_page(me.user, later)) == 1

    def test_the_calendar_file_holds_every_part(self, client, me):
        row = sessions.session()
        sessions.enrol(row, me)

        answer = client.get(page("session_calendar", row.pk))

        events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        assert [event.decoded("dtstart") for event in events] == [
            part.starts_at for part in row.parts.all()
        ]
        assert answer["Content-Type"].startswith("text/calendar")


class TestSigningIn:
    @pytest.fixture
    def running(self, me):
        row = sessions.session("running", starts_on=TODAY)
        return sessions.enrolment(of=row, who=me)

    def code(self, time_machine, running, minutes=0):
        """The code of the first part as it is shown so many minutes after its beginning."""
        time_machine.move_to(MORNING + timedelta(minutes=minutes))
        return page("sign_in", code_of(running.session.parts.first()))

    @pytest.mark.parametrize(
        ("minutes", "noted"),
        [(-15, 120), (0, 120), (10, 120), (11, 109), (119, 1)],
    )
    def test_the_minutes_follow_from_when_the_code_was_shown(
        self, client, time_machine, running, minutes, noted
    ):
        address = self.code(time_machine, running, minutes)
        assert client.get(address).status_code == 200
        client.post(address)

        assert Attendance.objects.get().minutes == noted

    @pytest.mark.parametrize("minutes", [-16, 120, 121])
    def test_outside_of_the_part_nobody_signs_in(self, client, time_machine, running, minutes):
        answer = client.post(self.code(time_machine, running, minutes))

        assert answer.status_code == 422
        assert not Attendance.objects.exists()

    @pytest.mark.parametrize(("seconds", "status"), [(298, 200), (302, 422)])
    def test_a_code_lives_a_few_minutes(self, client, time_machine, running, seconds, status):
        address = self.code(time_machine, running, 30)
        time_machine.shift(seconds)

        assert client.post(address).status_code == status

    def test_signing_in_twice_keeps_the_first(self, client, time_machine, running):
        client.post(self.code(time_machine, running, 5))
        client.post(self.code(time_machine, running, 60))

        assert Attendance.objects.get().minutes == 120
        assert LedgerEntry.objects.filter(act="training.enrolment.sign_in").count() == 1

    def test_whoever_is_not_enrolled_does_not_sign_in(self, client, time_machine, running, at_desk):
        address = self.code(time_machine, running)
        other = sessions.person()
        client.force_login(other.user)

        assert "You are not enrolled" in text(client.post(address))

    def test_a_made_up_code_is_not_found(self, client, me):
        assert client.get(page("sign_in", "MQ:abc:def")).status_code == 404


class TestGivingAnOpinion:
    SAID = {"content": 5, "lecturers": 4, "arrangement": 3, "usefulness": 5, "comment": "多讲案例"}

    @pytest.fixture
    def closed(self, me):
        return sessions.enrolment("completed", of=sessions.session("closed"), who=me)

    def test_an_opinion_is_given_once_and_names_nobody(self, client, me, closed):
        before = closed.changed_at
        address = page("session_feedback", closed.session_id)
        assert client.get(address).status_code == 200
        for _again in range(2):
            client.post(address, self.SAID)

        said = Feedback.objects.get()
        assert (said.content, said.comment) == (5, "多讲案例")
        columns = {field.name for field in Feedback._meta.concrete_fields}
        assert columns == {"id", "session", *self.SAID}
        closed.refresh_from_db()
        assert (closed.has_answered, closed.changed_at) == (True, before)
        entry = LedgerEntry.objects.get(act="training.trainingsession.give_feedback")
        assert (entry.actor, entry.after) == (None, {})

    @pytest.mark.parametrize("state", ["absent", "withdrawn"])
    def test_only_participants_are_asked(self, client, me, state):
        row = sessions.enrolment(state, of=sessions.session("closed"), who=me)
        address = page("session_feedback", row.session_id)

        assert client.get(address).status_code == 302
        client.post(address, self.SAID)
        assert not Feedback.objects.exists()

    def test_a_mark_outside_of_five_is_refused(self, client, me, closed):
        shown = client.post(
            page("session_feedback", closed.session_id), {**self.SAID, "content": 6}
        )

        assert shown.status_code == 200
        assert not Feedback.objects.exists()

    @pytest.mark.parametrize(("count", "shown"), [(4, False), (5, True)])
    def test_opinions_are_shown_from_five_on(self, count, shown):
        row = sessions.session("closed")
        for number in range(count):
            make.saved(Feedback(session=row, **{**self.SAID, "content": 1 + number}))

        found = opinions_on(row)
        assert found.are_shown is shown
        assert found.count == count
        means = ["3.0", "4.0", "3.0", "5.0"] if shown else []
        assert [mean for _label, mean in found.means] == means
        assert found.comments == (["多讲案例"] * 5 if shown else [])


def test_the_moment_of_a_part_is_that_of_the_place():
    part = sessions.session().parts.first()

    assert localtime(part.starts_at).hour == 9
