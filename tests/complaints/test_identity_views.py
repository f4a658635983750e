"""The log of identity views: one row and one entry each; who, never whom; why, the head alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from complaints import actions
from complaints.models import DeclaredRecusal, IdentityView
from office.models import LedgerEntry
from tests import make
from tests.complaints.make_complaints import IDENTITY, complaint, figures, handler
from tests.complaints.make_destructions import auditor, lead, questions_of, seen
from tests.make import TODAY
from tests.registry.desk import url
from tests.security.asking import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WHY = "回访当事人核实标记香烟。"


@pytest.fixture(autouse=True)
def _figures():
    figures()


def looked(made=None):
    """A view opened by the act itself, by the handler."""
    made = made or complaint("screening")
    now = timezone.now()
    return actions.open_identity(made.pk, by=made.handler, now=now, today=TODAY, reason=WHY)


def test_there_are_as_many_views_as_entries_of_the_ledger():
    for _one in range(3):
        view = looked()
    looked(view.complaint)
    entries = LedgerEntry.objects.filter(act="complaints.complaint.unmask")
    assert IdentityView.objects.count() == entries.count() == 4
    told = [
        (str(one.complaint_id), one.user_id) for one in IdentityView.objects.order_by("opened_at")
    ]
    assert told == list(entries.order_by("sequence").values_list("subject_id", "actor_id"))
    assert WHY not in str(list(entries.values()))


@pytest.mark.parametrize("who", [lead, auditor])
def test_the_log_tells_who_which_and_when_and_nothing_of_whom_or_why(client, at_desk, who):
    view = looked()
    at_desk(who())
    for page in [url("identity_views", "index"), url("identity_views", "inspect", view.pk)]:
        answer = client.get(page).content.decode()
        assert view.complaint.number in answer
        assert view.user.name in answer
        assert [word for word in [*IDENTITY.values(), WHY] if word in answer] == []


def test_the_head_reads_why_after_showing_the_password_and_that_is_an_entry(client, at_desk):
    view = looked()
    page = url("identity_views", "act", view.pk, "read")
    head = at_desk(lead())
    assert client.get(page)["Location"].startswith("/accounts/reauthenticate/")
    at_desk(head, password_shown=True)
    form = client.get(page).context["form"]
    answer = client.post(page, {"submission": form.initial["submission"]})
    assert WHY in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = LedgerEntry.objects.get(act="complaints.identityview.read_reason")
    assert (entry.actor, entry.reason) == (head, "")
    assert WHY not in str(entry.after)


@pytest.mark.parametrize("who", [auditor, handler])
def test_nobody_else_reads_why(client, at_desk, who):
    view = looked()
    at_desk(who(), password_shown=True)
    page = url("identity_views", "act", view.pk, "read")
    assert client.get(page).status_code == 404
    assert client.post(page, {}).status_code == 404


def test_the_export_holds_what_the_list_holds_and_no_more(client, at_desk):
    view = looked()
    at_desk(auditor())
    page = url("identity_views", "export")
    form = client.get(page).context["form"]
    sent = {"submission": form.initial["submission"], "format": "csv"}
    answer = text(client.post(page, sent))
    assert view.complaint.number in answer
    assert [word for word in [*IDENTITY.values(), WHY] if word in answer] == []


def test_handlers_and_other_counties_find_no_log(client, at_desk):
    view = looked()
    at_desk(handler())
    assert client.get(url("identity_views", "index")).status_code == 404
    at_desk(auditor("330682"))
    assert view.complaint.number not in client.get(url("identity_views", "index")).content.decode()
    assert client.get(url("identity_views", "inspect", view.pk)).status_code == 404


def test_whoever_stepped_back_from_a_complaint_does_not_see_its_views(client, at_desk):
    view, head = looked(), lead()
    DeclaredRecusal.objects.create(complaint=view.complaint, user=head, declared_on=TODAY)
    at_desk(head)
    assert client.get(url("identity_views", "inspect", view.pk)).status_code == 404


def test_the_list_asks_as_many_questions_of_three_rows_as_of_one(client, at_desk):
    at_desk(lead())
    counts = []
    for _row in range(3):
        made = complaint("screening")
        seen(made, by=made.handler, at=make.moment() - timedelta(days=1))
        counts.append(questions_of(client, url("identity_views", "index")))
    assert counts[0] == counts[2] <= MOST_QUESTIONS


MOST_QUESTIONS = 18
