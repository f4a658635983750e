"""Somebody of the reserve takes a place that was dropped, on a public notice of the full term."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from grading.actions.announcing import bar_personal_numbers, published
from grading.flows import RoundState
from grading.models import Application, GradingRound
from grading.notices.announcements import supplement
from office import ledger
from office.flow import Refused, taking


def move_up(pk, *, by, today, reason):
    """Put whoever stands first in the reserve on a supplementary notice; returns the application.

    The round is locked first, so that of several who come at once no more move up than places are
    free. Whoever proposed its confirmation did so without this person, and it is proposed anew.

    :raises Refused: if a guard says no, or the officer gave the places of the level.
    """
    note = {"by": by, "today": today, "reason": reason}
    with transaction.atomic():
        of = GradingRound.objects.select_for_update(of=("self",)).get(applications=pk)
        with taking("move_up", Application.objects.with_all(), pk, **note) as application:
            if application.round_level.awarded_by_id == by.pk:
                raise Refused(_("You gave the places of a level: another officer announces them."))
            title, body = supplement(application)
            bar_personal_numbers(title, body)
            application.notice = published(of, title, body, **note)
            application.outcome_by, application.ended_on = by, None
            with translation.override(settings.LANGUAGE_CODE):
                application.outcome_reason = _("Moved up from the reserve to a free place.")
        _propose_anew(of, by=by, reason=reason)
    return application


def _propose_anew(grading_round, *, by, reason):
    if grading_round.proposed_by_id is None or grading_round.state != RoundState.NOTICE:
        return
    before = {"proposed_by_id": grading_round.proposed_by_id}
    grading_round.proposed_by = None
    grading_round.revision += 1
    grading_round.save()
    act = "grading.gradinground.propose_anew"
    ledger.append(act, grading_round, by=by, reason=reason, before=before)
