"""The court is told who takes up or leaves a post on a committee between elections (art. 10)."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from office.models import LedgerEntry
from registry.actions import appointments, departures
from registry.actions.court import send_court_notice
from registry.flows import AppointmentState
from registry.models import CourtNotice
from registry.notices.court import letter
from tests import make
from tests.make import DAY, TODAY
from tests.registry.posts import asked, load_rules, person, post, ready

pytestmark = pytest.mark.django_db
A = AppointmentState
ENDS = {
    "lapse": departures.lapse_appointment,
    "remove": departures.remove_mediator,
    "dismiss": departures.dismiss_mediator,
    "resign": departures.resign_appointment,
    "transfer": departures.transfer_appointment,
    "record_death": departures.record_death,
}


@pytest.fixture(autouse=True)
def rules():
    translation.activate("en")
    load_rules()


def note(today=TODAY):
    return {"by": make.user(), "today": today, "reason": "A reason."}


def begin(body=None, name="张伟", *, today=TODAY, **fields):
    row = post(A.AWAITING_DUTY, person(name=name), body, **fields)
    return appointments.begin_appointment(row.pk, **note(today))


def resign(row, today=TODAY):
    return departures.resign_appointment(row.pk, **asked("resign", until_on=today), **note(today))


def told():
    return [line for row in CourtNotice.objects.all() for line in row.content["differences"]]


def send(row, today=TODAY):
    return send_court_notice(row.pk, sent_on=today, court=row.court, **note(today))


def test_who_takes_up_a_post_is_told_with_all_who_are_in_post_now():
    body = make.organization(name="枫源村人民调解委员会")
    post(body=body, someone=person(name="王芳"), post="director")

    begin(body)

    row = CourtNotice.objects.get()
    assert (row.subject, row.organization, row.drawn_on) == ("member", body, TODAY)
    assert row.content["differences"] == [["委员（2026年11月23日起）", "无", "张伟"]]
    assert row.content["members"] == [["主任", "王芳"], ["委员", "张伟"]]
    assert letter(row).title == "关于枫源村人民调解委员会人员变动情况的函"
    assert LedgerEntry.objects.of(row).get().act == "registry.courtnotice.add"


@pytest.mark.parametrize("step", ENDS)
def test_who_leaves_a_post_is_told_and_is_no_longer_among_the_members(step):
    row = ready(A.IN_POST, step)

    ENDS[step](row.pk, **asked(step), **note())

    notice = CourtNotice.objects.get()
    assert told() == [["委员（2026年11月23日起）", row.mediator.name, "无"]]
    assert notice.content["members"] == []


def test_one_letter_gathers_changes_until_it_is_sent_and_then_another_is_drawn_up():
    first = begin()
    body = first.organization
    begin(body, "李静", today=TODAY + DAY)
    [row] = CourtNotice.objects.all()

    assert [line[2] for line in told()] == ["张伟", "李静"]
    assert (row.drawn_on, len(row.content["members"])) == (TODAY + DAY, 2)
    assert LedgerEntry.objects.of(row).latest("sequence").act == "registry.courtnotice.change"

    send(row, TODAY + DAY)
    resign(first, TODAY + DAY)

    row.refresh_from_db()
    latest = CourtNotice.objects.order_by("pk").last()
    assert len(row.content["differences"]) == 2
    assert latest.sent_on is None
    assert latest.number != row.number
    assert latest.content["differences"] == [["委员（2026年11月24日起）", "张伟", "无"]]


def test_each_organisation_has_its_own_letter():
    begin()
    begin()

    assert CourtNotice.objects.count() == 2


def test_a_letter_about_something_else_gathers_nothing():
    row = begin()
    CourtNotice.objects.update(subject="change")
    resign(row, TODAY + DAY)

    assert sorted(CourtNotice.objects.values_list("subject", flat=True)) == ["change", "member"]


@pytest.mark.parametrize(
    ("state", "held", "count"),
    [
        ("listed", "member", 1), ("rectifying", "deputy", 1), ("change_pending", "director", 1),
        ("listed", "mediator", 0), ("listed", "chief", 0),
        ("draft", "member", 0), ("closing", "member", 0),
    ],
)  # fmt: skip
def test_only_seats_of_committees_on_the_roster_are_told_of(state, held, count):
    resign(post(body=make.organization(state), post=held))

    assert CourtNotice.objects.count() == count


def test_no_letter_tells_of_what_changes_no_committee():
    row = post()
    appointments.suspend_appointment(row.pk, **note())
    appointments.resume_appointment(row.pk, **note())
    departures.drop_out(post(A.PROBATION).pk, **note())
    departures.renew_appointment(ready(A.IN_POST, "renew").pk, **asked("renew"), **note())
    departures.end_with_organization(post().pk, **note())

    assert CourtNotice.objects.count() == 0


def test_if_the_letter_cannot_be_drawn_up_the_post_stays(monkeypatch):
    row = post()

    def break_down(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(appointments, "tell_of_member", break_down)
    with pytest.raises(OSError):  # noqa: PT011
        resign(row)

    row.refresh_from_db()
    assert row.state == A.IN_POST


def test_two_letters_of_members_never_wait_side_by_side():
    begin()
    row = CourtNotice.objects.get()
    row.pk, row.number = None, "另一号"

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    row.sent_on = TODAY
    row.save(force_insert=True)
