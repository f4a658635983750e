"""The acts by which a round is scored and ranked, for the desk of rounds."""

from django.utils.translation import gettext as _

from grading.actions import round_scoring
from grading.flows import ROUND
from office.desk.acts import step


def scoring_effects(grading_round, today):
    return [_("Eligibility is decided for this round; panels can be given their readings.")]


def ranking_effects(grading_round, today):
    return [
        _("The seed of each level's lot is drawn and kept."),
        _("Levels can be ranked and their places given."),
    ]


ROUND_ACTS = (
    step(ROUND, "score", round_scoring.score_round, consequences=scoring_effects),
    step(ROUND, "rank", round_scoring.rank_round, consequences=ranking_effects, icon="list-ol"),
)
