"""Posts are given and taken together with guardian's object permissions.

What an officer gives at the desk comes into force when a second officer confirms it.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from office import ledger
from office.flow import Refused, changing
from office.scopes import grants_of
from registry.models import Post
from registry.rules import grantable


def appoint_officer(*, by, today, role, **post):
    """Propose a post for an account, as an officer whose own roles allow it (``registry.rules``).

    It grants nothing until another officer confirms it.

    :raises Refused: if the officer may not give this role, or would give it to the own account.
    """
    _require_that_it_may_be_given(role, by)
    return _add(by=by, role=role, act="propose", is_confirmed=False, **post)


def confirm_post(pk, *, by, today, reason):
    """Confirm a post that another officer gave; from now on it grants its role.

    :raises Refused: if the officer gave it, it is the own one, the officer may not give such
        posts, or it is confirmed or over.
    """
    with changing(Post.objects, pk, by=by, reason=reason) as post:
        _require_that_it_may_be_given(post.role, by)
        if post.is_confirmed:
            raise Refused(_("This post is confirmed already."))
        if post.granted_by_id == by.pk:
            raise Refused(_("Whoever gave the post does not confirm it."))
        if post.user_id == by.pk:
            raise Refused(_("Nobody confirms the own post."))
        if post.until_on is not None and post.until_on <= today:
            raise Refused(_("This post is over."))
        post.is_confirmed, post.confirmed_by = True, by
        assign_perm(f"serve_as_{post.role}", post.user, post.place)
    return post


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


def grant_post(**post):
    """Give an account a post that is in force without a second officer; returns the post.

    For the installation, and for acts that two officers have decided already.

    :raises Refused: if an officer would give a post to the own account.
    """
    return _add(act="grant", is_confirmed=True, **post)


@transaction.atomic
def _add(
    *, user, role, from_on, until_on=None, division=None, organization=None, by, reason, act,
    is_confirmed,
):  # fmt: skip
    if by == user:
        raise Refused(_("Nobody gives a post to the own account."))
    post = Post(
        user=user,
        role=role,
        division=division,
        organization=organization,
        from_on=from_on,
        until_on=until_on,
        is_confirmed=is_confirmed,
        granted_by=by,
    )
    post.full_clean()
    post.save()
    if is_confirmed:
        assign_perm(f"serve_as_{role}", user, post.place)
    ledger.append(f"registry.post.{act}", post, by=by, reason=reason, after=ledger.snapshot(post))
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
