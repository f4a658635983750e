"""How fast one address may send: first some seconds between two, then a pause till the hour ends.

An address is a weak name for a person, so the limits are wide and forget within the hour; of the
address itself not even the cache keeps anything but a keyed hash.
"""

from django.conf import settings
from django.core.cache import cache
from django.shortcuts import render

from office.accounts.origin import client_address
from office.personal import keyed_hash

HOUR = 60 * 60  # seconds


def seconds_to_wait(request, what, *, now):
    """Count a sending of a visitor; if it comes too soon, return the seconds that are missing."""
    address = keyed_hash(client_address(request), "complaints.pace")
    key = f"complaint-pace:{what}:{address}:{now:%Y%m%d%H}"
    sent, last = cache.get(key, (0, 0.0))
    pause = max(
        (wait for least, wait in settings.COMPLAINT_PACE.items() if sent >= least), default=0
    )
    missing = last + pause - now.timestamp()
    if pause and missing > 0:
        return int(missing) + 1
    cache.set(key, (sent + 1, now.timestamp()), HOUR)
    return 0


def slow_down(request, seconds):
    """Ask a visitor to wait; the page names the telephone."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(min(seconds, HOUR))
    return response
