"""One site and one browser for all journeys of a worker; each journey has its own visitor."""

import os

import pytest

from tests.journeys.browser import DESK, Visitor, chromium
from tests.journeys.site import serving


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker("journey")


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    """The address of the site."""
    with serving(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture(scope="package")
def browser():
    with pytest.MonkeyPatch.context() as patch, chromium() as browser:
        # The browser's loop runs in this thread; Django must not take its tests for coroutines.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield browser


@pytest.fixture
def arrive(browser, site):
    """Return a function that lets a visitor arrive; afterwards none may have met a fault."""
    visitors = []

    def arrive(at=site, **options):
        visitors.append(Visitor(browser, at, **options))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.leave()
    assert [fault for visitor in visitors for fault in visitor.faults] == []


@pytest.fixture
def officer(arrive):
    """Return a function that signs an officer in at the desk, in English, and returns the page."""

    def officer(username="county", **options):
        visitor = arrive(**{"language": "en", "viewport": DESK, **options})
        return visitor.sign_in(username)

    return officer
