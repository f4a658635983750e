"""Who stands back from a complaint: computed from what the register and training know, or declared.

Rows a user is recused from are left out of the query itself, so that lists, counts, tabs, exports,
history and choosers are the same with and without them.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from office.scopes import grants_of
from registry.questions import asking_for_ties


@dataclass(frozen=True)
class Ties:
    """Whom an account is tied to, by their keys; ``people`` are the account's own entries."""

    people: frozenset = frozenset()
    mediators: frozenset = frozenset()
    organizations: frozenset = frozenset()


def ties_of(user):
    """Return whom a user is tied to today, asked once per user object, that is once per request."""
    if not user.is_authenticated:
        return Ties()
    if not hasattr(user, "ties_today"):
        # The edge of the request reads the clock here, as it does for the posts of a user.
        user.ties_today = _asked(user, timezone.localdate())
    return user.ties_today


def declared(user, complaint="pk"):
    """The condition: the user declared to have a part in it."""
    rows = apps.get_model("complaints.DeclaredRecusal").objects
    return Q(Exists(rows.filter(complaint=OuterRef(complaint), user_id=user.pk)))


def about_self(user, prefix=""):
    """The condition: the user is the mediator complained of."""
    return Q(**{f"{prefix}mediator_id__in": ties_of(user).people})


def about_near(user, prefix=""):
    """The condition: it concerns the user's unit, a colleague there, a master, an apprentice."""
    ties = ties_of(user)
    near = Q(**{f"{prefix}mediator_id__in": ties.mediators})
    if not ties.organizations:
        return near
    colleagues = apps.get_model("registry.Appointment").objects.filter(
        mediator=OuterRef(f"{prefix}mediator_id"),
        organization_id__in=ties.organizations,
        until_on=None,
    )
    return near | Q(**{f"{prefix}organization_id__in": ties.organizations}) | Q(Exists(colleagues))


def posts_in_bodies(user, permission=None):
    """The organisations in which a post of the user, not a membership, carries the permission."""
    grants = grants_of(user, permission)
    return [grant.organization for grant in grants if grant.organization is not None]


def _asked(user, today):
    people = dict.fromkeys(_own_entries(user, today))
    if not people:
        return Ties()
    own = frozenset(person for person, _body in people)
    mediators, organizations = set(), {body for _person, body in people if body}
    for _receiver, (persons, bodies) in asking_for_ties.send(
        type(user), user=user, people=own, today=today
    ):
        mediators |= set(persons)
        organizations |= set(bodies)
    return Ties(own, frozenset(mediators - own), frozenset(organizations))


def _own_entries(user, today):
    """Yield (mediator, organisation served in or None) for an account, in one query."""
    rows = apps.get_model("registry.Mediator").objects.filter(user_id=user.pk).order_by()
    for person, body, until_on in rows.values_list(
        "pk", "appointments__organization", "appointments__until_on"
    ):
        serves = body is not None and (until_on is None or until_on > today)
        yield person, body if serves else None
