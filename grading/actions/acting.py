"""Who acts for the body that a rule names: the right role, in the right place, not recused."""

from contextlib import contextmanager

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from grading.actions.judging import judge_anew
from grading.flows.application import ApplicationState, its_round_is_under_review
from grading.models import Application
from grading.rules.bodies import BUREAU_OF, REACH, role_of
from grading.rules.unknown import is_known
from office import ledger
from office.flow import Refused
from office.policies import permission_for
from office.roles import Role
from office.scopes import grants_of

S = ApplicationState
FIRST_REVIEW = ("send_back", "take_up", "pass_first")
DECISION = (
    "find_eligible", "find_ineligible", "ask_for_evidence", "reopen", "overrule", "confirm_ruling",
)  # fmt: skip
WAIVERS = ("grant_waiver", "confirm_waiver", "take_back_waiver")
BY_BODIES = (*FIRST_REVIEW, *DECISION, *WAIVERS, "answer")
UNDER_REVIEW = (S.SUBMITTED, S.FIRST_REVIEWED, S.PENDING)


def bodies_for(application, name):
    """Return the codes of the bodies of which one has to take an act."""
    if name in FIRST_REVIEW:
        return [application.first_body]
    if name in DECISION:
        return [application.deciding_body]
    if name in WAIVERS:
        return sorted(set(approvers_of(application.rules).values()))
    # What the first review left unanswered may be answered by whoever decides as well.
    both = [application.first_body, application.deciding_body]
    return both[:1] if application.state == S.SUBMITTED else both


def approvers_of(scheme):
    """Return ``{id of a condition: body that may waive it}``."""
    return {
        str(node): str(waiver["approver"])
        for waiver in scheme.rows("waivers")
        if is_known(waiver.get("approver"))
        for node in waiver.get("nodes", ())
    }


def office_for(application, body):
    """Return (role, division) of the officers who act for a body on an application."""
    role, place = role_of(body), application.division
    if role and place.level in REACH[role]:
        return role, place
    place = application.grading_round.division
    return BUREAU_OF.get(place.level, Role.CITY_BUREAU), place


def acts_for(user, application, body, permission):
    """Whether a user has a post from which to act for a body on this application."""
    if user.is_superuser and user.is_active:
        return True
    role, place = office_for(application, body)
    return any(
        grant.role == role and grant.low is not None and grant.low <= place.pk < grant.high
        for grant in grants_of(user, permission)
    )


def may_take(user, application, name):
    """Whether the user's posts allow an act on this application; other acts know no bodies."""
    if name not in BY_BODIES:
        return True
    permission = permission_for("answer" if name in WAIVERS else name, Application)
    return any(
        acts_for(user, application, body, permission) for body in bodies_for(application, name)
    )


def told_who_acts(application, bodies):
    """Return the sentence that says whose officers act."""
    offices = dict.fromkeys(office_for(application, body) for body in bodies)
    named = "、".join(f"{Role(role).label}（{place.name}）" for role, place in offices)
    return _("By the rule this is done by: %(bodies)s.") % {"bodies": named}


def bars(user, application, name):
    """Return every sentence by which the user is not the one to take an act; none means may."""
    if not may_take(user, application, name):
        return [told_who_acts(application, bodies_for(application, name))]
    if name in BY_BODIES and belongs(user, application):
        return [_("You belong to the organisation: another officer does this.")]
    return _own_hand(user, application, name)


def _own_hand(user, application, name):
    """Return the sentences by which the user did a step before and does not do this one."""
    if name == "pass_first" and application.recommended_by_id == user.pk:
        return [_("Another officer has to do this than the one before.")]
    if name in ("find_eligible", "find_ineligible"):
        if application.first_reviewed_by_id == user.pk:
            return [_("Another officer has to do this than the one before.")]
        if application.answers.standing().filter(by=user).exists():
            return [_("You answered a question of the rule here; another officer decides.")]
        if application.waivings.standing().filter(Q(by=user) | Q(confirmed_by=user)).exists():
            return [_("You granted a waiver here; another officer decides.")]
    return []


def belongs(user, application):
    """Whether it is an organisation's own application, and the user serves in it or is its clerk.

    Who serves in the organisation of a mediator that applies stands back only on a panel.
    """
    if not application.is_of_body:
        return False
    if any(grant.organization == application.organization_id for grant in grants_of(user)):
        return True
    posts = application.organization.appointments.filter(mediator__user=user, until_on=None)
    return posts.exists()


def require(application, name, by, *, body=None):
    """Let only those act whom the rule names.

    :param body: the code of the body, where the rule names one for this act alone.
    :raises Refused: if it is another's task, or the officer is recused.
    """
    bodies = bodies_for(application, name) if body is None else [body]
    permission = permission_for(name, Application)
    if not any(acts_for(by, application, one, permission) for one in bodies):
        raise Refused(told_who_acts(application, bodies))
    if not Application.objects.filter(pk=application.pk).not_recused(by).exists():
        raise Refused(_("You do not act on this application."))
    if belongs(by, application):
        raise Refused(_("You belong to the organisation: another officer does this."))


def by_another(officer_id, by):
    """:raises Refused: if the officer is the one who took the step before."""
    if officer_id == by.pk:
        raise Refused(_("Another officer has to do this than the one before."))


@contextmanager
def reviewed(name, pk, *, by, today, reason, permission, body=None):
    """Lock an application under review, hand it over with what to tell, judge it anew, log it.

    ``body`` is a function of the application.

    :raises Refused: if it is not under review, or another's task.
    """
    with transaction.atomic():
        rows = Application.objects.with_all().select_for_update(of=("self",))
        application, after = rows.get(pk=pk), {}
        if application.state not in UNDER_REVIEW:
            state = application.get_state_display()
            raise Refused(_("In the state “%(state)s” nothing is reviewed.") % {"state": state})
        if reasons := its_round_is_under_review(application, today):
            raise Refused(reasons)
        if not reason.strip():
            raise Refused(_("Give the reason."))
        require(application, permission, by, body=body and body(application))
        yield application, after
        judge_anew(application)
        application.revision += 1
        application.full_clean()
        application.save()
        ledger.append(f"grading.application.{name}", application, by=by, reason=reason, after=after)
