"""What the registers know of members and applicants, in sets: a query for each kind of fact.

Everybody is named by one key: an account where the person has one, else the entry in the register.
"""

from django.apps import apps
from django.db.models import Q
from django.db.models.functions import Coalesce

from casework.models import CaseShare
from complaints.models import Complaint, Decision
from grading.rules.recusal import KIN, Facts
from registry.models import Appointment, Mediator, Post
from registry.rules.days import months_before
from training.models import Pairing


def account_key(user):
    """Return the key of an account (its pk)."""
    return f"account:{user}"


def person_key(mediator, user):
    """Return the key of somebody in the register, by the account if there is one."""
    return f"person:{mediator}" if user is None else account_key(user)


def body_key(organization):
    """Return the key of an organisation that applies itself."""
    return f"body:{organization}"


def applicants_of(applications):
    """Return {application: key of the applicant}."""
    names = ("pk", "is_of_body", "organization_id", "mediator_id", "mediator__user_id")
    return {
        pk: body_key(body) if is_of_body else person_key(mediator, user)
        for pk, is_of_body, body, mediator, user in applications.order_by("pk").values_list(*names)
    }


def facts_about(users, applications, *, on, case_months):
    """Return the ``Facts`` that may keep some accounts (keys) from judging applications."""
    people = Mediator.objects.filter(
        Q(user__in=users)
        | Q(pk__in=applications.filter(is_of_body=False).order_by().values("mediator"))
    )
    names = ("is_of_body", "mediator_id", "organization_id")
    applying = list(applications.order_by().values_list(*names))
    bodies = [body for is_of_body, _mediator, body in applying if is_of_body]
    keys = {pk: person_key(pk, user) for pk, user in people.order_by().values_list("pk", "user_id")}
    return Facts(
        belongs=frozenset(_belongs(users, applying, keys, on)),
        mentorships=frozenset(_mentorships(keys)),
        mediated=frozenset(_mediated(users, keys, months_before(on, case_months), on)),
        complaints=frozenset([*_complaints(keys), *_complaints_about(bodies)]),
        # Other reasons that were declared stand on their own, each for one application.
        kin=frozenset(_kin(users, keys)),
    )


def _kin(users, keys):
    """Yield members with those they once declared to be relatives, in whatever round."""
    recusals = apps.get_model("grading", "Recusal")._default_manager.standing()
    rows = recusals.filter(user__in=users, application__mediator__in=list(keys)).order_by("pk")
    for user, mediator, grounds in rows.values_list("user_id", "application__mediator", "grounds"):
        if KIN in grounds:
            yield account_key(user), keys[mediator]


def _belongs(users, applying, keys, on):
    """Yield people with the organisations they serve in, are a clerk of, or apply from."""
    posts = Appointment.objects.in_post(on).filter(mediator__in=list(keys)).order_by()
    for mediator, body in posts.values_list("mediator_id", "organization_id"):
        yield keys[mediator], body
    clerks = Post.objects.in_force(on).filter(user__in=users, organization__isnull=False)
    for user, body in clerks.order_by().values_list("user_id", "organization_id"):
        yield account_key(user), body
    for is_of_body, mediator, body in applying:
        yield body_key(body) if is_of_body else keys[mediator], body


def _mentorships(keys):
    either = Q(mentor__in=list(keys)) & Q(apprentice__in=list(keys))
    rows = Pairing.objects.filter(either, began_on__isnull=False).order_by()
    for mentor, apprentice, began, ended in rows.values_list(
        "mentor_id", "apprentice_id", "began_on", "ended_on"
    ):
        yield keys[mentor], keys[apprentice], began, ended


def _mediated(users, keys, since, on):
    """Yield who had a part in which case, with the day that is latest known of it.

    Only cases of members are looked at: thousands of applicants have tens of thousands.
    """
    of_members = CaseShare.objects.filter(mediator__user__in=users).order_by().values("case")
    rows = CaseShare.objects.filter(case__in=of_members).order_by()
    rows = rows.annotate(day=Coalesce("case__closed_on", "case__accepted_on"))
    rows = rows.filter(day__gte=since, day__lte=on)
    for case, mediator, day in rows.values_list("case_id", "mediator_id", "day"):
        if mediator in keys:
            yield case, keys[mediator], day


def _complaints(keys):
    """Yield whoever entered, handles or decided a complaint, with the mediator it is about."""
    about = Complaint.objects.filter(mediator__in=list(keys)).order_by()
    for mediator, *users in about.values_list("mediator_id", "handler_id", "entered_by_id"):
        for user in users:
            if user is not None:
                yield account_key(user), keys[mediator]
    decided = Decision.objects.filter(
        complaint__mediator__in=list(keys), decided_by__isnull=False
    ).order_by()
    for mediator, user in decided.values_list("complaint__mediator_id", "decided_by_id"):
        yield account_key(user), keys[mediator]


def _complaints_about(bodies):
    """Yield whoever has to do with a complaint about an organisation itself, with it."""
    about = Complaint.objects.filter(organization__in=bodies, mediator=None).order_by()
    names = ("organization_id", "handler_id", "entered_by_id", "decisions__decided_by_id")
    for body, *users in about.values_list(*names):
        for user in users:
            if user is not None:
                yield account_key(user), body_key(body)
