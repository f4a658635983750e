"""The settings of the site that the journeys walk through: as in production where one can see it.

Error pages are the site's own, and what limits one visitor does not limit the tests.
"""

import os

from tests.settings import *  # noqa: F403

DEBUG = False
WHITENOISE_USE_FINDERS = True
STAFF_SECOND_FACTOR = os.environ.get("STAFF_SECOND_FACTOR") == "1"
ROSTER_RECORDS_PER_HOUR = 0
