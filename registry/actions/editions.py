"""Editions of the roster are prepared by one officer and published by another; extracts issued."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, taking
from registry import tasks
from registry.models import Edition


@transaction.atomic
def prepare_edition(*, by, today, reason, on_date, known_at, **fields):
    """Begin an edition of the roster on a day; its files are made in the background.

    :raises Refused: if the day lies in the future.
    """
    if on_date > today:
        raise Refused({"on_date": _("A roster can be published for today or an earlier day.")})
    edition = Edition(prepared_by=by, on_date=on_date, known_at=known_at, **fields)
    edition.full_clean()
    edition.save()
    after = ledger.filled(edition)
    ledger.append("registry.edition.prepare", edition, by=by, reason=reason, after=after)
    make = partial(tasks.make_edition.enqueue, edition.pk, by.pk, today.isoformat())
    transaction.on_commit(make)
    return edition


def publish_edition(pk, *, by, today, reason):
    """Publish an edition that somebody else prepared; it names the head of the ledger of now.

    :raises Refused: if the officer prepared it, or a guard says no.
    """
    with taking("publish", Edition.objects, pk, by=by, today=today, reason=reason) as edition:
        if edition.prepared_by_id == by.pk:
            raise Refused(_("Whoever prepared an edition does not publish it."))
        edition.published_by, edition.published_on = by, today
        edition.ledger_head = str(ledger.head())
    return edition


def withdraw_edition(pk, *, by, today, reason):
    """Take an edition back; its page stays and says so."""
    with taking("withdraw", Edition.objects, pk, by=by, today=today, reason=reason) as edition:
        edition.withdrawn_on = today
    return edition


def discard_edition(pk, *, by, today, reason):
    """Give up an edition that was not published."""
    with taking("discard", Edition.objects, pk, by=by, today=today, reason=reason) as edition:
        pass
    return edition
