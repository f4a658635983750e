"""The holder of a code clicks twice at the same moment, in two windows."""

import pytest

from complaints import actions
from complaints.flows import ComplaintState
from complaints.models import Sending
from tests.complaints.make_complaints import figures, said
from tests.complaints.make_following import KEY, clocks, held, term
from tests.make import TODAY
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "对处理结果不服。"


@pytest.fixture(autouse=True)
def _figures():
    figures()


def test_a_review_asked_for_twice_at_once_is_asked_for_once():
    complaint, _code = held("replied")
    term(complaint, "review_ask_days", TODAY)

    outcomes = at_once(*[lambda: actions.ask_review(complaint.pk, text=TEXT, today=TODAY)] * 4)

    assert outcomes == ["done"] * 4
    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.IN_REVIEW
    assert said(complaint, "review") == [TEXT]
    assert clocks(complaint) == {"accept_days", "review_days"}


def test_a_form_sent_twice_at_once_is_kept_once():
    complaint, _code = held("awaiting_material")
    given = {"submission": KEY, "text": TEXT, "today": TODAY}

    outcomes = at_once(*[lambda: actions.add_material(complaint.pk, **given)] * 4)

    assert outcomes == ["done"] * 4
    assert said(complaint, "addition") == [TEXT]
    assert Sending.objects.count() == 1


def test_withdrawn_and_reviewed_at_once_one_of_them_counts():
    complaint, _code = held("accepted")
    outcomes = at_once(
        lambda: actions.withdraw_by_code(complaint.pk, today=TODAY),
        lambda: actions.accept(complaint.pk, by=complaint.handler, today=TODAY),
    )
    assert outcomes == ["done", "refused"]
    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.WITHDRAWN


def test_marks_given_at_once_leave_the_first_one():
    complaint, _code = held("closed")
    outcomes = at_once(
        *[
            lambda score=score: actions.rate(complaint.pk, score=score, today=TODAY)
            for score in (1, 5)
        ]
    )
    assert outcomes == ["done", "done"]
    complaint.refresh_from_db()
    assert (complaint.satisfaction in {1, 5}, complaint.revision) == (True, 1)
