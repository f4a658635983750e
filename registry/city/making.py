"""The whole city in one transaction."""

import random

from django.db import transaction

from office import ledger
from office.flow import Refused
from registry.city.accounts import make_accounts
from registry.city.appointments import make_lives
from registry.city.bodies import organizations
from registry.city.campaigns import make_campaigns
from registry.city.closures import make_cases
from registry.city.erasures import make_erasures
from registry.city.filings import make_filings
from registry.city.grounds import make_grounds
from registry.city.honours import make_honours
from registry.city.imports import make_imports
from registry.city.papers import make_papers
from registry.city.people import People
from registry.models import Division, Mediator, Organization, Policy
from registry.search import upkeep


@transaction.atomic
def make_city(*, mediators, seed, today):
    """Fill an empty register with invented organisations, people and demo accounts.

    Deterministic: the same divisions, numbers, seed and day make the same rows. Returns counts.

    :raises Refused: if the register holds anything, or if there are no divisions
        or policies.
    """
    if Organization.objects.exists() or Mediator.objects.exists():
        raise Refused("The register is not empty; a demo city is only made in an empty one.")
    divisions = list(Division.objects.order_by("pk"))
    if not divisions:
        raise Refused("There are no divisions; load them first.")
    if not Policy.objects.exists():
        raise Refused("There are no policies; load them first.")
    rng = random.Random(seed)  # noqa: S311 - a demo must be repeatable, not secret
    made = organizations(rng, divisions, today)
    people = People(rng, today).fill(made, mediators)
    rows = [plan.row for plan in made] + people
    ledger.append_all([_entry(row) for row in rows])
    make_accounts(today)
    # It sets the terms of committees, so it comes before single people get terms of their own.
    make_honours(seed=seed, today=today)
    make_cases(today)
    make_campaigns(today)
    filed = make_filings(rng, today)
    make_lives(today)
    make_grounds(today)
    upkeep.rebuild(today=today)
    make_papers(today)
    make_imports(today)
    make_erasures(today)
    return {"organizations": len(made) + filed, "mediators": len(people)}


def _entry(row):
    return ledger.draft(f"{row._meta.label_lower}.add", row, by=None, reason="演示城市。")
