"""Organisations enter the register, are corrected and are listed."""

from django.db import transaction

from office import ledger
from office.flow import changing, taking
from registry.models import Organization
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
    """Correct the data of an organisation.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(Organization.objects, pk, by=by, reason=reason, revision=revision) as body:
        for name, value in fields.items():
            setattr(body, name, value)
    refresh_organizations([pk], today=today)
    return body


@transaction.atomic
def list_organization(pk, *, by, today, reason):
    """Enter an organisation in the roster; the day it was filed is today unless known already."""
    with taking("list", Organization.objects, pk, by=by, today=today, reason=reason) as body:
        body.filed_on = body.filed_on or today
        body.confirmed_on = today
    refresh_organizations([pk], today=today)
    return body
