"""How long somebody waits who types codes that open nothing.

No law sets these numbers. A code has 79 bits of chance, so that guessing is hopeless anyway; the
delays keep machines from wearing out the site, and somebody who mistypes hardly notices them.
"""

import ipaddress
from datetime import timedelta

HOUR = timedelta(hours=1)
# From so many wrong codes within the hour: how long after the last one the next may be tried.
STAGES = [
    (20, timedelta(minutes=15)),
    (10, timedelta(minutes=5)),
    (5, timedelta(minutes=1)),
]
# While the whole site is tried out, an origin waits from its first wrong code on; somebody who
# types the right one at once is not held up by what strangers do.
ALARM = 300
STAGES_UNDER_ALARM = [(20, HOUR), (5, timedelta(minutes=15)), (1, timedelta(minutes=1))]
# Beyond this the page rests for everybody, to keep the site standing.
FLOOD = [(3_000, timedelta(seconds=20))]


def network_of(address):
    """Return what counts as one origin: an address, or of IPv6 the net that one household has."""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


def wait_after(misses, site_misses):
    """Return how long an origin waits after its last wrong code."""
    return _stage(STAGES_UNDER_ALARM if site_misses >= ALARM else STAGES, misses)


def rest_after(site_misses):
    """Return how long everybody waits after the last wrong code of anybody."""
    return _stage(FLOOD, site_misses)


def _stage(stages, misses):
    return next((wait for least, wait in stages if misses >= least), timedelta())
