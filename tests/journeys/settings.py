"""The settings of the site that the journeys walk through: as in production where one can see it.

Error pages are the site's own, and what limits one visitor does not limit the tests. With
``DAYS_LATER`` the site lives that many days ahead: terms run out without anybody waiting for them.
"""

import os
from datetime import UTC, datetime, timedelta

import time_machine

from tests.settings import *  # noqa: F403

DEBUG = False
WHITENOISE_USE_FINDERS = True
STAFF_SECOND_FACTOR = os.environ.get("STAFF_SECOND_FACTOR") == "1"
ROSTER_RECORDS_PER_HOUR = 0
# A journey may take longer than an officer sits still before being asked for the password again.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600

if later := int(os.environ.get("DAYS_LATER", "0")):
    time_machine.travel(datetime.now(UTC) + timedelta(days=later)).start()
