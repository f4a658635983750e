"""Posts are given and taken together with guardian's object permissions."""

from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from office import ledger
from office.flow import Refused, changing
from office.scopes import grants_of
from registry.models import Post
from registry.rules import grantable


def appoint_officer(*, by, today, role, **post):
    """Give an account a post, as an officer whose own roles allow it (``registry.rules``).

    :raises Refused: if the officer may not give this role, or would give it to the own account.
    """
    _require_that_it_may_be_given(role, by)
    return grant_post(by=by, role=role, **post)


def end_officers_post(pk, *, by, today, reason, until_on):
    """End somebody's post, as an officer who may give such posts.

    :raises Refused: if the officer may not, or the post has an end already, or is the own one.
    """
    post = Post.objects.get(pk=pk)
    _require_that_it_may_be_given(post.role, by)
    if post.user_id == by.pk:
        raise Refused(_("Nobody ends the own post."))
    if post.until_on is not None:
        raise Refused(_("This post has an end already."))
    return end_post(pk, until_on=until_on, by=by, reason=reason, today=today)


def _require_that_it_may_be_given(role, by):
    if not by.is_superuser and role not in grantable({grant.role for grant in grants_of(by)}):
        raise Refused(_("Your own posts do not allow you to give or end a post of this role."))


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
