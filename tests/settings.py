"""The product's settings, with the stand-in secrets of debugging and what makes tests fast."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("DEBUG", "1")
if "TEST_DIR" not in os.environ:
    # One directory a run, handed on to the workers that the run starts.
    os.environ["TEST_DIR"] = tempfile.mkdtemp(prefix="register-tests-")
    atexit.register(shutil.rmtree, os.environ["TEST_DIR"], ignore_errors=True)
# A worker that sweeps files must not meet those of another.
os.environ["VAR_DIR"] = os.path.join(
    os.environ["TEST_DIR"], os.environ.get("PYTEST_XDIST_WORKER", "")
)

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
RECEIPT_HASH_COST = 2
MEDIA_ROOT = Path(VAR_DIR) / "media"
# Tests of other pages sign in without a code; tests/office/test_accounts*.py switch it on.
STAFF_SECOND_FACTOR = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that two connections can meet in the concurrency tests.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test-register.sqlite3")}
# whitenoise warns of a missing directory
(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
