"""Who may decide, and who may look at a decision again."""

from django.apps import apps
from django.db.models import Q

from office.scopes import grants_of

DECIDE, REVIEW = "complaints.decide_complaint", "complaints.review_complaint"


def standing_decision(complaint):
    """Return the decision that stands, or None."""
    return complaint.decisions.filter(stands=True).first()


def is_recused(complaint, user):
    """Tell whether the user has to do with a complaint, so that it is none of the user's."""
    rows = type(complaint).objects.filter(pk=complaint.pk)
    return not rows.without_recused(user).exists()


def serves_above(complaint, user):
    """Tell whether a post of the user lies in the next higher body, so that it covers it whole."""
    above = complaint.division.parent_id
    grants = grants_of(user, REVIEW)
    return above is not None and any(
        grant.low is not None and grant.low <= above < grant.high for grant in grants
    )


def took_part(complaint, user):
    """Tell whether a user handled, approved or decided anything of a complaint so far."""
    if user.pk in {complaint.handler_id, complaint.entered_by_id}:
        return True
    wrote = complaint.sheets.filter(Q(drawn_by=user) | Q(approved_by=user))
    if wrote.exists() or complaint.grants.filter(user=user).exclude(part="reviewer").exists():
        return True
    return complaint.decisions.filter(decided_by=user).exists()


def post_complained_of(complaint):
    """Return the appointment in which the person complained of serves or served last, or None."""
    if complaint.mediator_id is None:
        return None
    posts = apps.get_model("registry.Appointment").objects.held()
    posts = posts.filter(mediator=complaint.mediator_id)
    own = posts.filter(organization=complaint.organization_id)
    return (own if own.exists() else posts).order_by("-from_on", "-pk").first()
