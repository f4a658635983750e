"""Answers to the questions of the floors below."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from grading.actions.announcing import names_somebody
from grading.models import GradingRound
from office.flow import Refused
from registry.questions import may_withdraw_notice, objection_upheld


@receiver(may_withdraw_notice)
def a_round_keeps_its_notice(sender, obj, today, **kwargs):
    """The notice of results stands as long as a round rests on it."""
    if GradingRound.objects.filter(notice=obj.pk).exists():
        return [_("A grading round rests on this notice: decide on the persons one by one.")]
    return []


@receiver(objection_upheld)
def an_objection_to_results_names_somebody(sender, objection, by, today, reason, **kwargs):
    """An objection suspends one person and not the list, so that it is upheld for a person."""
    if not GradingRound.objects.filter(notice=objection.notice_id).exists():
        return
    if not names_somebody(objection):
        raise Refused(
            _(
                "Open the grading application of the person it is about, note the objection there,"
                " and drop the proposal: the objection is then upheld with it."
            )
        )
