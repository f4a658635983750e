"""When the key of the house changes, the keys of complaints change with it, and all still opens."""

from io import StringIO

import pytest
from django.core.management import call_command

from complaints import vault
from complaints.models import StatementKind, VaultKey
from office.personal import Unreadable
from tests.complaints.make_complaints import IDENTITY, figures, received, said
from tests.complaints.make_destructions import destruction, seen
from tests.make import TODAY
from tests.office.test_seal_anew import NEW, OLD

pytestmark = pytest.mark.django_db
FACTS = "他收了我家两条香烟。"


@pytest.fixture(autouse=True)
def _two_keys(settings):
    settings.PERSONAL_DATA_KEYS = {"old": OLD}
    figures()


def seal_anew(settings):
    """Give the house a new key, seal everything under it, and throw the old one away."""
    settings.PERSONAL_DATA_KEYS = {"new": NEW, "old": OLD}
    call_command("seal_anew", stdout=StringIO())
    settings.PERSONAL_DATA_KEYS = {"new": NEW}


def test_all_that_is_sealed_in_a_complaint_opens_without_the_old_key(settings):
    made, _code = received(facts=FACTS)
    vault.keep_content(made, FACTS.encode(), ".pdf", "证据.pdf", today=TODAY)
    view = seen(made, reason=FACTS)
    sealed = made.statements.get().sealed

    seal_anew(settings)

    assert said(made, StatementKind.FACTS) == [FACTS]
    assert vault.identity(made) == IDENTITY
    row, name = vault.files(made)[0]
    assert (name, vault.content_of(row).decode()) == ("证据.pdf", FACTS)
    assert vault.open_text(made, view.sealed_reason, "identity view reason") == FACTS
    # Only the key was sealed anew: what lies under it stays as it was.
    assert made.statements.get().sealed == sealed


def test_without_sealing_anew_the_old_key_is_missed(settings):
    made, _code = received(facts=FACTS)
    settings.PERSONAL_DATA_KEYS = {"new": NEW}
    with pytest.raises(Unreadable):
        vault.statements(made)


def test_a_destroyed_key_stays_destroyed(settings):
    made = destruction("confirmed").complaint
    seal_anew(settings)
    assert VaultKey.objects.get(complaint=made).key is None
    with pytest.raises(vault.Destroyed):
        vault.statements(made)
