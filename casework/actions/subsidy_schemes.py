"""Subsidy schemes are drafted, brought into force by a second officer, followed by others."""

from django.db import transaction
from django.utils.translation import gettext as _

from casework.actions.subsidy_parts import copy_parts
from casework.flows import SchemeState
from casework.models import SubsidyScheme
from office import ledger
from office.flow import Refused, changing, taking
from registry.actions.entering import entered
from registry.models import Division

# What a new draft takes over from the scheme it is made from.
COPIED = [
    "standing", "source", "note", "dated_by", "period", "level_of", "needs_post", "needs_listing",
    "barred_employments", "barred_kinds", "barred_sources", "bars_public_payroll", "other_funds",
]  # fmt: skip


@transaction.atomic
def add_subsidy_scheme(*, by, today, reason, **fields):
    """Begin a draft of a scheme; returns it."""
    scheme = SubsidyScheme(drafted_by=by, edited_by=by, **fields)
    return entered(scheme, by=by, reason=reason)


def change_subsidy_scheme(pk, *, by, today, reason, revision=None, **fields):
    """Correct a draft; whoever does so may not bring it into force.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    rows = SubsidyScheme.objects
    with changing(rows, pk, by=by, reason=reason, revision=revision) as scheme:
        for name, value in fields.items():
            setattr(scheme, name, value)
        scheme.edited_by = by
    return scheme


@transaction.atomic
def copy_subsidy_scheme(pk, *, by, today, reason, division, name, from_on):
    """Make a draft for a division from any scheme, with all its parts; returns the draft."""
    source = SubsidyScheme.objects.whole().get(pk=pk)
    given = {field: getattr(source, field) for field in COPIED}
    draft = add_subsidy_scheme(
        by=by, today=today, reason=reason, division=division, name=name, from_on=from_on,
        copied_from=source, **given,
    )  # fmt: skip
    copy_parts(source, draft)
    return draft


@transaction.atomic
def activate_subsidy_scheme(pk, *, by, today, reason, revision=None):
    """Bring a draft into force; the scheme it follows ends on the day it begins.

    ``revision`` is the one the officer has seen.

    :raises Refused: if the officer had a hand in the draft, it was changed since it was seen,
        anything is left open, or a case of a past day would change its price.
    """
    draft = SubsidyScheme.objects.get(pk=pk)
    # Two drafts of one division wait for each other here, so neither overlooks the other.
    Division.objects.select_for_update(of=("self",)).filter(pk=draft.division_id).first()
    with taking("activate", SubsidyScheme.objects, pk, by=by, today=today, reason=reason) as scheme:
        if by.pk in {scheme.drafted_by_id, scheme.edited_by_id}:
            raise Refused(_("A second officer brings it into force, not who drafted or edited it."))
        if revision is not None and revision != scheme.revision:
            raise Refused(_("The draft was changed after you opened it; look at it again."))
        scheme.activated_by, scheme.activated_on = by, today
        for former in scheme.rivals():
            _end(former, scheme.from_on, by=by, today=today, reason=reason)
    return scheme


def retire_subsidy_scheme(pk, *, by, today, reason, until_on):
    """End a scheme on a day; cases of that day and later are priced by another scheme or none.

    :raises Refused: if the day lies in the past or not after the scheme began.
    """
    if until_on < today:
        raise Refused({"until_on": _("A scheme ends today or later; the past stays as it was.")})
    return _end(pk, until_on, by=by, today=today, reason=reason)


def abandon_subsidy_scheme(pk, *, by, today, reason):
    """Give up a draft; it stays on record."""
    rows = SubsidyScheme.objects
    with taking("abandon", rows, pk, by=by, today=today, reason=reason) as scheme:
        return scheme


def _end(scheme, until_on, *, by, today, reason):
    pk = getattr(scheme, "pk", scheme)
    rows = SubsidyScheme.objects
    former = rows.get(pk=pk)
    if former.state == SchemeState.RETIRED:
        return _shorten(pk, until_on, by=by, reason=reason)
    with taking("retire", rows, pk, by=by, today=today, reason=reason) as ended:
        if until_on <= ended.from_on:
            raise Refused({"until_on": _("A scheme cannot end before it begins.")})
        if ended.until_on is None or until_on < ended.until_on:
            ended.until_on = until_on
    return ended


def _shorten(pk, until_on, *, by, reason):
    """Let a scheme whose end is set already end sooner: it is followed before that day."""
    scheme = SubsidyScheme.objects.select_for_update(of=("self",)).get(pk=pk)
    before = {"until_on": scheme.until_on.isoformat()}
    scheme.until_on = until_on
    scheme.revision += 1
    scheme.full_clean()
    scheme.save()
    after = {"until_on": until_on.isoformat()}
    name = "casework.subsidyscheme.shorten"
    ledger.append(name, scheme, by=by, reason=reason, before=before, after=after)
    return scheme
