"""How attendance counts: minutes, the least share, and the moment of a sign-in."""

from datetime import timedelta

# Settings of this product; no rule was found for them.
LATE_AT_MOST = timedelta(minutes=10)
EARLY_AT_MOST = timedelta(minutes=15)
CODE_LIVES = timedelta(minutes=5)


def minutes_between(start, end):
    """Return the whole minutes from one moment to another; a broken minute does not count."""
    return max(0, int((end - start).total_seconds()) // 60)


def is_on(start, end, moment):
    """Whether people sign in for a part: from a little before it begins until it ends."""
    return start - EARLY_AT_MOST <= moment < end


def minutes_from_sign_in(start, end, moment):
    """Return the minutes of a part that a sign-in at ``moment`` stands for.

    Whoever is late by no more than ``LATE_AT_MOST`` has the whole part, others have what is left.
    """
    begun = start if moment <= start + LATE_AT_MOST else moment
    return minutes_between(begun, end)


def is_enough(attended, planned, least_share):
    """Whether the minutes attended are at least the share, in percent, of those planned.

    Compared in whole numbers: nothing is rounded. Whoever has enough is credited the hours of the
    session whole, whoever has less none: a session is not credited in parts.
    """
    return planned > 0 and attended * 100 >= least_share * planned
