"""Who was frozen when a review was opened, held against what the ledger tells of it."""

from grading.actions.review_freezing import roster_of
from grading.models import ReviewCycle
from office.models import LedgerEntry


def roster_faults():
    """Yield a sentence for every review whose people or days are not those it was opened with.

    Who is not graded has no result that could be computed anew; a sheet taken away is found here.
    """
    entries = LedgerEntry.objects.filter(act="grading.reviewcycle.freeze").order_by("sequence")
    cycles = ReviewCycle.objects.only("pk").in_bulk()
    for sequence, subject, after in entries.values_list("sequence", "subject_id", "after"):
        cycle = cycles.get(int(subject))
        if cycle is None or roster_of(cycle) != after["roster"]:
            yield (
                f"review {subject}: its people or their days are not those it was opened with;"
                f" the ledger tells of them in entry {sequence}"
            )
