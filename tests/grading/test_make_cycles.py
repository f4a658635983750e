"""The makers of annual reviews make rows of every state."""

import pytest

from grading.flows.review import CycleState, SheetState
from tests.grading import make_cycles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", CycleState.values)
def test_a_cycle_of_every_state(state):
    assert make_cycles.cycle(state).state == state


@pytest.mark.parametrize("state", [one for one in SheetState.values if one != "replaced"])
def test_a_sheet_of_every_state_with_figures(state):
    sheet = make_cycles.sheet(state)
    assert len(make_cycles.counted(sheet, fulfilled=None)) == 5
    make_cycles.mark(sheet, "conduct", 5)
    assert sheet.figures.filter(state="missing").count() == 1
