"""Whether a document is a rule of the annual review: every fault with its path."""

from django.utils.translation import gettext as _

from grading.rules.indicators import indicators_of
from grading.rules.reviews import bands_of
from grading.rules.scheme import SchemeFault
from grading.rules.shape import Shape


def review_faults(scheme):
    """Return all faults of a rule of a review as pairs of a path and a sentence."""
    return [*ReviewShape(scheme).faults()]


class ReviewShape(Shape):
    """As a grading rule, with indicators and bands in place of levels."""

    def _scales(self):
        if not isinstance(self.document.get("review"), dict):
            yield "review", _("Names with values are needed here.")
            return
        for read in (indicators_of, bands_of):
            try:
                read(self.scheme)
            except SchemeFault as fault:
                yield from fault.faults
