"""Handlers learn on their own page that complainants wrote, until they open the case."""

import pytest

from complaints import actions
from complaints.models import Sending
from complaints.reports.unread import news_on_my_page
from tests.complaints.make_complaints import figures, handler
from tests.complaints.make_following import KEY, held
from tests.make import TODAY
from tests.registry.desk import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TEXT = "补充情况。"


@pytest.fixture(autouse=True)
def _figures():
    figures()


def test_the_line_counts_the_cases_and_goes_once_they_are_opened(at_desk, client):
    own, _code = held("accepted")
    joined, _code = held("merged", fields={"merged_into": own})
    other, _code = held("accepted")
    for complaint in (own, joined, other):
        for key in ("0" * 32, "1" * 32):
            actions.add_material(complaint.pk, submission=key, text=TEXT, today=TODAY)

    [task] = news_on_my_page(own.handler, TODAY)

    assert (str(task.label), task.note) == ("New messages of complainants", "in 2 complaints")
    assert news_on_my_page(handler(), TODAY) == []
    at_desk(own.handler)
    assert TEXT in client.get(url("complaints", "inspect", own.pk)).content.decode()
    assert not Sending.objects.filter(complaint=own, read_on=None).exists()
    assert news_on_my_page(own.handler, TODAY)[0].note == "in 1 complaint"
    assert news_on_my_page(other.handler, TODAY)[0].note == "in 1 complaint"


def test_what_an_officer_without_the_case_opens_stays_unread(at_desk, client):
    own, _code = held("accepted")
    actions.add_material(own.pk, submission=KEY, text=TEXT, today=TODAY)
    at_desk(handler())
    assert TEXT not in client.get(url("complaints", "inspect", own.pk)).content.decode()
    assert Sending.objects.get().read_on is None
