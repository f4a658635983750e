"""The claims of the demo city are handed in: what they cannot claim is struck before."""

import pytest

from casework.city import claims as city
from tests import make
from tests.casework import make_claims, make_schemes
from tests.make import TODAY

pytestmark = pytest.mark.django_db
MAJOR = {"code": "major", "name": "重大", "difficulties": [], "documents_rule": "full",
         "amount_kind": "range"}  # fmt: skip


def test_an_open_amount_is_decided_and_what_no_reason_settles_is_struck():
    make_claims.rules()
    scheme = make_schemes.scheme(division=make.division("330681"), tiers=[])
    make_schemes.tier(scheme, (300, 500), **MAJOR)
    body = make_claims.body()
    whole, thin = make_claims.case(body), make_claims.case(body, documents=["record"])
    batch = make_claims.claims.open_batch(
        by=None, today=TODAY, organization=body, year=2026, quarter=3
    )
    told = dict(batch.lines.values_list("case", "faults"))
    assert told == {whole.pk: ["undecided"], thin.pk: ["documents", "undecided"]}

    city._bring(batch, city.S.FIRST_CHECK, TODAY)

    batch.refresh_from_db()
    assert batch.state == city.S.FIRST_CHECK
    assert list(batch.lines.standing().values_list("case", "faults")) == [(whole.pk, [])]
