"""Two drafts of one division brought into force at the same moment: the days stay apart."""

import pytest

from casework import actions
from casework.models import SubsidyScheme
from tests import make
from tests.casework import make_schemes
from tests.make import TODAY
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def activating(scheme, officer):
    return lambda: actions.activate_subsidy_scheme(
        scheme.pk, by=officer, today=TODAY, reason="演示。"
    )


def test_of_two_drafts_for_one_day_one_comes_into_force():
    drafts = [make_schemes.scheme("draft", name=f"办法{n}", from_on=TODAY) for n in (1, 2)]

    outcomes = at_once(*[activating(draft, make.user()) for draft in drafts])

    assert outcomes == ["done", "refused"]
    assert SubsidyScheme.objects.in_force(TODAY).count() == 1


def test_one_draft_is_brought_into_force_once():
    draft = make_schemes.scheme("draft")

    outcomes = at_once(*[activating(draft, make.user()) for _officer in range(2)])

    assert outcomes == ["done", "refused"]
