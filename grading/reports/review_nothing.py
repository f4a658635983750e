"""Why nothing follows from a review yet, and what there is to do about it."""

from django.utils.translation import gettext as _

from grading.flows.review import DECIDED_CYCLES
from grading.models import ReviewConsequence
from grading.rules.review_consequences import consequences_of
from grading.rules.reviews import bands_of
from grading.rules.unknown import UNK


def why_nothing_follows(cycle):
    """Return sentences on a review of which no consequence is on record, [] if there are some.

    ``cycle`` None is no review at all.
    """
    if cycle is None:
        return [_("No review is decided yet. What follows is opened with the results of one.")]
    if ReviewConsequence.objects.filter(sheet__cycle=cycle).exists():
        return []
    if cycle.state not in DECIDED_CYCLES:
        return [
            _("The results of “%(review)s” are not decided yet: nobody has a band that stands.")
            % {"review": cycle.title},
            _("What follows is opened with the decision. The review itself says how far it is."),
        ]
    return [
        _why(cycle),
        _("It is put right in a new version of the rule set, for the next review."),
    ]


def _why(cycle):
    if bands_of(cycle.rules) is UNK:
        return _("The rule set of “%(review)s” does not know its bands, so nothing follows.") % {
            "review": cycle.title
        }
    followed = consequences_of(cycle.rules)
    if followed is UNK or not any(one is not UNK and one for one in followed.values()):
        return _("The rule set of “%(review)s” does not say what follows from a band.") % {
            "review": cycle.title
        }
    return _("Nobody in “%(review)s” has a band from which the rule set has something follow.") % {
        "review": cycle.title
    }
