"""Answers to the questions of the floors below."""

from django.dispatch import receiver
from django.utils import timezone

from office.scopes import asking_for_grants
from registry.models import Post


@receiver(asking_for_grants)
def grants_from_posts(sender, user, **kwargs):
    """Every post in force today grants its role in its division or organisation."""
    # The edge of the request reads the clock here, once; the domain does not.
    return [post.grant for post in Post.objects.granted(user, today=timezone.localdate())]
