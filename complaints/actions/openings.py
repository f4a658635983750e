"""A complaint is opened by its receipt code, and shown to that browser until it leaves."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from complaints import vault
from complaints.actions.guessing import count_try, take_back_try
from complaints.models import Complaint, Guesses, Opening
from complaints.rules.guessing import HOUR
from office import ledger
from office.identity import plain
from office.personal import keyed_hash

IDLE = timedelta(minutes=30)
# However busy, after so long the code is typed again.
LONGEST = timedelta(hours=4)
# The row is written again only when the last look is older than this.
SAME_LOOK = timedelta(minutes=1)
MOST_TYPED = 200  # characters looked at; a code has 16


def open_by_code(code):
    """Return the complaint with this receipt code, or None.

    Width, case, blanks and dashes of any sort make no difference. Whatever was typed, the slow
    hash is computed, so that wrong, malformed and unknown codes take the same time.
    """
    typed = "".join(mark for mark in plain(code[:MOST_TYPED]) if mark.isalnum())
    found = Complaint.objects.filter(receipt__code_hash=vault.slow_hash(typed))
    return found.first()


def guess(code, *, who, now):
    """Return the complaint of a code somebody typed, or None; wrong ones are counted.

    ``who`` is where it comes from: a network or an account of a channel; only a hash is kept.

    :raises TooMany: if that origin has to wait. The code is not looked at then.
    """
    count_try(who, now=now)
    found = open_by_code(code)
    if found:
        take_back_try(who)
    return found


@transaction.atomic
def begin_opening(complaint, *, now):
    """Let a browser see a complaint for a while; returns the key that only it holds."""
    Opening.objects.filter(seen_at__lte=now - IDLE).delete()
    key = secrets.token_urlsafe(32)
    Opening.objects.create(key_hash=_hash(key), complaint=complaint, opened_at=now, seen_at=now)
    ledger.append("complaints.complaint.open_by_code", complaint, by=None)
    return key


def opened_by(key, *, now):
    """Return the key of the row of the complaint this browser may see now, or None."""
    rows = Opening.objects.filter(
        key_hash=_hash(key), seen_at__gt=now - IDLE, opened_at__gt=now - LONGEST
    )
    opening = rows.first()
    if opening is None:
        return None
    if opening.seen_at < now - SAME_LOOK:
        rows.update(seen_at=now)
    return opening.complaint_id


def end_opening(key):
    """Let a browser see a complaint no longer; one that ended already is no fault."""
    Opening.objects.filter(key_hash=_hash(key)).delete()


def sweep_openings(*, now):
    """Delete openings nobody uses any more and counts of guesses of past hours; returns a count."""
    dead = Opening.objects.filter(Q(seen_at__lte=now - IDLE) | Q(opened_at__lte=now - LONGEST))
    over = Guesses.objects.filter(began_at__lte=now - HOUR)
    return dead.delete()[0] + over.delete()[0]


def _hash(key):
    # Upper and lower case differ here, unlike in what people type.
    return keyed_hash(key.encode().hex(), "complaints.opening") or ""
