"""Somebody applies for a level: begun, written, declared, handed in, mended, taken back.

That is a mediator, or the clerk of an organisation where committees are graded.

Whoever's figures do not pass may hand in all the same: the rule is applied by officers, later.
"""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from grading.actions.authorities import bodies_for, fits
from grading.actions.judging import take_evidence
from grading.evaluation import facts_of, subject_of
from grading.flows.application import (
    APPLICATION,
    WITH_THE_APPLICANT,
    ApplicationState,
    its_round_is_open,
    its_window_is_open,
)
from grading.models import Application
from grading.queries.bodies import bodies_of, committees_of
from grading.rules.evidence import digest_of, stored
from office import ledger
from office.documents import documents_of, evidence_of
from office.flow import Refused, changing, taking
from registry.models import Employment


def organization_of(mediator, division, today, among=None):
    """Return the organisation for which somebody applies in a division, None if there is none.

    It is one where a post is held today, a full-time one before others.

    :param among: organisations to choose from, as rows; all of the division if not given.
    """
    low, high = division.span
    posts = mediator.appointments.in_post(today).filter(
        organization__division_id__gte=low, organization__division_id__lt=high
    )
    if among is not None:
        posts = posts.filter(organization__in=among)
    held = sorted(
        posts.select_related("organization__division"),
        key=lambda post: (post.employment != Employment.FULL_TIME, post.from_on, post.pk),
    )
    return held[0].organization if held else None


def begin_application(mediator, round_level, *, by, today):
    """Begin an application; a person has one in a round. Returns it.

    :raises Refused: if the level cannot be applied for today, the person holds no post there, or
        has an application in the round already.
    """
    if mediator.user_id != by.pk:
        raise Refused(_("Only the applicant does this."))
    organization = organization_of(mediator, round_level.grading_round.division, today)
    return enter(mediator, round_level, organization, by=by, today=today, act="begin")


def begin_for_body(organization, round_level, *, by, today):
    """Begin the application of an organisation, as its clerk; it has one in a round. Returns it.

    :raises Refused: if the level cannot be applied for today, the organisation is no committee on
        the roster of the place, or has an application in the round already.
    """
    if organization.pk not in bodies_of(by):
        raise Refused(_("Only the clerk of the organisation does this."))
    place = round_level.grading_round.division
    if not committees_of(place).filter(pk=organization.pk).exists():
        raise Refused(_("It is no committee on the roster of %(place)s.") % {"place": place})
    return enter(None, round_level, organization, by=by, today=today, act="begin")


@transaction.atomic
def enter(mediator, round_level, organization, *, by, today, act, reason="", **fields):
    """Store a new draft and tell the ledger; returns it. ``act`` is begin or nominate.

    :param mediator: None where the organisation itself applies.
    :raises Refused: among others if the rule has no way from the level held now to this one.
    """
    grading_round = round_level.grading_round
    if grading_round.is_of_bodies and mediator is not None:
        raise Refused(_("In this round organisations apply, and no person."))
    if mediator is None and not grading_round.is_of_bodies:
        raise Refused(_("In this round mediators apply, and no organisation."))
    if organization is None:
        place = {"place": grading_round.division}
        raise Refused(_("No post is held in an organisation of %(place)s.") % place)
    application = Application(
        grading_round=grading_round,
        round_level=round_level,
        is_of_body=mediator is None,
        mediator=mediator,
        organization=organization,
        division=organization.division,
        opened_on=today,
        **fields,
    )
    bars = [*its_round_is_open(application, today), *its_window_is_open(application, today)]
    if bars := bars or application.bars_to_beginning(today):
        raise Refused(bars)
    set_bodies(application)
    application.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError as broken:
        raise Refused(_("There is an application in this round already.")) from broken
    after = ledger.filled(application)
    ledger.append(f"grading.application.{act}", application, by=by, reason=reason, after=after)
    return application


def set_bodies(application):
    """Write down who acts for the applicant's organisation, by the matrix of the rule.

    :raises Refused: if for this organisation the bureau of another tier decides on the level.
    """
    rules, code = application.grading_round.rules, application.round_level.code
    first, deciding, forward_to = bodies_for(rules, code, application.organization)
    if not fits(deciding, application.grading_round.division):
        raise Refused(
            _("By the rule another body decides on this level for %(organization)s.")
            % {"organization": application.organization}
        )
    application.first_body, application.deciding_body = first, deciding
    application.forward_to = forward_to


def save_draft(pk, *, by, today, statement, revision=None):
    """Keep what speaks for the level; a draft has to be declared again after it.

    :raises Stale: if the row has moved on since the form was opened.
    """
    own(pk, by)
    with changing(rows(), pk, by=by, reason="", revision=revision) as application:
        if application.statement != statement:
            application.statement = statement
            undeclare(application)
    return application


def undeclare(application):
    """Let a draft wait for its declaration again: what is declared is what is handed in."""
    if application.state == ApplicationState.DRAFT:
        application.declared_on = None


def sign_declaration(pk, *, by, today):
    """Declare that all that is handed in is true."""
    own(pk, by)
    with changing(rows(), pk, by=by, reason="") as application:
        application.declared_on = today
    return application


@transaction.atomic
def submit_application(pk, *, by, today):
    """Hand in: the evidence of the round's day is taken from the registers and judged.

    :raises Refused: with a sentence for all that bars it: window, round, declaration, consent to a
        nomination, the way between levels, what is missing. That a clause is not fulfilled does
        not bar it.
    """
    own(pk, by)
    with _handing_in("submit", pk, by=by, today=today) as application:
        set_bodies(application)
        application.submitted_on = today
        application.is_late = today > application.round_level.last_day
    return application


@transaction.atomic
def resubmit_application(pk, *, by, today):
    """Hand in again what was returned; the evidence is taken anew.

    :raises Refused: if the time for corrections is over, something is missing, or the declaration
        was signed before the return.
    """
    own(pk, by)
    with _handing_in("resubmit", pk, by=by, today=today) as application:
        if application.declared_on < application.returned_on:
            raise Refused(_("Sign the declaration again: it was signed before the return."))
    return application


def _handing_in(step, pk, *, by, today):
    """Take the evidence, then take the step, which may ask for it; the ledger tells its digest."""
    application = rows().select_for_update(of=("self",)).get(pk=pk)
    if application.state in APPLICATION.steps[step].sources:
        take_evidence([application], today=today)
    with translation.override(settings.LANGUAGE_CODE):
        taken = {"name": _("evidence"), "sha256": digest_of(application.evidence)}
    evidence = [taken, *evidence_of(documents_of(application))]
    return taking(step, rows(), pk, by=by, today=today, evidence=evidence)


def withdraw_application(pk, *, by, today, reason):
    """Take an application back; the person may begin another one while the window is open."""
    own(pk, by)
    with taking("withdraw", rows(), pk, by=by, today=today, reason=reason) as application:
        application.ended_on, application.outcome_reason = today, reason
    return application


def look_up(application):
    """Put what the registers know into the row in hand, as long as it lies with the applicant.

    Nothing is stored: it is shown to the applicant, and becomes evidence when it is handed in.
    """
    if application.state in WITH_THE_APPLICANT:
        as_of, applicant = application.grading_round.as_of, application.applicant_id
        subject = subject_of(application.rules)
        application.__dict__.pop("facts", None)
        application.evidence = stored(facts_of([applicant], as_of, subject=subject)[applicant])
    return application


def own(pk, by):
    """Refuse everybody but the applicant, who is the clerk where an organisation applies."""
    if not Application.objects.own_of(by).filter(pk=pk).exists():
        raise Refused(_("Only the applicant does this."))


def rows():
    """The rows with all that judging and handing in asks of them."""
    return Application.objects.with_all()
