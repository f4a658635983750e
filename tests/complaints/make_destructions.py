"""Old complaints, and destructions of their keys in any state."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints import actions, vault
from complaints.actions.identity import REASON
from complaints.models import Complaint, IdentityView, KeyDestruction
from office.roles import Role
from registry.rules import years_later
from tests import make
from tests.complaints.make_complaints import complaint, handler
from tests.make import DAY, TODAY

# The time of keeping is five years (fixtures/complaints/policies.json).
DUE = years_later(TODAY, -5)


def lead(**fields):
    """An officer of the city bureau, who is told of views of identities."""
    return make.officer(Role.CITY_BUREAU, make.division("3306"), **fields)


def auditor(place="330681"):
    return make.officer(Role.AUDITOR, make.division(place))


def closed(closed_on=DUE, *, file=None, **given):
    """A complaint that was closed on a day, with a file if its content is given."""
    made = complaint("closed", **given)
    Complaint.objects.filter(pk=made.pk).update(closed_on=closed_on, received_on=closed_on - DAY)
    if file is not None:
        vault.keep_content(made, file.encode(), ".pdf", "证据.pdf", today=TODAY)
    made.refresh_from_db()
    return made


def proposed(made=None, *, by=None):
    return actions.propose_destruction(made or closed(), by=by or handler(), today=TODAY)


def destruction(state="proposed"):
    case = proposed()
    if state == "confirmed":
        actions.confirm_destruction(case.pk, by=lead(), today=TODAY)
    elif state == "rejected":
        actions.reject_destruction(case.pk, by=lead(), today=TODAY, reason="还在诉讼。")
    return KeyDestruction.objects.get(pk=case.pk)


def seen(made, *, by=None, reason="需要回访当事人。", at=None):
    """A view of an identity as the act of seeing keeps it."""
    at = at or make.moment()
    sealed = vault.seal_text(made, reason, REASON)
    return IdentityView.objects.create(
        complaint=made,
        user=by or handler(),
        sealed_reason=sealed,
        opened_at=at,
        until_at=at + timedelta(minutes=15),
    )


def questions_of(client, page):
    """How many questions a page asks of the database, once what is asked once was asked."""
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)
