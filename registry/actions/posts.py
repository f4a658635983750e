"""Posts are given and taken together with guardian's object permissions."""

from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from office import ledger
from office.flow import Refused, changing
from registry.models import Post


@transaction.atomic
def grant_post(*, user, role, from_on, until_on=None, division=None, organization=None, by, reason):
    """Give an account a post in a division or an organisation.

    :raises Refused: if an officer would give a post to the own account.
    """
    if by == user:
        raise Refused(_("Nobody gives a post to the own account."))
    post = Post(
        user=user,
        role=role,
        division=division,
        organization=organization,
        from_on=from_on,
        until_on=until_on,
    )
    post.full_clean()
    post.save()
    assign_perm(f"serve_as_{role}", user, post.place)
    ledger.append("registry.post.grant", post, by=by, reason=reason, after=ledger.snapshot(post))
    return post


def end_post(pk, *, until_on, by, reason, today):
    """End a post; ``until_on`` is the first day without it. The last one takes its grant along."""
    with changing(Post.objects, pk, by=by, reason=reason) as post:
        post.until_on = until_on
        others = Post.objects.filter(
            user=post.user, role=post.role, division=post.division, organization=post.organization
        ).exclude(pk=pk)
        if until_on <= today and not others.in_force(today).exists():
            remove_perm(f"serve_as_{post.role}", post.user, post.place)
    return post
