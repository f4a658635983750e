"""What an objection that is upheld takes back: a deregistration, a nomination, or nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import appointments, closures, nominate, notices
from registry.flows import APPOINTMENT, AppointmentState
from registry.models import Appointment, Organization, PublicNotice
from registry.notices.objections import UPHELD
from tests import make
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.cases import note
from tests.registry.conftest import NOW
from tests.registry.desk import url
from tests.registry.posts import asked, person, post

pytestmark = pytest.mark.django_db
A = AppointmentState
LAST_DAY = make.date(2026, 11, 30)  # five working days after 23 November 2026
REASON = "县局会议决定。"


@pytest.fixture(autouse=True)
def _rules(db):
    translation.activate("en")
    cases.load_rules()


def uphold(objection, **given):
    return notices.uphold_objection(objection.pk, answer="异议成立。", **note(**given))


def acts_on(row):
    rows = LedgerEntry.objects.of(row).order_by("sequence")
    return list(rows.values_list("act", flat=True))


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# --- A deregistration ---------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["on_notice", "proposed"])
def test_closing_returns_to_listed_when_an_objection_is_upheld(state):
    row = cases.closure(state)
    objection, officer = cases.objection(to=row.notice), cases.county_officer()

    uphold(objection, by=officer, today=TODAY + DAY)

    stopped, body = fresh(row), Organization.objects.get(pk=row.organization_id)
    assert (stopped.state, stopped.stopped_on, body.state) == ("stopped", TODAY + DAY, "listed")
    assert stopped.stop_reason == f"第{objection.pk}号异议成立：{REASON}"
    assert acts_on(row)[-1] == "registry.closure.stop"
    assert acts_on(body)[-1] == "registry.organization.reopen"
    assert LedgerEntry.objects.of(row).latest("sequence").actor == officer


def test_its_notice_keeps_a_stub_that_does_not_tell_the_officers_reason(client):
    row = cases.closure("on_notice")

    uphold(cases.objection(to=row.notice))

    notice = fresh(row.notice)
    assert (notice.state, notice.withdrawal_reason) == ("withdrawn", UPHELD)
    page = client.get(notice.get_absolute_url()).content.decode()
    assert UPHELD in page
    assert REASON not in page


def test_the_public_finds_the_organisation_as_before(client, time_machine):
    time_machine.move_to(NOW)
    row = cases.closure("on_notice")
    page = row.organization.get_absolute_url()
    closing = client.get(page).context["notice"]

    uphold(cases.objection(to=row.notice))

    assert closing == row.notice
    assert client.get(page).context["notice"] is None
    assert row.organization.name in client.get("/organizations/").content.decode()


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_an_objection_that_is_not_upheld_lets_the_case_go_on(state):
    row = cases.closure("on_notice")

    cases.objection(state, to=row.notice)

    assert fresh(row).state == "on_notice"
    assert fresh(row.organization).state == "closing"


def test_a_second_objection_is_only_answered_once_the_case_is_stopped():
    row = cases.closure("on_notice")
    first, second = (cases.objection(to=row.notice) for _objection in range(2))

    uphold(first)
    uphold(second)

    assert [fresh(one).state for one in (first, second)] == ["upheld", "upheld"]
    assert acts_on(row).count("registry.closure.stop") == 1


def test_an_objection_to_a_notice_of_no_case_is_only_answered():
    row = cases.notice(kind="edition")

    uphold(cases.objection(to=row))

    assert fresh(row).state == "published"


@pytest.mark.parametrize("broken", ["refresh_organizations", "withdraw_notice"])
def test_if_the_middle_fails_nothing_is_upheld(broken, monkeypatch):
    row = cases.closure("on_notice")
    objection, officer = cases.objection(to=row.notice), cases.county_officer()
    entries = LedgerEntry.objects.count()

    def break_down(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(closures, broken, break_down)
    with pytest.raises(OSError):  # noqa: PT011
        uphold(objection, by=officer)

    assert (fresh(objection).state, fresh(row).state) == ("open", "on_notice")
    assert fresh(row.organization).state == "closing"
    assert fresh(row.notice).state == "published"
    assert LedgerEntry.objects.count() == entries


def test_who_announced_it_does_not_uphold_the_objection():
    row = cases.closure("on_notice")
    objection = cases.objection(to=row.notice)

    with pytest.raises(Refused, match="Ask a colleague"):
        uphold(objection, by=row.notice.published_by)

    assert (fresh(objection).state, fresh(row).state) == ("open", "on_notice")


# --- A nomination -------------------------------------------------------------------------------


def on_notice(*, body=None, someone=None, by=None, **fields):
    row = post(A.VETTING, someone, body, **fields)
    return appointments.publish_appointment(row.pk, **note(by))


def accept(row, today):
    return appointments.accept_appointment(row.pk, **asked("accept"), **note(today=today))


def barred(row, today):
    return APPOINTMENT.refusals(fresh(row), "accept", today)


def test_a_candidate_is_put_before_the_public_with_public_fields_only(client):
    someone = person(name="陈晓明", phone="13812345678", education="bachelor")
    row = on_notice(someone=someone, post="deputy")

    notice = row.notice
    assert (notice.kind, notice.starts_on, notice.ends_on) == ("appointment", TODAY, LAST_DAY)
    assert (row.notice_from_on, row.notice_until_on) == (TODAY, LAST_DAY)
    assert notice.title == f"关于{row.organization.name}拟任人民调解员的公示"
    labels = [line.partition("：")[0] for line in notice.body.splitlines()[1:-1]]
    assert labels == ["姓名", "调解组织", "组织类型", "拟任职务", "专职或者兼职", "产生方式"]
    page = client.get(notice.get_absolute_url()).content.decode()
    assert ("陈晓明" in page, row.organization.name in page) == (True, True)
    for secret in ("138", "1975", someone.certificate_number, REASON):
        assert secret not in notice.body


def test_a_personal_number_in_the_notice_bars_the_publication():
    body = make.organization(name="枫源村（13812345678）人民调解委员会")
    row = post(A.VETTING, body=body)

    with pytest.raises(Refused, match="looks like a personal number"):
        appointments.publish_appointment(row.pk, **note())

    assert (fresh(row).state, PublicNotice.objects.count()) == (A.VETTING, 0)


@pytest.mark.parametrize(("today", "passes"), [(LAST_DAY, False), (LAST_DAY + DAY, True)])
def test_a_candidate_is_accepted_on_the_day_after_the_notice(today, passes):
    row = on_notice()

    assert barred(row, today) == ([] if passes else ["The notice has not run its full term."])


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("open", ["An objection to the notice is still open."]),
        ("rejected", []),
        ("withdrawn", []),
    ],
)
def test_an_open_objection_bars_the_acceptance(state, said):
    row = on_notice()

    cases.objection(state, to=row.notice)

    assert barred(row, LAST_DAY + DAY) == said


def test_after_a_rejected_objection_the_candidate_goes_on():
    row = on_notice()
    cases.objection("rejected", to=row.notice)

    accept(row, LAST_DAY + DAY)

    assert (fresh(row).state, fresh(row.notice).state) == (A.AWAITING_DUTY, "published")


def test_an_upheld_objection_rejects_the_candidate_who_may_be_nominated_anew():
    row = on_notice()
    objection = cases.objection(to=row.notice)

    uphold(objection)

    entry = LedgerEntry.objects.of(row).latest("sequence")
    assert (fresh(row).state, entry.act) == (A.REJECTED, "registry.appointment.reject")
    assert entry.reason == f"第{objection.pk}号异议成立：{REASON}"
    assert fresh(row.notice).withdrawal_reason == UPHELD
    again = nominate(
        organization=row.organization, mediator=row.mediator, employment="part_time",
        from_on=TODAY, **note(),
    )  # fmt: skip
    assert again.state == A.CANDIDATE


def test_who_put_the_candidate_up_does_not_decide_the_objection():
    officer = cases.county_officer()
    row = on_notice(by=officer)

    with pytest.raises(Refused, match="Ask a colleague"):
        uphold(cases.objection(to=row.notice), by=officer)

    assert fresh(row).state == A.NOTICE


@pytest.mark.parametrize("broken", ["refresh_mediators", "withdraw_notice"])
def test_if_the_rejection_fails_the_objection_stays_open(broken, monkeypatch):
    row = on_notice()
    objection, officer = cases.objection(to=row.notice), cases.county_officer()
    entries = LedgerEntry.objects.count()

    def break_down(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(appointments, broken, break_down)
    with pytest.raises(OSError):  # noqa: PT011
        uphold(objection, by=officer)

    assert (fresh(objection).state, fresh(row).state) == ("open", A.NOTICE)
    assert (fresh(row.notice).state, LedgerEntry.objects.count()) == ("published", entries)


def test_rejecting_a_candidate_takes_the_notice_back_without_the_reason(client):
    row = on_notice(someone=person(name="陈晓明"))

    appointments.reject_appointment(row.pk, **note())

    page = client.get(row.notice.get_absolute_url()).content.decode()
    assert fresh(row.notice).state == "withdrawn"
    for secret in ("陈晓明", REASON):
        assert secret not in page


def test_the_notice_of_a_candidate_is_not_withdrawn_alone():
    row = on_notice()

    with pytest.raises(Refused, match="reject the nomination instead"):
        notices.withdraw_notice(row.notice_id, **note())
    accept(row, LAST_DAY + DAY)
    notices.withdraw_notice(row.notice_id, **note(today=LAST_DAY + DAY))

    assert (fresh(row).state, fresh(row.notice).state) == (A.AWAITING_DUTY, "withdrawn")


def test_a_nomination_from_before_notices_were_put_up_keeps_working():
    span = {"notice_from_on": TODAY - 9 * DAY, "notice_until_on": TODAY - DAY}
    accepted, rejected = post(A.NOTICE, **span), post(A.NOTICE, **span)

    accept(accepted, TODAY)
    appointments.reject_appointment(rejected.pk, **note())

    states = [fresh(row).state for row in (accepted, rejected)]
    assert states == [A.AWAITING_DUTY, A.REJECTED]


def test_a_deregistration_takes_the_notices_of_candidates_back():
    body = make.organization()
    candidate = on_notice(body=body)

    row = cases.closure("proposed", body=body)
    page = PublicNotice.objects.about(body).filter(kind="closure").get()
    cases.carry_out(row)

    assert fresh(row).notice == page
    assert (fresh(candidate).state, fresh(candidate.notice).state) == (A.REJECTED, "withdrawn")


def test_a_leaving_organisation_shows_the_notice_of_its_own_case(client, time_machine):
    time_machine.move_to(NOW)
    body = make.organization()
    on_notice(body=body)
    row = cases.closure("on_notice", body=body, on=TODAY)
    on_the_page = client.get(body.get_absolute_url()).context["notice"]

    assert on_the_page == row.notice


def test_the_database_refuses_one_notice_for_two_candidates():
    first, second = on_notice(), on_notice()

    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=second.pk).update(notice=first.notice)


def test_the_officers_page_leads_to_the_notice_and_says_what_rejecting_does(client, at_desk):
    row = on_notice()
    at_desk()

    page = client.get(url("appointments", "inspect", row.pk)).content.decode()
    told = client.get(url("appointments", "act", row.pk, "reject")).context["consequences"]

    assert url("notices", "inspect", row.notice_id) in page
    assert told == ["The public notice is withdrawn; its page does not tell your reason."]


def test_upholding_says_that_the_candidate_is_rejected(client, at_desk):
    objection = cases.objection(to=on_notice().notice)
    at_desk()

    told = client.get(url("objections", "act", objection.pk, "uphold")).context["consequences"]

    assert told[0] == "The candidate is rejected, and may be nominated anew."
