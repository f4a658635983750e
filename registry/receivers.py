"""Answers to the questions of the floors below, and to this floor's own."""

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from office.scopes import asking_for_grants
from registry.actions.closure_items import (
    carry_out_in_the_register,
    touched_in_the_register,
)
from registry.models import Closure, Post
from registry.questions import (
    carry_out_closure_item,
    may_withdraw_notice,
    what_a_closure_touches,
)


@receiver(asking_for_grants)
def grants_from_posts(sender, user, **kwargs):
    """Every post in force today grants its role in its division or organisation."""
    # The edge of the request reads the clock here, once; the domain does not.
    return [post.grant for post in Post.objects.granted(user, today=timezone.localdate())]


@receiver(what_a_closure_touches)
def what_the_register_holds(sender, organization, today, **kwargs):
    return touched_in_the_register(organization, today)


@receiver(carry_out_closure_item)
def carry_out_what_the_register_holds(sender, item, by, today, reason, **kwargs):
    return carry_out_in_the_register(item, by=by, today=today, reason=reason)


@receiver(may_withdraw_notice)
def a_running_closure_keeps_its_notice(sender, obj, today, **kwargs):
    """The notice of a deregistration stands as long as its case runs."""
    if Closure.objects.running().filter(notice=obj.pk).exists():
        return [_("A deregistration rests on this notice: stop the deregistration instead.")]
    return []
