"""What the platform signs, and how long a signature counts."""

import hashlib
import hmac
import re

MOMENT = re.compile(r"[0-9]{1,12}")


class Rejected(Exception):
    """The request is not one the platform would send. Why, nobody is told."""


def signature(*parts):
    """Return the signature of token, timestamp, nonce and, in safe mode, the sealed message."""
    # The platform asks for SHA-1; the token in it is the secret.
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324


def is_signed(given, *parts):
    """Tell whether a signature is the right one, in a time that says nothing of it."""
    return hmac.compare_digest(given.encode(), signature(*parts).encode())


def is_timely(timestamp, *, now, seconds):
    """Tell whether a timestamp lies at most so many seconds before or after now."""
    if not MOMENT.fullmatch(timestamp):
        return False
    return abs(int(now.timestamp()) - int(timestamp)) <= seconds
