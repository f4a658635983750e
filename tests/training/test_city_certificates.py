"""The demo city has certificates in every state, and the demo's mediator holds some."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from office import ledger
from registry.city.making import make_city
from tests.make import TODAY
from tests.registry.test_city import fengqiao
from training.city.certificates import make_certificates
from training.flows import CertificateState, RunState
from training.models import Certificate, CertificateRun

__all__ = ["fengqiao"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fengqiao")]


def test_the_city_has_certificates_in_every_state():
    call_command("load_training", stdout=StringIO())
    make_city(mediators=300, seed=1, today=TODAY)

    made = make_certificates(TODAY)

    rows = Certificate.objects.public().printed()
    assert made > 40
    assert set(Certificate.objects.values_list("state", flat=True)) == {*CertificateState}
    assert {row.standing(TODAY) for row in rows} == {
        "valid", "suspended", "expired", "superseded", "revoked",
    }  # fmt: skip
    assert set(CertificateRun.objects.values_list("state", flat=True)) == {
        RunState.PREPARED, RunState.DONE, RunState.DISCARDED,
    }  # fmt: skip
    own = rows.filter(mediator__user__username="mediator")
    assert [row.standing(TODAY) for row in own] == ["valid", "expired", "valid"]
    assert ledger.faults() == []


def test_what_training_starts_with_is_loaded_once():
    first, again = StringIO(), StringIO()
    call_command("load_training", stdout=first)
    call_command("load_training", stdout=again)

    assert json.loads(first.getvalue())["certificate_kinds"] == 3
    assert json.loads(again.getvalue())["certificate_kinds"] == 0
