"""Where a user may act: grants, asked of the floor that keeps the posts.

A grant is a role in a span of divisions or in one organisation. Division numbers are twelve digits,
so a division and all below it are one half-open span of numbers and no tree is walked.
"""

from dataclasses import dataclass

from django.dispatch import Signal

from office.roles import roles_with

# Asked with ``user``; a receiver answers with a list of grants in force today.
asking_for_grants = Signal()
# Asked with ``user``; a receiver answers with {kind of record: keys} of what the user stands back
# from, so that its history is not found either.
asking_for_hidden = Signal()


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in the divisions ``[low, high)``, or in one organisation (its pk)."""

    role: str
    low: int | None = None
    high: int | None = None
    organization: int | None = None
    body: str = ""


def grants_of(user, permission=None):
    """Return the user's grants in force, read once per user object, that is once per request."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "grants_today"):
        answers = asking_for_grants.send(type(user), user=user)
        user.grants_today = [grant for _receiver, grants in answers for grant in grants]
    if permission is None:
        return user.grants_today
    roles = roles_with(permission)
    return [grant for grant in user.grants_today if grant.role in roles]


def hidden_from(user):
    """Return [(kind of record, keys as the ledger writes them)] of what a user must not find."""
    answers = asking_for_hidden.send(type(user), user=user)
    return [
        (kind, [str(key) for key in keys])
        for _receiver, found in answers
        for kind, keys in found.items()
        if keys
    ]


def carries(user, permission, within):
    """Tell whether every post of the user that carries ``within`` carries ``permission`` as well.

    Lists of several posts show a column only if it may be read in all of their rows.
    """
    if user.is_superuser and user.is_active:
        return True
    return set(grants_of(user, within)) <= set(grants_of(user, permission))


def body_of(user, permission=None):
    """Return the name of the body for which the user acts, for the ledger."""
    return next((grant.body for grant in grants_of(user, permission)), "")
