"""After a change of keys everything is readable without the old one."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command

from registry.models import Mediator
from tests import make

pytestmark = pytest.mark.django_db

OLD = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
NEW = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
PHONE = "13800001234"


def seal_anew():
    said = StringIO()
    call_command("seal_anew", stdout=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def _two_keys(settings):
    settings.PERSONAL_DATA_KEYS = {"old": OLD}


def test_personal_data_opens_without_the_old_key(settings):
    person = make.mediator(phone=PHONE)
    make.mediator()
    settings.PERSONAL_DATA_KEYS = {"new": NEW, "old": OLD}

    assert seal_anew() == "1 texts sealed anew\n"

    settings.PERSONAL_DATA_KEYS = {"new": NEW}
    assert Mediator.objects.get(phone_hash__of=PHONE) == person
    assert Mediator.objects.get(pk=person.pk).phone == PHONE


def test_a_second_factor_works_without_the_old_key(settings):
    TOTP.activate(make.user(), "JBSWY3DPEHPK3PXP")
    settings.PERSONAL_DATA_KEYS = {"new": NEW, "old": OLD}

    assert seal_anew() == "1 texts sealed anew\n"

    settings.PERSONAL_DATA_KEYS = {"new": NEW}
    assert len(Authenticator.objects.get().wrap().instance.data["secret"]) > 32
    assert seal_anew() == "0 texts sealed anew\n"


def test_a_second_run_finds_nothing_to_do(settings):
    make.mediator(phone=PHONE)

    assert seal_anew() == "0 texts sealed anew\n"
