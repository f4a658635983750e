"""An officer before the browser, in English, on the morning of a known day."""

import time

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.utils import translation

from office.roles import Role
from tests import make
from tests.make import TODAY

NOW = f"{TODAY}T09:00:00+08:00"


@pytest.fixture
def at_desk(client, time_machine):
    """Return a function that puts somebody before the browser; without a name it is the county."""
    time_machine.move_to(NOW)
    client.cookies["django_language"] = "en"

    def sit_down(who=None, *, password_shown=False):
        who = who or make.officer(Role.COUNTY_BUREAU, make.division("330681"))
        client.force_login(who)
        if password_shown:
            session = client.session
            shown = {"method": "password", "at": time.time(), "username": who.username}
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [shown]
            session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(who.pk)
            session.save()
        return who

    return sit_down


@pytest.fixture
def county(at_desk):
    """An officer of the county 330681, signed in."""
    return at_desk()


@pytest.fixture
def in_english():
    """Sentences are compared in the language of the code."""
    translation.activate("en")
