"""The casework of the demo city in one transaction."""

import random

from django.db import transaction

from casework.city.case_imports import make_case_imports
from casework.city.case_studies import make_case_studies
from casework.city.cases import make_some_cases
from casework.city.claims import make_claims
from casework.city.ledger import COUNTY, make_ledger
from casework.city.opinions import make_opinions
from casework.city.prevention import make_prevention
from casework.city.subsidies import make_subsidies
from office.models import User
from registry.models import Division


@transaction.atomic
def make_casework(case_studies, *, cases, seed, today):
    """Add invented casework to a demo city; returns what the parts counted.

    ``case_studies`` is the content of the file of write-ups. Deterministic: the same city, seed and
    day make the same rows.
    """
    rng = random.Random(seed)  # noqa: S311 - a demo must be repeatable, not secret
    return {
        "ledger": make_ledger(rng, today, cases=cases),
        "cases": make_some_cases(today),
        "opinions": make_opinions(today),
        "schemes": make_subsidies(today),
        "claims": make_claims(today),
        "imports": _imports(today),
        "prevention": make_prevention(today),
        "case_studies": make_case_studies(case_studies, today),
    }


def _imports(today):
    county = Division.objects.get(code=COUNTY)
    first, second = (User.objects.get(username=name) for name in ("county", "county2"))
    return len(make_case_imports(county, by=first, second=second, today=today))
