"""Markers at the same moment: no two get the same round of an answer, and no mark is lost."""

from decimal import Decimal

import pytest

from tests.training import make_marking
from tests.training.make_marking import WHEN, named
from tests.training.test_exams_at_once import at_once
from training import actions
from training.models import AttemptItem, Marking

pytestmark = pytest.mark.django_db(transaction=True)


def test_markers_who_ask_at_once_get_rounds_of_their_own():
    exam, _sittings = make_marking.in_marking(["essay"], sitters=2)
    users = named(exam, 4)

    at_once(*[lambda u=user: actions.claim_answer(exam.pk, by=u, **WHEN) for user in users])

    taken = list(Marking.objects.values_list("item", "round"))
    assert len(taken) == len(set(taken)) == 4
    assert sorted(Marking.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_two_clicks_of_one_marker_take_one_answer():
    exam, _sittings = make_marking.in_marking(["essay"], sitters=3)
    one, _two = named(exam, 2)

    at_once(*[lambda: actions.claim_answer(exam.pk, by=one, **WHEN)] * 3)

    assert Marking.objects.count() == 1


def test_two_who_mark_at_once_settle_the_answer():
    exam, [sitting] = make_marking.in_marking(["essay"])
    users = named(exam, 2)
    rows = [actions.claim_answer(exam.pk, by=user, **WHEN) for user in users]
    points = {"points": [Decimal(3)]}

    at_once(
        *[
            lambda r=row: actions.mark_answer(r.pk, by=r.marker, **points, **WHEN)
            for row in rows
        ]
    )  # fmt: skip

    assert AttemptItem.objects.get().score == 10
    assert sitting.again().state == "marked"
