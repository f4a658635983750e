"""The demo city shows task sheets in every state, at the committee, its office and the county."""

import pytest

from complaints.city.task_sheets import make_task_sheets
from complaints.flows import SheetState
from complaints.models import SheetStatement, SheetWord, SupervisedSheet, TaskSheet
from office.roles import Role
from tests import make
from tests.complaints import make_task_sheets as made
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db


def test_every_state_is_shown():
    made.figures()
    place, county = make.division("330681109"), make.division("330681")
    body = make.organization(in_division=place, kind="township")
    make.appointment(body=body, post="director")
    own, *_others = [make.appointment(body=body).mediator for _number in range(3)]
    own.user = make.user("mediator")
    own.save()
    for name in ("handler", "handler2"):
        made.handler(username=name, from_on=TODAY)
    made.clerk(body, username="clerk")
    make.officer(Role.JUSTICE_OFFICE, place, username="township")
    make.officer(Role.COUNTY_BUREAU, county, username="county")

    counts = make_task_sheets(TODAY)

    assert counts == {"task_sheets": 15}
    assert set(TaskSheet.objects.values_list("state", flat=True)) == set(SheetState)
    assert set(SheetStatement.objects.values_list("kind", flat=True)) == set(SheetWord)
    divisions = TaskSheet.objects.exclude(division=None).values_list("division__code", flat=True)
    assert set(divisions) == {"330681109", "330681"}
    [late] = TaskSheet.objects.overdue(TODAY)
    assert late.sent_on == TODAY - 40 * DAY
    assert SupervisedSheet.objects.gone_out().filter(supervisor=place).get().pk == late.pk


def test_without_the_committee_nothing_is_made():
    assert make_task_sheets(TODAY) == {"task_sheets": 0}
