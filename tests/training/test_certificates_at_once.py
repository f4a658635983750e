"""Numbers under load: many officers issue at the same moment; no number twice, none left out."""

import threading

import pytest
from django.db import connection

from office.flow import Refused
from tests import make
from tests.make import TODAY
from tests.training.make_certificates import certificate, kind
from training import actions
from training.models import Certificate

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts):
    """Start all acts at the same moment; return what came of each."""
    meet, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        try:
            meet.wait()
            act()
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def issuing(row, by):
    return lambda: actions.issue_certificate(row.pk, by=by, today=TODAY)


def test_eight_issues_at_once_take_eight_numbers_in_a_row():
    of = kind()
    rows = [certificate("examined", of=of, mediator=make.mediator(), on=TODAY) for _n in range(8)]

    outcomes = at_once([issuing(row, make.user()) for row in rows])

    numbers = Certificate.objects.order_by("number").values_list("number", flat=True)
    assert outcomes == ["done"] * 8
    assert list(numbers) == [f"33068120260000{number}" for number in range(1, 9)]


def test_of_two_officers_who_issue_one_certificate_at_once_one_does():
    row = certificate("examined", on=TODAY)

    outcomes = at_once([issuing(row, make.user()), issuing(row, make.user())])

    assert outcomes == ["done", "refused"]
    row.refresh_from_db()
    assert row.number == "330681202600001"
