"""Several officers decide, review and settle the same complaint at the same moment."""

import pytest

from complaints import actions
from complaints.models import Consequence, Decision, Reply
from office import ledger
from registry.models import Discipline
from tests.complaints.make_complaints import figures, handler
from tests.complaints.make_decisions import (
    FOUNDED,
    REASONS,
    TEXTS,
    TYPED,
    consequence,
    decided,
    found,
    fresh,
    recording,
    reviewer,
    taken_up,
)
from tests.make import TODAY
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _figures(db):
    figures()


def test_of_two_who_decide_at_once_one_does():
    row = found()
    other = handler()
    actions.give_access(row, other, "handler", by=row.handler, today=TODAY)

    def decide(by):
        return actions.decide(row.pk, by=by, today=TODAY, items=FOUNDED, reasons=REASONS)

    assert at_once(lambda: decide(row.handler), lambda: decide(other)) == ["done", "refused"]
    assert Decision.objects.count() == 1
    assert ledger.faults() == []


def test_two_clicks_on_a_reply_tell_each_side_once():
    row = decided(measures=["criticism"])
    reply = [lambda: actions.reply(row.pk, by=row.handler, today=TODAY, **TEXTS)] * 2
    assert at_once(*reply) == ["done", "refused"]
    assert Reply.objects.count() == 2
    assert Consequence.objects.count() == 1


def test_a_review_that_is_decided_in_two_ways_at_once_ends_in_one():
    row, by = taken_up()
    other = reviewer()
    actions.take_up_review(row.pk, by=other, today=TODAY)
    outcomes = at_once(
        lambda: actions.look_again(row.pk, by=by, today=TODAY, reasons=REASONS),
        lambda: actions.review(
            row.pk, by=other, today=TODAY, outcome="upheld", reasons=REASONS, **TEXTS
        ),
    )
    assert outcomes == ["done", "refused"]
    assert row.reviews.count() == 1


def test_a_criticism_recorded_twice_at_once_is_one_record():
    task, by = consequence("criticism"), handler()
    given = {"by": by, "today": TODAY, **TYPED}
    record = [lambda: actions.discipline(task.pk, **given, **recording())] * 2
    assert at_once(*record) == ["done", "refused"]
    assert Discipline.objects.count() == 1
    assert fresh(task).discipline == Discipline.objects.get()
