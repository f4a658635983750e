"""What must hold however an account is changed, also by Wagtail's own pages."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from office.accounts import locks  # noqa: F401
from office.models import User


@receiver(post_save, sender=User, dispatch_uid="sessions of a disabled account")
def end_sessions_of_the_disabled(sender, instance, **kwargs):
    """A disabled account has no session, not even one that would revive with it."""
    if not instance.is_active:
        instance.sessions.all().delete()
