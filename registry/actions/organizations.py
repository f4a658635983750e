"""Organisations enter the register, are corrected and are listed."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing, taking
from registry.actions.court import draw_court_notice
from registry.actions.numbers import next_number
from registry.flows import OrganizationState
from registry.models import FILED_ONLY, CourtSubject, Organization
from registry.search.upkeep import refresh_organizations


@transaction.atomic
def add_organization(*, by, today, reason, **fields):
    """Put an organisation into the register as a draft; returns it."""
    organization = Organization(**fields)
    organization.full_clean()
    organization.save()
    after = ledger.filled(organization)
    ledger.append("registry.organization.add", organization, by=by, reason=reason, after=after)
    refresh_organizations([organization.pk], today=today)
    return organization


@transaction.atomic
def change_organization(pk, *, by, today, reason, revision, **fields):
    """Correct the data of an organisation; what is filed is changed by a filing once it is listed.

    :raises Stale: if it was changed since the form with this revision was opened.
    :raises Refused: if it is listed and what was given is changed by a filing only.
    """
    held = Organization.objects.select_for_update().get(pk=pk)
    note = {"by": by, "today": today, "reason": reason}
    body = correct_entry(pk, revision=revision, **note, **fields)
    if reasons := _filed_only(held, body):
        raise Refused(reasons)
    return body


@transaction.atomic
def correct_entry(pk, *, by, today, reason, revision, **fields):
    """Correct what was entered wrongly, in a listed organisation too: nothing happened to it.

    What was wrong is wrong for all days, so no event is filed and the court is not told.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(Organization.objects, pk, by=by, reason=reason, revision=revision) as body:
        for name, value in fields.items():
            setattr(body, name, value)
    refresh_organizations([pk], today=today)
    return body


def _filed_only(held, body):
    """Say of every fact of a listed organisation that only a filing changes that it differs."""
    if held.state != OrganizationState.LISTED:
        return []
    sources = [Organization._meta.get_field(name) for name in FILED_ONLY]
    return [
        _("“%(fact)s” of a listed organisation is changed by a filing.")
        % {"fact": source.verbose_name}
        for source in sources
        if getattr(held, source.attname) != getattr(body, source.attname)
    ]


def open_filing_bars(organization):
    """Give the reason why an organisation is not moved past a filing that is open."""
    if organization.filings.open().exists():
        return [_("A filing of this organisation is open; it is decided there.")]
    return []


@transaction.atomic
def list_organization(pk, *, by, today, reason):
    """Enter an organisation in the roster; the day it was filed is today unless known already.

    :raises Refused: if a filing of it is open, for then it is decided there, by two persons.
    """
    rows = Organization.objects.select_related("division")
    with taking("list", rows, pk, by=by, today=today, reason=reason) as body:
        if reasons := open_filing_bars(body):
            raise Refused(reasons)
        body.filed_on = body.filed_on or today
        body.confirmed_on = today
        body.number = body.number or next_number(body.division_id, today=today)
        draw_court_notice(body, CourtSubject.LISTING, by=by, today=today)
    refresh_organizations([pk], today=today)
    return body
