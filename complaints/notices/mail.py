"""Messages to officers. They say that there is something to read, and never what.

Source: security requirements; a mailbox is outside the house.
"""

from functools import partial

from django.conf import settings
from django.db import transaction

from office.models import User
from office.roles import Role
from registry.models import Post
from registry.rules import enclosing
from registry.tasks import send_messages

SUBJECT = "有一条新消息"
TEXT = "有一条新消息，请登录系统查看。"


def tell_leads(complaint, *, today):
    """Tell the heads of the city bureau that cover the place of a complaint, once it is stored."""
    tell(holders(Role.CITY_BUREAU, complaint, today=today))


def tell_unit(organization, *, today):
    """Tell the clerks of an organisation, once it is stored."""
    posts = Post.objects.in_force(today).filter(role=Role.CLERK, organization=organization)
    tell(User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("pk"))


def tell(users):
    """Tell officers that there is a new message, once what it is about is stored."""
    addresses = sorted({user.email for user in users if user.is_active and user.email})
    messages = [(SUBJECT, TEXT, settings.DEFAULT_FROM_EMAIL, [address]) for address in addresses]
    if messages:
        transaction.on_commit(partial(send_messages.enqueue, messages))


def holders(role, complaint, *, today):
    """Return the accounts with a post of a role today that covers the place of a complaint."""
    posts = Post.objects.in_force(today).filter(
        role=role, division__in=enclosing(complaint.division_id)
    )
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("pk")
