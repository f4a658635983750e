"""Answers to the questions of the floors below."""

from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext as _

from grading.actions.announcing import names_somebody
from grading.actions.renewal_cases import forget_replies
from grading.actions.review_objections import is_of_a_review, names_a_sheet
from grading.actions.review_words import forget_reviews
from grading.actions.touched import (
    carry_out_application,
    forget_words,
    lock_applications,
    running_applications,
)
from grading.evaluation.renewal_packs import reviews_within
from grading.flows import ApplicationState as S
from grading.models import (
    Application,
    Grade,
    GradingRound,
    Reading,
    Recusal,
    Renewal,
    ReviewSheet,
)
from grading.reports.titles import titles_held
from office.flow import Refused
from office.scopes import asking_for_hidden
from registry.flows import asking_for_reviews
from registry.questions import (
    about_to_close,
    asking_for_titles,
    carry_out_closure_item,
    may_end_level,
    may_erase,
    may_rate_alone,
    may_withdraw_notice,
    objection_upheld,
    person_is_erased,
    what_a_closure_touches,
)

# By then a committee stands for its stars before the public, or a higher body decides on them.
BEING_DECIDED = [S.PROPOSED, S.IN_NOTICE, S.OBJECTED, S.FORWARDED]


@receiver(asking_for_hidden)
def applications_one_stands_back_from(sender, user, **kwargs):
    """What is hidden from the user has no history either: neither the row nor its readings."""
    recusals = Recusal.objects.standing().filter(user_id=user.pk)
    own = Q(mediator__user_id=user.pk)
    rows = Application.objects.filter(Q(pk__in=recusals.values("application")) | own)
    pks = list(rows.values_list("pk", flat=True))
    readings = Reading.objects.filter(application__in=pks).values_list("pk", flat=True)
    sheets = ReviewSheet.objects.filter(mediator__user_id=user.pk).values_list("pk", flat=True)
    return {
        Application._meta.label_lower: pks,
        Reading._meta.label_lower: list(readings),
        ReviewSheet._meta.label_lower: list(sheets),
    }


@receiver(asking_for_hidden)
def own_reappointments(sender, user, **kwargs):
    """Nobody follows the case of the own term at the desk."""
    rows = Renewal.objects.filter(appointment__mediator__user_id=user.pk)
    return {Renewal._meta.label_lower: list(rows.values_list("pk", flat=True))}


def is_of_results(notice_pk):
    """Whether results of a round, or of somebody who moved up later, are told by a notice."""
    rounds = GradingRound.objects.filter(notice=notice_pk)
    return rounds.exists() or Application.objects.filter(notice=notice_pk).exists()


@receiver(may_withdraw_notice)
def a_round_keeps_its_notice(sender, obj, today, **kwargs):
    """The notice of results stands as long as a round rests on it."""
    if is_of_results(obj.pk):
        return [_("A grading round rests on this notice: decide on the persons one by one.")]
    if is_of_a_review(obj.pk):
        return [_("A review rests on this notice: decide on the sheets one by one.")]
    return []


@receiver(may_end_level)
def a_level_given_is_taken_away_by_two(sender, obj, today, **kwargs):
    """What a round gave, no single officer ends in the register."""
    if Grade.objects.standing().filter(holding=obj).exists():
        return [_("This level was given in a round: it is taken away under “levels given”.")]
    return []


@receiver(may_rate_alone)
def stars_of_a_round_are_given_by_two(sender, obj, today, **kwargs):
    """What a round gave, or is about to give, no single officer changes in the register."""
    rows = Application.objects.filter(is_of_body=True, organization=obj)
    given = rows.filter(star_rating__isnull=False, star_rating__until_on=None)
    if of := given.select_related("grading_round").first():
        said = _(
            "The stars were given in the round “%(round)s”, by two officers: a new round rates them"
            " anew."
        )
        return [said % {"round": of.grading_round.title}]
    if of := rows.filter(state__in=BEING_DECIDED).select_related("grading_round").first():
        said = _("The stars of the committee are being decided in the round “%(round)s”.")
        return [said % {"round": of.grading_round.title}]
    return []


@receiver(objection_upheld)
def an_objection_to_results_names_somebody(sender, objection, by, today, reason, **kwargs):
    """An objection suspends one person and not the list, so that it is upheld for a person."""
    if not is_of_results(objection.notice_id):
        return
    if not names_somebody(objection):
        raise Refused(
            _(
                "Open the grading application of the person it is about, note the objection there,"
                " and drop the proposal: the objection is then upheld with it."
            )
        )


@receiver(objection_upheld)
def an_objection_to_a_review_names_a_sheet(sender, objection, by, today, reason, **kwargs):
    """An objection suspends one sheet and not the list, so that it is upheld for a sheet."""
    if is_of_a_review(objection.notice_id) and not names_a_sheet(objection):
        raise Refused(
            _(
                "Open the review sheet of the person it is about, note the objection there, and"
                " decide on it: the objection is then upheld with it."
            )
        )


@receiver(what_a_closure_touches)
def applications_a_closure_touches(sender, organization, today, **kwargs):
    """Applications of people of the organisation that are not ended."""
    return running_applications(organization)


@receiver(about_to_close)
def applications_are_locked(sender, organizations, **kwargs):
    lock_applications(organizations)


@receiver(carry_out_closure_item)
def carry_out_a_running_application(sender, item, by, today, reason, **kwargs):
    return carry_out_application(item, by=by, today=today, reason=reason)


@receiver(asking_for_titles)
def titles_beside_the_level(sender, mediators, today, **kwargs):
    return titles_held(mediators, today)


@receiver(asking_for_reviews)
def reviews_of_a_term(sender, obj, today, **kwargs):
    """The annual reviews that were decided on the person and end in the term."""
    if obj.term_until_on is None:
        return []
    found = reviews_within([obj.mediator_id], obj.from_on, obj.term_until_on)
    return found[obj.mediator_id]


@receiver(may_erase)
def running_applications_need_their_applicant(sender, obj, today, **kwargs):
    """Nobody is erased whose application is at work, or whose level is being taken away."""
    found = []
    if Application.objects.at_work().filter(mediator=obj.mediator_id).exists():
        found.append(_("A grading application of the person is not ended."))
    if Grade.objects.contested().filter(mediator=obj.mediator_id).exists():
        found.append(_("A level of the person is to be taken away, and nobody has decided on it."))
    if Renewal.objects.running().filter(appointment__mediator=obj.mediator_id).exists():
        found.append(_("A reappointment of the person is not ended."))
    return found


@receiver(person_is_erased)
def grading_forgets_the_words(sender, mediator, by, today, reason, **kwargs):
    forget_words(mediator, by=by, today=today, reason=reason)
    forget_replies(mediator, by=by, reason=reason)
    forget_reviews(mediator, by=by, today=today, reason=reason)
