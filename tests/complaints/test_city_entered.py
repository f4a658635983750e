"""The demo city shows what officers entered, and a file of the hotline in every state."""

import pytest

from complaints.city.entered import make_entered
from complaints.flows import HotlineState
from complaints.models import ComplaintEntry, EnteredComplaint, HotlineImport
from office.roles import Role
from tests import make
from tests.complaints import make_entered as made
from tests.complaints.make_complaints import figures, handler
from tests.make import TODAY

pytestmark = pytest.mark.django_db


def test_every_channel_and_every_state_is_shown():
    figures()
    township = make.division("330681109", "枫桥镇")
    make.officer(Role.JUSTICE_OFFICE, township, username="township")
    handler(username="handler")
    for number in range(3):
        made.on_roster(name=f"第{number}人民调解委员会", person=f"调解{number}")

    assert make_entered(TODAY) == EnteredComplaint.objects.count() == 7

    channels = set(EnteredComplaint.objects.values_list("channel", "mode"))
    assert {channel for channel, _mode in channels} == {"window", "letter", "upper", "hotline"}
    assert {mode for _channel, mode in channels} == {"named", "confidential", "anonymous"}
    states = list(HotlineImport.objects.values_list("state", flat=True))
    assert sorted(states) == sorted(HotlineState.values)
    assert {batch.refused for batch in HotlineImport.objects.all()} == {1}
    assert ComplaintEntry.objects.filter(division=township).count() == 3
