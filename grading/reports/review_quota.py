"""The quotas of the bands of every review, counted anew over the sheets as they were proposed."""

from grading.actions.review_placing import placed_again
from grading.flows.review import CycleState
from grading.models import ReviewCycle, ReviewSheet, SheetObjection
from grading.rules.reviews import bands_of
from grading.rules.scheme import SchemeFault

C = CycleState
WITH_A_PROPOSAL = [C.PROPOSED, C.NOTICE, C.DECIDED, C.APPLIED, C.ARCHIVED]
BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def quota_faults():
    """Yield a sentence for every sheet whose band is not what the quota of the rule leaves."""
    cycles = ReviewCycle.objects.filter(state__in=WITH_A_PROPOSAL)
    for cycle in cycles.select_related("version__parent__parent").order_by("pk"):
        for pk, sentence in _faults_of(cycle):
            yield f"review sheet {pk}: {sentence}"


def _faults_of(cycle):
    # A correction is placed by itself and moves nobody: the first versions are what was proposed.
    rows = list(ReviewSheet.objects.filter(cycle=cycle, corrects=None).order_by("pk"))
    for row in rows:
        row.cycle = cycle
    try:
        if SheetObjection.objects.filter(sheet__cycle=cycle, is_upheld=True).exists():
            # Who was right to object was placed alone, when others had their bands already.
            yield from _above_their_points(cycle, rows)
            return
        bands = placed_again(cycle, rows)
    except (*BROKEN, SchemeFault) as error:
        yield rows[0].pk, f"the quota of its review cannot be counted: {error!r}"
        return
    for row in rows:
        if row.pk in bands and bands[row.pk] != row.band:
            said = f"by the quota its band is “{bands[row.pk]}”, not “{row.band}”"
            yield row.pk, said


def _above_their_points(cycle, rows):
    names = [one.label for one in bands_of(cycle.rules)]
    for row in rows:
        if row.score is not None and names.index(row.band) < names.index(row.band_earned):
            yield row.pk, f"its band “{row.band}” is above the one by points"
