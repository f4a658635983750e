"""Sheets of the demo's panels: points drawn from a seed, two far apart, a third reading."""

from random import Random

from django.utils import timezone

from grading.actions import assigning, reading
from grading.models import Panel, Reading

SEED = 20261122
# How a work that fulfils the conditions is mostly scored, as shares of the full mark.
LOW, HIGH = 60, 95


def read_and_rank(panel, *, by, today, apart_from=None):
    """Share the readings out and hand in the sheets; ends the reading unless somebody is left out.

    :param apart_from: the account whose sheets are left to be read.
    """
    note = {"by": by, "today": today, "reason": "演示。"}
    assigning.assign_readings(panel.pk, **note)
    _hand_in(panel, today, apart_from)
    if apart_from is not None:
        return
    if Panel.objects.get(pk=panel.pk).apart():
        assigning.assign_third(panel.pk, **note)
        _hand_in(panel, today, None)
    reading.reveal(panel.pk, **note)


def _hand_in(panel, today, apart_from):
    criteria = panel.criteria()
    rows = Reading.objects.filter(panel=panel, state="open").select_related("member")
    for row in rows.exclude(member=apart_from).order_by("pk"):
        draw = Random(f"{SEED}-{row.application_id}")  # noqa: S311 - nothing here is a secret
        own = Random(f"{SEED}-{row.pk}")  # noqa: S311 - nothing here is a secret
        worth = draw.randint(LOW, HIGH)
        scores = {
            one.code: str(round(one.high * (worth + own.randint(-5, 5)) / 100)) for one in criteria
        }
        now = timezone.now()
        reading.save_reading(row.pk, by=row.member, now=now, scores=scores, remark="")
        reading.hand_in(row.pk, by=row.member, today=today)
