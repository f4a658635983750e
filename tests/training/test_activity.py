"""The register asks which organisations trained; training answers from what was credited."""

from datetime import timedelta

import pytest
from django.db.models import DateField, Value

from registry.models import Organization
from registry.questions import activity_of_organizations
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_hours as hours
from training.actions import reverse_hours

pytestmark = pytest.mark.django_db
SINCE = TODAY - timedelta(days=365)


def active():
    rows = Organization.objects.annotate(idle_since=Value(SINCE, DateField()))
    answers = activity_of_organizations.send(Organization, organizations=rows)
    told = {name: sign for _receiver, answer in answers for name, sign in answer.items()}
    return set(rows.filter(told["training"]))


@pytest.mark.parametrize(("done_on", "counts"), [(SINCE - DAY, False), (SINCE, True)])
def test_an_organisation_trained_if_one_of_its_people_did_since_that_day(done_on, counts):
    person = hours.person()
    make.organization()
    hours.learnt(person, "1.0", done_on=done_on)

    assert bool(active()) is counts


def test_what_was_taken_back_is_no_training():
    entry = hours.learnt(hours.person(), "1.0")
    reverse_hours(entry.pk, by=make.user(), today=TODAY, reason="Absent.")

    assert active() == set()
