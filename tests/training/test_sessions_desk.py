"""Sessions on the desk: who sees and does what, attendance by tick and list, and the figures."""

from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from office.models import LedgerEntry
from office.roles import Role
from registry.models import Closure, ClosureItem, Mediator
from registry.questions import Destination, touched_by_closing
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import fields, sent, url
from tests.training import make_hours as hours
from tests.training import make_sessions as sessions
from tests.training.make_sessions import note
from training import actions
from training.actions.nominations import carry_out_nomination
from training.models import Attendance, Enrolment, Feedback, HourEntry, TrainingSession
from training.reports.hours import by_division

pytestmark = pytest.mark.django_db
AWAY = "330682"
NEXT_WEEK = TODAY + sessions.WEEK


def listed(client, desk, **query):
    rows = client.get(url(desk, "index"), query).context["listed"]
    return [row for row, _url, _cells in rows]


def text(response):
    return response.content.decode()


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def clerk(at_desk):
    """A clerk with an organisation of two people; returns it and them."""
    body = make.organization()
    people = [make.mediator(user=make.user()) for _person in range(2)]
    for person in people:
        make.appointment(person, body)
    at_desk(make.officer(Role.CLERK, body))
    return body, people


class TestWhoSeesWhat:
    @pytest.mark.parametrize("rows", [1, 3])
    @pytest.mark.parametrize("desk", ["training_bases", "training_sessions", "enrolments"])
    def test_a_list_takes_as_many_queries_for_one_row_as_for_three(
        self, client, county, desk, rows, django_assert_num_queries
    ):
        for _number in range(rows):
            sessions.enrolment()
        client.get(url(desk, "index"))

        with django_assert_num_queries(10):
            client.get(url(desk, "index"))

    @pytest.mark.parametrize(
        ("desk", "acts"),
        [
            ("training_bases", ["close", "reopen"]),
            (
                "training_sessions",
                ["open", "start", "close", "cancel", "add_part", "drop_part", "approve_all"],
            ),
            ("enrolments", ["approve", "reject", "withdraw", "correct"]),
        ],
    )
    def test_a_row_of_another_county_cannot_be_found(self, client, county, desk, acts):
        enrolment = sessions.enrolment(of=sessions.session("running", code=AWAY))
        session = enrolment.session
        row = {"training_bases": session.base, "training_sessions": session}.get(desk, enrolment)
        assert listed(client, desk) == []
        pages = [("inspect",), ("history",), *[("act", act) for act in acts]]
        if desk == "training_sessions":
            pages += [("edit",), ("sheet",), ("code",), ("list",), ("list_enter",)]
            pages += [("present", session.parts.first().pk)]

        for page, *rest in pages:
            address = url(desk, page, row.pk, *rest)
            assert client.get(address).status_code == 404
            assert client.post(address, sent()).status_code in {404, 405}

    @pytest.mark.parametrize("role", [Role.JUSTICE_OFFICE, Role.AUDITOR])
    def test_who_only_reads_takes_no_step(self, client, at_desk, role):
        at_desk(make.officer(role, make.division("330681")))
        row = sessions.session()

        assert client.get(url("training_sessions", "inspect", row.pk)).status_code == 200
        for act in ["cancel", "start", "add_part", "nominate"]:
            assert client.get(url("training_sessions", "act", row.pk, act)).status_code == 404
        assert client.get(url("training_sessions", "sheet", row.pk)).status_code == 404

    def test_the_city_holds_sessions_at_its_own_bases(self, client, at_desk):
        at_desk(make.officer(Role.CITY_BUREAU, make.division("3306")))
        city, county = sessions.session(code="3306"), sessions.session()

        assert set(listed(client, "training_sessions")) == {city, county}

    def test_a_clerk_sees_what_is_open_to_the_own_people_and_of_it_only_these(self, client, clerk):
        _body, [own, _other] = clerk
        row = sessions.session(code="3306")
        hidden = [sessions.session("draft"), sessions.session(code=AWAY)]
        sessions.enrol(row, own)
        stranger = sessions.enrol(row)

        assert listed(client, "training_sessions") == [row]
        assert [one.mediator for one in listed(client, "enrolments")] == [own]
        shown = text(client.get(url("training_sessions", "inspect", row.pk)))
        assert own.name in shown
        assert stranger.mediator.name not in shown
        for one in hidden:
            page = url("training_sessions", "inspect", one.pk)
            assert client.get(page).status_code == 404


class TestPlanningOnTheDesk:
    def test_a_session_is_drafted_planned_and_opened(self, client, county):
        base = sessions.base()
        typed = {
            "title": "家事调解班", "division": make.division().pk, "base": base.pk,
            "content_class": "skills", "audience": "yearly", "hours": "4", "seats": 20,
            "enrol_until_on": TODAY.isoformat(), "own_enrolment": "on", "nomination": "on",
            "least_share": 80,
        }  # fmt: skip
        client.post(url("training_sessions", "add"), sent(**typed))
        row = TrainingSession.objects.get()
        part = {"day": NEXT_WEEK.isoformat(), "begins": "09:00", "ends": "11:30", "title": "析产"}
        client.post(url("training_sessions", "act", row.pk, "add_part"), sent(**part))
        client.post(url("training_sessions", "act", row.pk, "open"), sent())

        row = fresh(row)
        assert (row.state, row.minutes, row.starts_on) == ("open", 150, NEXT_WEEK)
        assert row.parts.get().starts_at == sessions.at(NEXT_WEEK, 9)

    def test_a_part_that_ends_before_it_begins_is_refused_beside_the_field(self, client, county):
        row = sessions.session("draft")
        part = {"day": NEXT_WEEK.isoformat(), "begins": "11:00", "ends": "09:00", "title": "析产"}
        shown = client.post(url("training_sessions", "act", row.pk, "add_part"), sent(**part))

        assert "ends" in shown.context["form"].errors

    def test_the_form_keeps_what_it_was_opened_with(self, client, county):
        row = sessions.session()
        address = url("training_sessions", "edit", row.pk)
        typed = {**fields(client.get(address)), "seats": 40, **sent()}
        typed = {name: value for name, value in typed.items() if value is not False}
        client.post(address, typed)

        assert fresh(row).seats == 40

    def test_a_base_is_entered_and_closed(self, client, county):
        typed = {
            "code": "TB-1", "name": "基地", "division": make.division().pk, "address": "一号",
            "seats": 10, "strengths": "家事",
        }  # fmt: skip
        client.post(url("training_bases", "add"), sent(**typed))
        [row] = listed(client, "training_bases")
        client.post(url("training_bases", "act", row.pk, "close"), sent())

        assert fresh(row).state == "closed"


class TestNominatingOnTheDesk:
    def test_a_clerk_nominates_the_own_people_and_no_others(self, client, clerk):
        body, [own, _other] = clerk
        row, stranger = sessions.session(), sessions.person()
        address = url("training_sessions", "act", row.pk, "nominate")
        refused = client.post(address, sent(organization=body.pk, mediators=[stranger.pk]))
        assert refused.status_code == 422
        assert not Enrolment.objects.exists()
        client.post(address, sent(organization=body.pk, mediators=[own.pk]))

        nominated = Enrolment.objects.get()
        assert (nominated.mediator, nominated.organization) == (own, body)


class TestDeciding:
    def test_enrolments_are_approved_one_by_one_or_all_at_once(self, client, county):
        row = sessions.session(needs_approval=True, seats=2)
        first, *_others = (sessions.enrol(row) for _person in range(4))
        client.post(url("enrolments", "act", first.pk, "approve"), sent())
        assert sessions.states(row) == ["enrolled", "pending", "pending", "pending"]
        client.post(url("training_sessions", "act", row.pk, "approve_all"), sent())

        assert sessions.states(row) == ["enrolled", "enrolled", "waitlisted", "waitlisted"]

    def test_a_rejection_gives_its_reason_to_the_person(self, client, county):
        row = sessions.enrolment("pending")
        client.post(url("enrolments", "act", row.pk, "reject"), sent(reason="名额有限。"))

        assert (fresh(row).state, fresh(row).note) == ("rejected", "名额有限。")

    def test_attendance_is_corrected_with_a_reason_and_the_hours_follow(self, client, county):
        row = sessions.session("running", starts_on=TODAY)
        mine = sessions.enrolment(of=row)
        sessions.attended(mine, 0, 0)
        actions.close_session(row.pk, **note())
        address = url("enrolments", "act", mine.pk, "correct")
        typed = {f"part_{part.pk}": 120 for part in row.parts.all()}
        client.post(address, sent(**typed))

        assert fresh(mine).state == "completed"
        entry = HourEntry.objects.get()
        shown = text(client.get(url("hour_entries", "inspect", entry.pk)))
        assert "240 of 240 minutes count" in shown


class TestNotingAttendance:
    @pytest.fixture
    def running(self):
        row = sessions.session("running", starts_on=TODAY)
        names = ["钱一", "孙二", "李三", "李三"]
        for number, name in enumerate(names):
            who = sessions.person(name=name, certificate_number=f"证{number}")
            sessions.enrolment(of=row, who=who)
        return row

    def minutes(self):
        return dict(
            Attendance.objects.values_list("enrolment__mediator__certificate_number", "minutes")
        )

    def test_the_trainer_ticks_who_is_there(self, client, at_desk, running):
        at_desk(make.officer(Role.TRAINER, make.division("330681")))
        first, second, *_others = running.enrolments.order_by("pk")
        part = running.parts.first()
        first.attendances.create(part=part, minutes=50, how="code", noted_on=TODAY)
        second.attendances.create(part=part, minutes=120, how="tick", noted_on=TODAY)
        third = running.enrolments.order_by("pk")[2]
        address = url("training_sessions", "present", running.pk, part.pk)
        assert set(client.get(address).context["form"]["present"].value()) == {
            str(first.pk), str(second.pk),
        }  # fmt: skip
        client.post(address, sent(present=[first.pk, third.pk]))

        assert self.minutes() == {"证0": 50, "证1": 0, "证2": 120}
        entry = LedgerEntry.objects.get(act="training.trainingsession.tick")
        assert entry.after == {"part": str(part), "rows": 2}

    def test_attendance_is_noted_only_while_the_session_runs(self, client, county):
        row = sessions.session()
        part = row.parts.first()

        for page, *rest in [("code",), ("list",), ("present", part.pk)]:
            address = url("training_sessions", page, row.pk, *rest)
            assert client.get(address).status_code == 404

    def test_the_code_is_shown_while_a_part_is_on(self, client, county, running, time_machine):
        address = url("training_sessions", "code", running.pk)
        time_machine.move_to(sessions.at(TODAY, 9))
        shown = client.get(address)
        assert "data:image/svg+xml" in text(shown)
        assert shown["Refresh"] == "60"
        assert shown["Cache-Control"].startswith("no-store")

    def test_between_the_parts_there_is_no_code_and_the_page_rests(
        self, client, county, running, time_machine
    ):
        time_machine.move_to(sessions.at(TODAY, 11))
        shown = client.get(url("training_sessions", "code", running.pk))

        assert "No part is on now" in text(shown)
        assert "Refresh" not in shown

    def upload(self, client, running, rows, head=("姓名", "证号", "分钟")):
        file = BytesIO()
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([head, *rows]):
                sheet.write_row(number, 0, row)
        upload = SimpleUploadedFile("签到.xlsx", file.getvalue())
        address = url("training_sessions", "list", running.pk)
        return client.post(address, {**sent(), "part": running.parts.first().pk, "file": upload})

    def test_a_list_is_checked_row_by_row_and_then_noted(self, client, county, running):
        rows = [
            ("钱一", "证0", ""),
            ("孙二", "", 90),
            ("李三", "", ""),
            ("李三", "证9", ""),
            ("王五", "", ""),
            ("孙二", "", 10),
            ("李三", "证3", 121),
            ("李三", "证2", 60),
        ]
        shown = self.upload(client, running, rows)
        reasons = {line.number: line.reason for line in shown.context["lines"] if line.reason}
        assert reasons == {
            4: "Several people of this name are enrolled: give the certificate number.",
            5: "Name and certificate number do not belong together.",
            6: "Nobody of this name is enrolled.",
            7: "This person stands on the list twice.",
            8: "Minutes are a whole number from 0 to 120.",
        }
        assert not Attendance.objects.exists()
        checked = fields(shown)
        for _again in range(2):
            client.post(url("training_sessions", "list_enter", running.pk), checked)

        assert self.minutes() == {"证0": 120, "证1": 90, "证2": 60}
        entry = LedgerEntry.objects.get(act="training.trainingsession.note_list")
        assert entry.after["file_name"] == "签到.xlsx"

    def test_a_file_that_is_no_list_is_refused_with_a_sentence(self, client, county, running):
        shown = self.upload(client, running, [("x",)], head=("地址",))

        assert shown.status_code == 422
        assert shown.context["form"].errors

    def test_what_was_checked_for_one_session_is_not_noted_in_another(
        self, client, county, running
    ):
        other = sessions.session("running", starts_on=TODAY)
        checked = fields(self.upload(client, running, [("钱一", "证0", "")]))
        answer = client.post(url("training_sessions", "list_enter", other.pk), checked)

        assert answer.status_code == 422
        assert not Attendance.objects.exists()

    def test_the_sheet_to_sign_is_a_paper(self, client, county, running):
        paper = client.get(url("training_sessions", "sheet", running.pk))

        assert paper["Content-Type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")


@pytest.mark.parametrize(("count", "shown"), [(4, False), (5, True)])
def test_the_desk_shows_opinions_from_five_on(client, county, count, shown):
    row = sessions.session("closed")
    for _number in range(count):
        marks = dict.fromkeys(["content", "lecturers", "arrangement", "usefulness"], 4)
        make.saved(Feedback(session=row, comment="多讲案例", **marks))

    assert ("多讲案例" in text(client.get(url("training_sessions", "inspect", row.pk)))) is shown


class TestPlannedHours:
    @pytest.fixture
    def person(self):
        hours.rule("20")
        who = hours.person()
        hours.learnt(who, "10.0")
        return who

    def lines(self):
        people = Mediator.objects.all()
        place = make.division("330681")
        return by_division(people, place, requirement="yearly", year=TODAY.year, on=TODAY)

    def test_hours_of_sessions_still_to_come_are_planned(self, client, county, person):
        sessions.enrolment(of=sessions.session(hours="6.0"), who=person)
        [row] = listed(client, "hours")

        assert (row.missing, row.planned, row.missing_after_plan) == (10, 6, 4)

    @pytest.mark.parametrize(
        ("state", "fields"),
        [
            ("waitlisted", {}),
            ("pending", {}),
            ("withdrawn", {}),
            ("enrolled", {"starts_on": TODAY - DAY, "enrol_until_on": TODAY - DAY}),
            ("enrolled", {"starts_on": make.date(TODAY.year + 1, 1, 4)}),
        ],
    )
    def test_what_is_not_sure_or_not_this_year_is_not_planned(
        self, client, county, person, state, fields
    ):
        sessions.enrolment(state, of=sessions.session(**fields), who=person)
        [row] = listed(client, "hours")

        assert (row.planned, row.missing_after_plan) == (0, 10)

    def test_only_the_class_of_content_that_counts_is_planned(self, client, county):
        hours.rule("14", "special", content_class="skills")
        who = hours.person()
        sessions.enrolment(of=sessions.session(hours="6.0"), who=who)
        sessions.enrolment(of=sessions.session(hours="5.0", content_class="skills"), who=who)
        [row] = listed(client, "hours", requirement="special")

        assert (row.planned, row.missing_after_plan) == (5, 9)

    def test_who_is_still_short_after_the_plan_is_found(self, client, county, person):
        done = hours.person()
        for who, given in [(person, "6.0"), (done, "20.0")]:
            sessions.enrolment(of=sessions.session(hours=given), who=who)

        assert listed(client, "hours", standing="short_after_plan") == [person]
        assert set(listed(client, "hours", standing="short")) == {person, done}
        [line] = self.lines()
        assert (line.short, line.short_after_plan, line.missing_after_plan) == (2, 1, 4)
        assert "Still short after plan" in text(client.get(url("hours", "state")))


class TestDeregistration:
    @pytest.fixture
    def nominated(self):
        row = sessions.session(needs_approval=True)
        who = sessions.person()
        body = who.appointments.get().organization
        return actions.nominate(row.pk, **note(), organization=body, mediators=[who])[0]

    def touched(self, enrolment):
        found = touched_by_closing(enrolment.organization, TODAY)
        return [one for one in found if one.subject_type == "training.enrolment"]

    def item(self, enrolment, destination):
        return ClosureItem(
            closure=Closure(),
            subject_type="training.enrolment",
            subject_id=str(enrolment.pk),
            destination=destination,
        )

    def test_open_nominations_are_among_what_it_touches(self, nominated):
        [one] = self.touched(nominated)
        assert one.destinations == (Destination.END, Destination.HAND_OVER)
        actions.approve(nominated.pk, **note())

        assert self.touched(nominated) == []

    def test_a_nomination_is_ended_or_goes_on_without_the_organisation(self, nominated):
        assert carry_out_nomination(self.item(nominated, Destination.HAND_OVER), **note())
        assert (fresh(nominated).state, fresh(nominated).organization) == ("pending", None)
        assert carry_out_nomination(self.item(nominated, Destination.END), **note())

        assert fresh(nominated).state == "withdrawn"

    def test_what_is_no_nomination_is_left_to_others(self, nominated):
        item = self.item(nominated, Destination.END)
        item.subject_type = "registry.appointment"

        assert not carry_out_nomination(item, **note())
