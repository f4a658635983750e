"""Who complained: on a reason, for a quarter of an hour, by the handler alone, and it is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from complaints import actions
from complaints.models import CaseGrant, IdentityView
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.complaints.make_complaints import IDENTITY, TODAY, complaint, figures, handler
from tests.registry.desk import sent, url

pytestmark = pytest.mark.django_db
MINUTES = timedelta(minutes=15)
SECOND = timedelta(seconds=1)
WHY = "需要电话核实王某的身份"


@pytest.fixture(autouse=True)
def _figures(in_english):
    figures()


@pytest.fixture
def by(at_desk):
    return at_desk(handler(), password_shown=True)


@pytest.fixture
def lead():
    return make.officer(Role.CITY_BUREAU, make.division("3306"), email="lead@example.org")


def ask(client, row, **typed):
    return client.post(url("complaints", "act", row.pk, "unmask"), sent(reason=WHY, **typed))


def seen(answer):
    return [value in answer.content.decode() for value in IDENTITY.values()]


def test_the_page_stays_open_for_a_quarter_of_an_hour(client, by, time_machine):
    row = complaint("screening", by=by)
    page = ask(client, row).url
    view = IdentityView.objects.get()
    assert view.until_at - view.opened_at == MINUTES
    answer = client.get(page)
    assert (answer.status_code, seen(answer)) == (200, [True] * 3)
    assert "no-store" in answer["Cache-Control"]
    for moment, status in [(view.until_at - SECOND, 200), (view.until_at, 410)]:
        time_machine.move_to(moment, tick=False)
        answer = client.get(page)
        assert (answer.status_code, seen(answer)) == (status, [status == 200] * 3)


def test_every_view_is_one_row_and_one_entry_and_looking_again_is_none(client, by):
    row = complaint("screening", by=by)
    pages = [ask(client, row).url for _time in range(3)]
    for page in pages * 2:
        client.get(page)
    entries = LedgerEntry.objects.filter(act="complaints.complaint.unmask")
    assert IdentityView.objects.count() == entries.count() == 3
    told = str(list(entries.values_list("reason", "before", "after")))
    assert [word for word in [WHY, *IDENTITY.values()] if word in told] == []


def test_the_reason_is_sealed_and_opens_for_those_who_steer(client, by):
    row = complaint("screening", by=by)
    ask(client, row)
    view = IdentityView.objects.get()
    assert WHY not in view.sealed_reason
    assert actions.reason_of(view) == WHY


def test_the_lead_is_told_that_there_is_something_and_nothing_more(
    client, by, lead, django_capture_on_commit_callbacks
):
    make.officer(Role.CITY_BUREAU, make.division("3307"), email="other@example.org")
    make.officer(Role.COUNTY_BUREAU, make.division("330681"), email="county@example.org")
    row = complaint("screening", by=by)
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, row)
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([lead.email], "有一条新消息")
    assert message.body == "有一条新消息，请登录系统查看。"


def test_the_password_is_asked_for_first(client, at_desk):
    officer = at_desk(handler())
    row = complaint("screening", by=officer)
    answer = ask(client, row)
    assert "reauthenticate" in answer.url
    assert not IdentityView.objects.exists()


def test_a_reason_is_needed(client, by):
    row = complaint("screening", by=by)
    assert ask(client, row).status_code == 302
    empty = client.post(url("complaints", "act", row.pk, "unmask"), sent(reason=" "))
    assert empty.status_code == 422
    assert IdentityView.objects.count() == 1


def test_of_an_anonymous_complaint_there_is_nothing_to_see_and_it_is_said(client, by):
    row = complaint("screening", by=by, mode="anonymous")
    page = client.get(url("complaints", "act", row.pk, "unmask")).content.decode()
    assert "nothing is kept of who complained" in page
    assert ask(client, row).status_code == 422
    assert not IdentityView.objects.exists()


def test_another_officer_finds_neither_the_act_nor_the_page(client, by, at_desk):
    row = complaint("screening", by=by)
    page = ask(client, row).url
    second = at_desk(handler(), password_shown=True)
    assert client.get(page).status_code == 404
    actions.give_access(row, second, "second", by=by, today=TODAY)
    assert client.get(page).status_code == 404
    assert ask(client, row).status_code == 404
    assert IdentityView.objects.count() == 1


def test_once_the_case_is_taken_away_the_open_page_is_gone(client, by):
    row = complaint("screening", by=by)
    page = ask(client, row).url
    CaseGrant.objects.filter(complaint=row).update(until_on=TODAY)
    assert client.get(page).status_code == 404


def test_the_act_itself_refuses_who_is_not_the_handler(by):
    row = complaint("screening", by=by)
    with pytest.raises(actions.NotTheHandler):
        actions.open_identity(
            row.pk, by=handler(), now=timezone.now(), today=TODAY, reason=WHY
        )  # fmt: skip
    now = timezone.now()
    view = actions.open_identity(row.pk, by=by, now=now, today=TODAY, reason=WHY)
    with pytest.raises(Refused, match="is over"):
        actions.identity_shown(view, by=by, now=now + MINUTES)


def test_a_view_that_does_not_end_is_refused_by_the_database(by):
    row = complaint("screening", by=by)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityView.objects.create(
            complaint=row, user=by, sealed_reason="x", opened_at=now, until_at=now
        )  # fmt: skip
