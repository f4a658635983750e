"""Months of prevention in the county of the demo: reported, returned, begun, and missing."""

from datetime import timedelta

from casework import actions
from casework.models.prevention import FIGURES
from casework.rules.prevention import month_before
from registry.models import Organization

REASON = "演示。"
ZHUJI = 330681 * 10**6
ORGANIZATIONS = 24
MONTHS = 4
# Screenings are many; what was kept from turning bad is rare.
LARGEST = [12, 9, 7, 2, 1, 2, 2, 5]
# Of the last month: what became of the report of one organisation after the other.
LAST = ["reported", "reported", "returned", "draft", "missing"]


def make_prevention(today):
    """Report the last months of organisations of the county; returns how many reports there are."""
    bodies = Organization.objects.listed().filter(
        division_id__gte=ZHUJI, division_id__lt=ZHUJI + 10**6
    )
    made, month = 0, month_before(today)
    for back in range(MONTHS):
        for number, body in enumerate(bodies.order_by("pk")[:ORGANIZATIONS]):
            state = "reported" if back else LAST[number % len(LAST)]
            if state != "missing":
                _report(body, month, state, number + back)
                made += 1
        month = month_before(month)
    return made


def _report(body, month, state, seed):
    note = {"by": None, "reason": REASON}
    day = month + timedelta(days=33)
    figures = {
        name: (seed * (place + 3)) % (largest + 1)
        for place, (name, largest) in enumerate(zip(FIGURES, LARGEST, strict=True))
    }
    if state == "draft":
        figures["publicity"] = None
    report = actions.begin_report(organization=body, month=month, today=day, **note, **figures)
    if state in {"reported", "returned"}:
        actions.hand_in_report(report.pk, today=day, **note)
    if state == "returned":
        note["reason"] = "预防数多于排查出的纠纷数，请核对。"
        actions.return_report(report.pk, today=day, **note)
