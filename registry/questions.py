"""What the register asks the floors above it, which it may not import."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

# Asked with ``organization`` and ``today``; answered with a list of ``Touched``.
what_a_closure_touches = Signal()
# Told with ``organizations`` (keys) before a deregistration locks its people or writes anything:
# whoever will carry out items locks the rows they are in now, for the ledger is locked last.
about_to_close = Signal()
# Told with ``item``, ``by``, ``today`` and ``reason``, inside the deregistration's transaction.
# Whoever answered with the item carries it out and returns True.
carry_out_closure_item = Signal()
# Asked with ``obj`` (a closure) and ``today``; answered with sentences that bar the decision.
may_deregister = Signal()
# Asked with ``obj`` (a published notice) and ``today``; answered with sentences that bar it.
may_withdraw_notice = Signal()
# Told with ``objection``, ``by``, ``today`` and ``reason``, inside the transaction that upholds it.
# Whoever put up the notice takes back what it announced.
objection_upheld = Signal()
# Asked with ``obj`` (a level held) and ``today``; answered with sentences that bar the desk of the
# register from ending it: whoever gave it has steps of its own for that.
may_end_level = Signal()
# Asked with ``obj`` (a committee) and ``today``; answered with sentences that bar one officer from
# giving its stars at the desk of the register: whoever decides on them by two has steps of its own.
may_rate_alone = Signal()
# Asked with ``obj`` (an erasure) and ``today``; answered with sentences that bar it: a case, a
# complaint or a certificate that still needs to know who the person is.
may_erase = Signal()
# Told with ``mediator``, ``by``, ``today`` and ``reason``, inside the transaction that erases the
# person's data: whoever wrote the name into rows of its own takes it out.
person_is_erased = Signal()
# Asked with ``organizations``: rows annotated with ``idle_since``, a day. Answered with
# {"cases" or "training": a condition on them, true where there was such activity from that day on}.
activity_of_organizations = Signal()
# Asked with ``obj`` (an organisation or a mediator whose page is shown) and ``user``; answered with
# (label, address, icon, whether grave) for pages of the floors above that tell more of it.
ways_on_from = Signal()
# Asked with ``user``, ``people`` (keys of the mediators the account is) and ``today``; answered
# with (keys of mediators, keys of organisations) the account is tied to, so that it judges nothing
# that concerns them.
asking_for_ties = Signal()
# Asked with ``mediators`` (keys) and ``today``; answered with {key: [(title, from, until or None)]}
# of the titles that are held beside the level.
asking_for_titles = Signal()
# Asked with ``mediators`` (rows), ``since`` and ``today``; answered with the keys of those about
# whom a complaint was found right, finally, in that time.
asking_for_upheld_complaints = Signal()


class Destination(models.TextChoices):
    """What becomes of something when the organisation it belongs to is deregistered."""

    END = "end", _("end it")
    MOVE = "move", _("move it to another organisation")
    HAND_OVER = "hand_over", _("hand it over")


@dataclass(frozen=True)
class Touched:
    """Something that a deregistration touches, and the destinations it may be given."""

    subject_type: str
    subject_id: str
    label: str
    destinations: tuple

    @classmethod
    def row(cls, row, *destinations):
        """Return what is touched from the row itself, called as in the language of the site."""
        with override(settings.LANGUAGE_CODE):
            label = str(row)
        return cls(row._meta.label_lower, str(row.pk), label, destinations)

    @property
    def key(self):
        return self.subject_type, self.subject_id


def touched_by_closing(organization, today):
    """Ask all floors what the deregistration of an organisation touches today."""
    asked = what_a_closure_touches.send(type(organization), organization=organization, today=today)
    return [touched for _receiver, answer in asked for touched in answer]


def ways_on_above(obj, user):
    """Ask all floors above which of their pages tell more of an organisation or a mediator."""
    asked = ways_on_from.send(type(obj), obj=obj, user=user)
    return [way for _receiver, answer in asked for way in answer]


def upheld_complaints(mediators, since, today):
    """Ask the floors above about whom of these a complaint was upheld since a day.

    Returns their keys, or None if no floor knows of complaints.
    """
    asked = asking_for_upheld_complaints.send(
        mediators.model, mediators=mediators, since=since, today=today
    )
    if not asked:
        return None
    return {key for _receiver, keys in asked for key in keys}


def titles_of(mediators, today):
    """Return {key: [(title, from, until or None)]} of what people hold beside their level."""
    found = {}
    for _receiver, answer in asking_for_titles.send(None, mediators=list(mediators), today=today):
        for key, titles in answer.items():
            found.setdefault(key, []).extend(titles)
    return found
