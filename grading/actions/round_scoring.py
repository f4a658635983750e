"""A round is scored and ranked: its panels read, then its levels are ranked."""

import secrets

from django.db import transaction

from grading.models import GradingRound, RoundLevel
from office.flow import taking

ROWS = GradingRound.objects.select_related("version", "division")


def score_round(pk, *, by, today, reason=""):
    """Begin the scoring of a round: every application is judged, every panel sits.

    :raises Refused: with every reason that bars it.
    """
    with taking("score", ROWS, pk, by=by, today=today, reason=reason) as grading_round:
        return grading_round


@transaction.atomic
def rank_round(pk, *, by, today, reason=""):
    """Begin the ranking of a round; the seed of each level's lot is drawn now, once for all.

    :raises Refused: as long as a reading is out or a panel has not ended its reading.
    """
    with taking("rank", ROWS, pk, by=by, today=today, reason=reason) as grading_round:
        # Drawn before anybody sees a ranking: no later draw can be chosen by its outcome.
        for level in RoundLevel.objects.filter(grading_round=grading_round, seed="").order_by("pk"):
            level.seed = secrets.token_hex(16)
            level.save(update_fields=["seed"])
    return grading_round
