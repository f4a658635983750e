"""Mediators enter the register, are corrected, consent; their numbers are shown for a reason."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing
from office.personal import unmasked
from office.pictures import reencode
from registry.models import Consent, Mediator
from registry.search.upkeep import refresh_mediators

LINKED = ("specialities", "languages")


@transaction.atomic
def add_mediator(*, by, today, reason, **fields):
    """Put a person into the register; returns the mediator."""
    linked = {name: fields.pop(name) for name in LINKED if name in fields}
    mediator = Mediator(**fields)
    mediator.full_clean()
    mediator.save()
    _link(mediator, linked)
    told = {name: sorted(row.pk for row in rows) for name, rows in linked.items() if rows}
    after = ledger.filled(mediator) | told
    ledger.append("registry.mediator.add", mediator, by=by, reason=reason, after=after)
    refresh_mediators([mediator.pk], today=today)
    return mediator


@transaction.atomic
def change_mediator(pk, *, by, today, reason, revision=None, **fields):
    """Correct the data of a mediator.

    :raises Stale: if it was changed since the form with this revision was opened.
    :raises Refused: if the person's data were erased.
    """
    linked = {name: fields.pop(name) for name in LINKED if name in fields}
    with changing(Mediator.objects, pk, by=by, reason=reason, revision=revision) as mediator:
        if mediator.erased_on:
            raise Refused(_("The personal data of this entry were erased; it stays as it is."))
        for name, value in fields.items():
            setattr(mediator, name, value)
        _link(mediator, linked)
    refresh_mediators([pk], today=today)
    return mediator


@transaction.atomic
def replace_photo(pk, *, by, today, reason, photo):
    """Put the uploaded picture in place of the photo, drawn anew and without metadata.

    :raises ValidationError: if the file is no usable picture.
    """
    picture = reencode(photo)
    old = Mediator.objects.get(pk=pk).photo
    mediator = change_mediator(pk, by=by, today=today, reason=reason, photo=picture)
    if old:
        transaction.on_commit(partial(old.storage.delete, old.name))
    return mediator


@transaction.atomic
def unmask_mediator(pk, *, by, today, reason):
    """Return ID number and phone of a mediator in full; the ledger says who saw them and why."""
    mediator = Mediator.objects.get(pk=pk)
    shown = {name: unmasked(mediator, name, reason=reason) for name in ("id_number", "phone")}
    ledger.append("registry.mediator.unmask", mediator, by=by, reason=reason)
    return shown


@transaction.atomic
def give_consent(pk, *, by, today, reason, field, given_on):
    """Record that a mediator consents to the publication of one optional field (PIPL 25).

    :raises Refused: if the consent is on record already, or dated after today.
    """
    mediator = Mediator.objects.select_for_update().get(pk=pk)
    if given_on > today:
        raise Refused(_("A consent cannot be given in the future."))
    if mediator.consents.filter(field=field, withdrawn_on=None).exists():
        raise Refused(_("This consent is on record already."))
    consent = Consent(mediator=mediator, field=field, given_on=given_on, recorded_by=by)
    consent.full_clean()
    consent.save()
    _log_consent("give_consent", consent, by=by, reason=reason)
    refresh_mediators([pk], today=today)
    return consent


@transaction.atomic
def withdraw_consent(pk, *, by, today, reason, field):
    """Record that a mediator withdraws a consent; from today the field is not published.

    :raises Refused: if there is no such consent.
    """
    mediator = Mediator.objects.select_for_update().get(pk=pk)
    consent = mediator.consents.filter(field=field, withdrawn_on=None).first()
    if consent is None:
        raise Refused(_("There is no such consent on record."))
    consent.withdrawn_on = today
    consent.full_clean()
    consent.save()
    _log_consent("withdraw_consent", consent, by=by, reason=reason)
    refresh_mediators([pk], today=today)
    return consent


def _log_consent(act, consent, *, by, reason):
    ledger.append(
        f"registry.mediator.{act}",
        consent.mediator,
        by=by,
        reason=reason,
        after={"consent": consent.field},
    )


def _link(mediator, linked):
    for name, rows in linked.items():
        getattr(mediator, name).set(rows)
