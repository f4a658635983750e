"""The invented imports: every state there is, without a fault."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from casework import actions
from casework.city.case_imports import make_case_imports
from casework.models import CaseRecord, PushKey
from tests import make
from tests.casework.case_files import checked, row, world
from tests.make import TODAY

pytestmark = pytest.mark.django_db


def test_an_import_stands_in_every_state():
    world()
    division = make.division("330681")
    people = {"by": make.user(), "second": make.user()}
    made = make_case_imports(division, today=TODAY, **people)
    assert {state: batch.state for state, batch in made.items()} == {state: state for state in made}
    assert len(made) == 5
    assert CaseRecord.objects.count() == made["applied"].new == 1
    assert set(PushKey.objects.values_list("state", flat=True)) == {"proposed", "active"}


def test_the_daily_work_empties_what_is_old(settings, time_machine):
    world()
    batch = checked(row())
    time_machine.move_to(batch.created_at + timedelta(days=settings.IMPORT_KEEP_DAYS + 1))
    call_command("empty_case_imports")
    batch.refresh_from_db()
    assert batch.emptied_at is not None
    assert actions.empty_case_imports(before=batch.created_at, now=batch.created_at) == 0
