"""A random sample that can be drawn again: by whoever has the seed, with the same result."""

from hashlib import sha256
from heapq import nsmallest


def drawn(pks, *, seed, size):
    """Return ``size`` of the numbers, in the order of the digest of seed and number.

    Nobody can steer the choice without the seed, and everybody can repeat it with it.
    """
    return nsmallest(size, pks, key=lambda pk: sha256(f"{seed}:{pk}".encode()).digest())
