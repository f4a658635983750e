"""How many persons of the roster one visitor may look at in an hour.

Whoever looks at the same people again spends nothing: what is limited is carrying the roster off.
"""

from django.conf import settings
from django.core.cache import cache

from office.accounts.origin import client_address

HOUR = 60 * 60  # seconds
# What one address may send in an hour: enough for a village hall, too little for a machine.
SENDINGS_AN_HOUR = 30


def is_spent(request, public_ids, *, now):
    """Note the persons shown to a visitor; tell whether that is more than the hour allows.

    Signed-in people are not limited. ``ROSTER_RECORDS_PER_HOUR`` of 0 switches the limit off.
    """
    limit = settings.ROSTER_RECORDS_PER_HOUR
    if not limit or not public_ids or request.user.is_authenticated:
        return False
    key = f"roster-seen:{client_address(request)}:{now:%Y%m%d%H}"
    seen = cache.get(key, frozenset())
    fresh = seen.union(public_ids)
    if len(fresh) > limit:
        return True
    if len(fresh) > len(seen):
        cache.set(key, fresh, HOUR)
    return False


def has_written_enough(request, what, *, now):
    """Count a sending of a visitor; tell whether the hour's sendings of its kind are used up.

    An address is a weak name for a person, so the limit is wide and forgets within the hour.
    """
    key = f"sent-{what}:{client_address(request)}:{now:%Y%m%d%H}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > SENDINGS_AN_HOUR
    except ValueError:  # it ran out between the two
        return False
