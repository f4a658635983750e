"""What becomes of the words on review sheets when somebody is erased; results stay verifiable."""

from django.db.models import F, Value
from django.db.models.functions import Replace

from grading.models import ReviewCycle, ReviewFigure, ReviewMark, ReviewSheet, SheetObjection
from grading.notices.review_announcements import line_of
from office import ledger
from registry.actions.erasures import NAMELESS
from registry.models import PublicNotice


def forget_reviews(mediator, *, by, today, reason):
    """Blank what the person wrote, and take the name out of the notices of results."""
    sheets = ReviewSheet.objects.filter(mediator=mediator).select_related("mediator", "cycle")
    rows = list(
        sheets.select_related("organization").select_for_update(of=("self",)).order_by("pk")
    )
    entries = [ledger.draft("grading.reviewsheet.erase", row, by=by, reason=reason) for row in rows]
    sheets.update(statement="", return_reason="", revision=F("revision") + 1)
    of_person = {"sheet__mediator": mediator}
    SheetObjection.objects.filter(**of_person).exclude(text="").update(text=NAMELESS)
    SheetObjection.objects.filter(**of_person).exclude(answer="").update(answer=NAMELESS)
    ReviewMark.objects.filter(**of_person).exclude(note="").update(note=NAMELESS)
    ReviewFigure.objects.filter(**of_person).exclude(reason="").update(reason=NAMELESS)
    if mediator.name:
        for row in rows:
            _take_the_line_out(row)
    if entries:
        ledger.append_all(entries)


def _take_the_line_out(sheet):
    """Only the person's own line: somebody else may have the same name."""
    line = line_of(sheet)
    nameless = line.replace(sheet.mediator.name, NAMELESS, 1)
    cycle = ReviewCycle.objects.filter(pk=sheet.cycle_id).order_by().values("notice")
    notices = PublicNotice.objects.filter(pk__in=cycle)
    notices.update(body=Replace("body", Value(f"\n{line}\n"), Value(f"\n{nameless}\n")))
