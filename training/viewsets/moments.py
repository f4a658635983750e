"""Acts on exams and attempts: their actions and guards are told the moment, not the day."""

from dataclasses import replace
from functools import wraps

from django.utils import timezone

from office.desk.acts import step


def by_the_clock(action):
    """Make an action that is told the moment one that the desk can take."""

    @wraps(action)
    def take(pk, *, by, today, **values):
        return action(pk, by=by, now=timezone.now(), **values)

    return take


def exam_step(flow, name, take, **given):
    """A step whose guards are asked about the moment, not the day."""

    def refusals(row, today):
        return flow.refusals(row, name, timezone.now())

    return replace(step(flow, name, take, **given), refusals=refusals)
