"""The person signs the sheet or appeals; what the public objects to is tied to one sheet.

Whoever gave points on a sheet or checked it does not decide on an objection to it.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.review_corrections import decide_points
from grading.actions.review_judging import bases_of, digests_above, lower, work_out
from grading.actions.review_marks import locked_sheet, refuse_own, write_figures
from grading.actions.review_moving import locked_cycle
from grading.actions.review_placing import band_of_one
from grading.actions.review_results import last_day_to_object
from grading.flows.review import SheetState
from grading.models import ReviewCycle, ReviewSheet, SheetObjection
from office import ledger
from office.flow import Refused, taking
from registry.actions.notices import reject_objection, uphold_objection
from registry.flows import ObjectionState
from registry.models import Objection

S = SheetState
LONGEST_ANSWER = 3_000


def _rows():
    return ReviewSheet.objects.select_related("cycle__version__parent", "cycle__notice", "mediator")


@transaction.atomic
def sign(pk, *, by, today):
    """Sign the own sheet: the person has read the result.

    :raises Refused: before there is one to sign, or if it is signed.
    """
    sheet = locked_sheet(pk)
    _require_own(sheet, by)
    if sheet.state not in (S.NOTICE, S.DECIDED):
        raise Refused(_("There is no result to sign yet."))
    if sheet.signed_on is not None:
        raise Refused(_("You signed this sheet already."))
    sheet.signed_on = today
    sheet.revision += 1
    sheet.save(update_fields=["signed_on", "revision", "changed_at"])
    after = {"signed_on": today.isoformat(), "digest": sheet.digest}
    ledger.append("grading.reviewsheet.sign", sheet, by=by, after=after)
    return sheet


@transaction.atomic
def appeal(pk, *, by, today, text):
    """Object to the own result while it is on public notice; returns the sheet.

    :raises Refused: after the notice, without a text, or if an objection is open.
    """
    if not text.strip():
        raise Refused({"text": _("Write what you object to.")})
    locked_cycle(pk)
    with taking("object", _rows(), pk, by=by, today=today) as sheet:
        _require_own(sheet, by)
        if today > last_day_to_object(sheet.cycle):
            raise Refused(_("The time for objections to this notice is over."))
        # Who signed and objects after has not agreed.
        sheet.signed_on = None
        _keep(SheetObjection(sheet=sheet, text=text.strip(), filed_on=today))
    return sheet


def _require_own(sheet, by):
    if sheet.mediator.user_id is None or sheet.mediator.user_id != by.pk:
        raise ReviewSheet.DoesNotExist


def contest(pk, *, by, today, reason, objection):
    """Tie an open objection to the notice to the sheet it is about; the others go on.

    :raises Refused: if the objection is decided, or is one to another notice.
    """
    with transaction.atomic():
        locked_cycle(pk)
        found = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
        with taking("object", _rows(), pk, by=by, today=today, reason=reason) as sheet:
            refuse_own(sheet, by)
            if found.state != ObjectionState.OPEN:
                raise Refused({"objection": _("This objection was decided already.")})
            if found.notice_id != sheet.cycle.notice_id:
                raise Refused({"objection": _("This objection is one to another notice.")})
            if SheetObjection.objects.filter(objection=found).exists():
                raise Refused({"objection": _("This objection is tied to a sheet already.")})
            _keep(SheetObjection(sheet=sheet, objection=found, filed_on=found.received_on))
    return sheet


def _keep(objection):
    objection.full_clean()
    objection.save()


def answer_objection(pk, *, by, today, reason, answer, is_upheld, figures=None, points=None):
    """Decide on the open objection to a sheet (its key), as somebody who had no part in it.

    Upheld, the result is worked out anew: with what the officer puts right, if anything.

    :param figures: ``{indicator: (numerator, denominator)}``.
    :param points: ``{indicator: points}``; they stand for those of all who gave some.
    :raises Refused: if the officer gave points or checked the sheet, or no answer is written.
    """
    note = {"by": by, "today": today, "reason": reason}
    with transaction.atomic():
        locked_cycle(pk)
        public = _public_objection(pk)
        with taking("answer", _rows(), pk, **note) as sheet:
            found = sheet.objections.waiting().select_for_update().get()
            _require_somebody_new(sheet, by)
            _require_answer(answer, is_upheld, public, figures or points)
            if is_upheld:
                _put_right(sheet, figures, **note)
                decide_points(sheet, points or {}, **note)
                _work_out_anew(sheet)
            found.is_upheld, found.answer = is_upheld, answer.strip()[:LONGEST_ANSWER]
            found.decided_by, found.decided_on = by, today
            found.full_clean()
            found.save()
        if public is not None and public.state == ObjectionState.OPEN:
            settle = uphold_objection if is_upheld else reject_objection
            settle(public.pk, answer=found.answer, **note)
    return sheet


def _put_right(sheet, figures, **note):
    if figures:
        write_figures(sheet, figures, **note)


def _work_out_anew(sheet):
    work_out(sheet, bases_of([sheet])[sheet.pk], digests_above(sheet.cycle))
    band = band_of_one(sheet)
    if band != sheet.band:
        lower(sheet, band)


def _public_objection(pk):
    """Lock the objection to the notice that a sheet waits for, None if it is the person's own."""
    rows = Objection.objects.select_for_update(of=("self",))
    return rows.filter(review_objection__sheet=pk, review_objection__is_upheld=None).first()


def _require_somebody_new(sheet, by):
    refuse_own(sheet, by)
    if found := bars_to_answering(sheet, by):
        raise Refused(found)


def bars_to_answering(sheet, by):
    """Return why an officer does not decide on an objection to a sheet: a part in its points."""
    found = []
    if sheet.checked_by_id == by.pk:
        found.append(_("You checked this sheet."))
    if sheet.marks.filter(by=by).exists() or sheet.figures.filter(by=by).exists():
        found.append(_("You gave points on this sheet, or put a figure of it right."))
    if found:
        found.append(_("Somebody who had no part in it decides on the objection."))
    return found


def _require_answer(answer, is_upheld, public, changes):
    if not answer.strip():
        raise Refused({"answer": _("Write the answer.")})
    if not is_upheld and changes:
        raise Refused(_("Figures and points are put right only if the objection is upheld."))
    if is_upheld and public is not None and public.state != ObjectionState.OPEN:
        raise Refused(_("The objection was rejected: it cannot be upheld here."))


def is_of_a_review(notice):
    """Whether a notice (its key) tells the results of a review."""
    return ReviewCycle.objects.filter(notice=notice).exists()


def names_a_sheet(objection):
    """Whether an objection to results was decided on a sheet, and upheld there."""
    return SheetObjection.objects.filter(objection=objection, is_upheld=True).exists()
