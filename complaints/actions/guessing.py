"""Codes are tried: who tried too many wrong ones waits, and is never kept waiting in a worker.

A try is counted before the code is looked up and taken back if it opens something, so that many
tries at the same moment are not looked up on one count.
"""

from datetime import timedelta
from math import ceil

from django.db import transaction
from django.db.models import F

from complaints.models import Guesses
from complaints.rules.guessing import HOUR, rest_after, wait_after
from office.personal import keyed_hash

SITE = "site"


class TooMany(Exception):
    """Too many wrong codes were tried. ``seconds`` is how long to wait before the next one."""

    def __init__(self, seconds):
        self.seconds = seconds
        super().__init__(seconds)


def count_try(who, *, now):
    """Count a try of an origin. :raises TooMany: if it has to wait; then nothing is counted."""
    with transaction.atomic():
        # The count of the site is the lock: all else happens under it, so that nobody waits in
        # a ring.
        site = _locked(SITE, now)
        Guesses.objects.filter(began_at__lte=now - HOUR).exclude(origin=SITE).delete()
        own = _locked(_origin(who), now)
        wait = max(
            own.last_at + wait_after(own.misses, site.misses),
            site.last_at + rest_after(site.misses),
        )
        if wait > now:
            raise TooMany(ceil((wait - now) / timedelta(seconds=1)))
        for row in (site, own):
            row.misses, row.last_at = row.misses + 1, max(now, row.began_at)
            row.save(update_fields=["misses", "last_at"])


def take_back_try(who):
    """Forget the last try of an origin: its code opened a complaint."""
    with transaction.atomic():
        for origin in (SITE, _origin(who)):
            tried = Guesses.objects.filter(origin=origin, misses__gt=0)
            tried.update(misses=F("misses") - 1)


def _locked(origin, now):
    """Return the count of an origin, empty if it is a new one or its hour is over."""
    new = {"misses": 0, "began_at": now, "last_at": now}
    Guesses.objects.get_or_create(origin=origin, defaults=new)
    row = Guesses.objects.select_for_update().get(origin=origin)
    if row.began_at <= now - HOUR:
        row.misses, row.began_at, row.last_at = 0, now, now
        row.save()
    return row


def _origin(who):
    return keyed_hash(str(who), "complaints.guesses") or SITE
