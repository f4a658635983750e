"""Case files are compared with the contents list, handed back, completed, and scored by another."""

from django.db import transaction
from django.utils.translation import gettext as _

from casework.actions.taking_part import refuse_who_mediated
from casework.flows import CLOSED
from casework.models import CaseRecord, FileCheck, QualityScheme
from casework.rules.files import missing
from office.flow import Refused, taking
from registry.actions.entering import entered


@transaction.atomic
def open_check(*, by, today, reason, case):
    """Open the check of a file outside any sample; returns it.

    :raises Refused: if the case is not closed.
    :raises ValidationError: if its file is being checked already.
    """
    case = CaseRecord.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.state not in CLOSED:
        raise Refused(_("A file is checked once the mediation is over."))
    return entered(FileCheck(case=case, opened_on=today), by=by, reason=reason, act="open_check")


def check_file(pk, *, by, today, found, remarks="", reason=""):
    """Note which papers are in the file; what is missing follows from the case.

    :raises Refused: if the officer mediated the case.
    """
    with taking("check", FileCheck.objects, pk, by=by, today=today, reason=reason) as check:
        _note(check, by, found, remarks)
        check.checked_by, check.checked_on = by, today
    return check


def hand_back_file(pk, *, by, today, reason, to_complete):
    """Ask the organisation to complete a file."""
    with taking("hand_back", FileCheck.objects, pk, by=by, today=today, reason=reason) as check:
        check.to_complete, check.returned_on = to_complete, today
    return check


def complete_file(pk, *, by, today, found, remarks="", reason=""):
    """Note which papers are in the file now that the organisation has completed it.

    :raises Refused: if the officer mediated the case.
    """
    with taking("complete", FileCheck.objects, pk, by=by, today=today, reason=reason) as check:
        _note(check, by, found, remarks)
        check.completed_by, check.completed_on = by, today
    return check


def score_file(pk, *, by, today, marks, reason=""):
    """Score a checked file item by item; ``marks`` are points by the code of the item.

    :raises Refused: if the officer checked the file or mediated the case, no scheme holds, or the
        marks are not those the scheme asks for.
    """
    with taking("score", FileCheck.objects, pk, by=by, today=today, reason=reason) as check:
        refuse_who_mediated(check.case, by)
        if by is not None and by.pk in {check.checked_by_id, check.completed_by_id}:
            raise Refused(_("Who checked the file does not score it. Ask a colleague."))
        check.scheme = scheme_for(check, today)
        check.marks, check.score = marks, _sum_of(check.scheme, marks)
        check.scored_by, check.scored_on = by, today
    return check


def drop_check(pk, *, by, today, reason):
    """Give up a check, for instance of a file that no longer exists."""
    with taking("drop", FileCheck.objects, pk, by=by, today=today, reason=reason) as check:
        pass
    return check


def scheme_for(check, today):
    """Return the scheme a file is scored by. :raises Refused: if the bureau has set none."""
    scheme = QualityScheme.objects.ruling(check.case.division_id, today)
    if scheme is None:
        raise Refused(_("No scheme of file quality holds here. Set one first."))
    return scheme


def _sum_of(scheme, marks):
    """Return the points given. :raises Refused: if an item lacks its mark or has too many."""
    most = {item.code: item.points for item in scheme.items.all()}
    if most.keys() != marks.keys():
        raise Refused(_("Give points for each item of the scheme, and for no other."))
    if any(not 0 <= marks[code] <= points for code, points in most.items()):
        raise Refused(_("An item has more points than the scheme gives, or less than none."))
    return sum(marks.values())


def _note(check, by, found, remarks):
    refuse_who_mediated(check.case, by)
    check.found, check.remarks = list(found), remarks
    check.missing = missing(check.expected, check.found)
