"""Erasing a person: asked for by one officer, carried out by another, in place and for good.

What stays is what decisions and certificates are verified by: public ids, certificate numbers,
posts and their dates. What of it stays elsewhere, and why: ``docs/personal-data.md``.
"""

from functools import partial

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, taking
from office.personal import personal_values
from registry.models import (
    Discipline,
    Erasure,
    Extract,
    Mediator,
    MediatorVersion,
    Merge,
    MergedKind,
    Policy,
    PolicyKey,
)
from registry.questions import person_is_erased
from registry.search.upkeep import refresh_mediators

# Stands in the place of the name, on papers and pages of any language.
NAMELESS = "（已匿名）"
BLANK = {
    "name": NAMELESS,
    "sex": "",
    "born_on": None,
    "ethnicity": "",
    "education": "",
    "background": "",
    "political_status": "",
    "other_specialities": "",
    "photo": "",
    "note": "",
    "user": None,
}
LINKED = ("specialities", "languages")


@transaction.atomic
def ask_for_erasure(pk, *, by, today, reason):
    """Ask that a person's data be erased; returns the case a second officer decides.

    The reason is kept in the ledger: it must not name the person.

    :raises Refused: if the data were erased before, or it was asked for already.
    """
    mediator = Mediator.objects.select_for_update(of=("self",)).get(pk=pk)
    if mediator.erased_on:
        raise Refused(_("The data of this person were erased already."))
    if mediator.erasures.filter(state="asked").exists():
        raise Refused(_("The erasure of this person was asked for already."))
    if mediator.name in reason:
        raise Refused({"reason": _("Leave the person's name out: the reason stays.")})
    policy = Policy.objects.ruling(
        PolicyKey.RETENTION_YEARS, division_id=mediator.division_id, on=today
    )
    erasure = Erasure(mediator=mediator, policy=policy, asked_by=by, asked_on=today)
    erasure.full_clean()
    erasure.save()
    after = ledger.filled(erasure)
    ledger.append("registry.erasure.ask", erasure, by=by, reason=reason, after=after)
    return erasure


def decline_erasure(pk, *, by, today, reason):
    """Leave the data as they are; it may be asked for again."""
    with taking("decline", Erasure.objects, pk, by=by, today=today, reason=reason) as erasure:
        erasure.decided_by, erasure.decided_on = by, today
    return erasure


@transaction.atomic
def carry_out_erasure(pk, *, by, today, reason):
    """Blank everything personal about somebody, in the register and in all its versions.

    Side effects: photo files are deleted once this is stored; the person's account is unlinked and
    made nameless.

    :raises Refused: if the officer asked for it, or a guard says no. Nothing is changed then.
    """
    with taking("carry_out", Erasure.objects, pk, by=by, today=today, reason=reason) as erasure:
        if erasure.asked_by_id == by.pk:
            raise Refused(_("Whoever asked for the erasure does not carry it out."))
        erasure.decided_by, erasure.decided_on = by, today
        for person in erasure.entries().select_for_update(of=("self",)).order_by("pk"):
            _blank(person, by=by, today=today)
            person_is_erased.send(Mediator, mediator=person, by=by, today=today, reason=reason)
    return erasure


def _blank(person, *, by, today):
    """Erase one entry. The ledger is told that it was done, not what was there."""
    name, photo, account = person.name, person.photo, person.user
    _blank_papers(person, name)
    for linked in LINKED:
        getattr(person, linked).clear()
    Mediator.objects.filter(pk=person.pk).update(
        **BLANK,
        **personal_values(Mediator, id_number="", phone=""),
        erased_on=today,
        revision=F("revision") + 1,
    )
    # After the person: the triggers have kept one more version of what was there until now.
    MediatorVersion.objects.filter(subject=person.pk).update(name=NAMELESS, sex="")
    if account is not None:
        _blank_account(account)
    if photo:
        transaction.on_commit(partial(photo.storage.delete, photo.name))
    after = {"erased_on": today.isoformat()}
    ledger.append("registry.mediator.erase", person, by=by, after=after)
    refresh_mediators([person.pk], today=today)


def _blank_papers(person, name):
    """Take the name out of what the register wrote about the person."""
    for extract in Extract.objects.filter(mediator=person):
        extract.facts = [
            [term, NAMELESS if value == name else value] for term, value in extract.facts
        ]
        extract.save(update_fields=["facts"])
    Discipline.objects.filter(appointment__mediator=person).update(
        text=Replace("text", Value(name), Value(NAMELESS))
    )
    merges = Merge.objects.filter(kind=MergedKind.MEDIATOR)
    merges.filter(kept=person.pk).update(kept_name=NAMELESS)
    merges.filter(gone=person.pk).update(gone_name=NAMELESS)


def _blank_account(account):
    """A closed account stays, since the ledger names it by its key; who it was goes."""
    account.name, account.email, account.username = "", "", f"erased-{account.pk}"
    account.save(update_fields=["name", "email", "username"])
