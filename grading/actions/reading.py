"""A member reads alone: the sheet is saved at every change, handed in once, or given back."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from grading.flows.panel import PanelState, ReadingState
from grading.models import Panel, Reading
from office.flow import Refused, Stale, taking

LONGEST_SCORE = 40


def save_reading(pk, *, by, now, scores, remark="", revision=None):
    """Keep a sheet as it was typed, whole or not; returns the reading as it is stored.

    One conditional update: what another member typed cannot be touched by it, nor a sheet that was
    handed in or taken back meanwhile.

    :param revision: the one the page was opened with.
    :raises Stale: if the sheet was saved from another page since; nothing is written then.
    :raises Refused: if it is not open any more.
    """
    rows = Reading.objects.filter(
        pk=pk, member=by, state=ReadingState.OPEN, panel__state=PanelState.SITTING
    )
    expected = rows if revision is None else rows.filter(revision=revision)
    kept = {str(code): str(score)[:LONGEST_SCORE] for code, score in scores.items()}
    written = expected.update(
        scores=kept, remark=remark, saved_at=now, changed_at=now, revision=F("revision") + 1
    )
    if not written:
        if rows.exists():
            raise Stale
        raise Refused(_("This sheet is not open any more: it was handed in or taken back."))
    return Reading.objects.select_related("panel").get(pk=pk)


def hand_in(pk, *, by, today):
    """Hand in the sheet as it was saved.

    :raises Refused: with every fault of the sheet.
    """
    rows = Reading.objects.filter(member=by).select_related("panel__grading_round__version")
    with taking("submit", rows, pk, by=by, today=today) as reading:
        reading.handed_in_on = today
    return reading


def hand_in_typed(pk, *, by, now, today, **typed):
    """Keep a sheet as it was typed, then hand it in; what was typed stays if it is refused.

    :raises Stale: or Refused, as ``save_reading`` and ``hand_in`` do.
    """
    # In two transactions: a fault of the sheet must not take back what was saved.
    save_reading(pk, by=by, now=now, **typed)
    return hand_in(pk, by=by, today=today)


@transaction.atomic
def abstain(pk, *, by, today, reason):
    """Give no scores, with the reason; another member reads it at the next assignment.

    :raises Refused: without a reason.
    """
    if not reason.strip():
        raise Refused(_("Give the reason for abstaining."))
    rows = Reading.objects.filter(member=by)
    # Emptied ahead: the ledger is read by others, and tells no scores.
    rows.filter(pk=pk, state=ReadingState.OPEN).update(scores={})
    with taking("abstain", rows, pk, by=by, today=today, reason=reason) as reading:
        reading.reason, reading.handed_in_on = reason.strip(), today
    return reading


@transaction.atomic
def drop_reading(pk, *, by, today, reason, reading):
    """Take a reading back as an officer; what was given is kept and does not count.

    :param pk: of the panel.
    """
    panel = Panel.objects.select_for_update(of=("self",)).get(pk=pk)
    rows = Reading.objects.filter(panel=panel)
    with taking("drop", rows, reading.pk, by=by, today=today, reason=reason) as taken:
        return taken


@transaction.atomic
def reveal(pk, *, by, today, reason=""):
    """End the reading of a panel and show the scores to the bureau.

    :raises Refused: as long as a reading is out, a sheet cannot be read, or readers are apart.
    """
    rows = Panel.objects.select_related("grading_round__version")
    with taking("reveal", rows, pk, by=by, today=today, reason=reason) as panel:
        panel.revealed_on = today
    return panel
