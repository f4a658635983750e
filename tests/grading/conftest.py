"""An officer before the browser, as in the tests of the register."""

from tests.registry.conftest import at_desk, county, in_english

__all__ = ["at_desk", "county", "in_english"]
