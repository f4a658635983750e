"""Marked words wherever something of a complaint is sealed, for the walks to look for."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core import mail
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import TestCase
from django.utils import timezone

from complaints import actions, vault
from complaints.models import (
    FROM_THE_COMPLAINANT,
    Complaint,
    IdentityView,
    SealedIdentity,
    StatementKind,
)
from office.models import User
from tests.complaints.make_complaints import received
from tests.complaints.make_destructions import seen
from tests.make import TODAY

SAID, WHO, PHONE, PLACE = "密匣之言", "密匣之名", "13974740917", "密匣之址"
FILE_NAME, FILE_TEXT, WHY = "密匣之件", "密匣之文", "密匣之由"
# What the handler reads on the pages of the complaint in hand, and what nobody reads there.
OF_THE_CASE, OF_THE_PERSON = [SAID, FILE_NAME, FILE_TEXT], [WHO, PHONE, PLACE, WHY]
MARKS = [*OF_THE_CASE, *OF_THE_PERSON]
IDENTITY = {"name": WHO, "phone": PHONE, "address": PLACE}
HOUR = timedelta(hours=1)


@dataclass
class Planted:
    """The complaint the handler has in hand, and what was sent while the words were planted."""

    given: Complaint
    mails: list = field(default_factory=list)


def plant_words(world, *, in_hand=None):
    """Plant them with every complaint; one is in hand, unless it is named one that is made here."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        sent_before = len(mail.outbox)
        User.objects.update(email=Concat("username", Value("@example.org")))
        made = [one for place in [world.own, *world.elsewhere.values()] for one in filed(place)]
        handler, given = world.accounts["handler"], in_hand or made[0]
        actions.take_up(given.pk, by=handler, today=TODAY)
        for complaint in Complaint.objects.all():
            plant(complaint, world.accounts["superuser"])
        work_on(given, handler)
    return Planted(given, [str(one.message()) for one in mail.outbox[sent_before:]])


def filed(place):
    """Three complaints of a place, of every mode, about its organisation and its mediator."""
    return [
        received(
            about=place.mediator if number % 2 else place.organization,
            mode=mode, facts=SAID, identity=IDENTITY,
        )[0]
        for number, mode in enumerate(["named", "confidential", "anonymous"])
    ]  # fmt: skip


def work_on(given, handler):
    """Let the handler do what sends messages, with marked words wherever something is typed."""
    now = timezone.now()
    actions.write(given.pk, kind="question", text=SAID, by=handler, today=TODAY)
    view = actions.open_identity(given.pk, by=handler, now=now, today=TODAY, reason=WHY)
    # Its time is over before the walk begins.
    times = {"opened_at": view.opened_at - HOUR, "until_at": view.until_at - HOUR}
    IdentityView.objects.filter(pk=view.pk).update(**times)


def plant(complaint, by):
    """Put marked words wherever something of a complaint is sealed."""
    for kind in StatementKind:
        said_by = None if kind in FROM_THE_COMPLAINANT else by
        vault.say(complaint, kind, SAID, today=TODAY, by=said_by)
    if complaint.mode != "anonymous":
        SealedIdentity.objects.filter(complaint=complaint).delete()
        vault.put_identity(complaint, IDENTITY)
    name = f"{FILE_NAME}.pdf"
    vault.keep_content(complaint, FILE_TEXT.encode(), ".pdf", name, today=TODAY)
    seen(complaint, by=by, reason=WHY, at=timezone.now())
