"""Lots that can be drawn again: the order follows from a recorded seed and from nothing else."""

from hashlib import sha256


def drawn(names, seed):
    """Return names in the order of a lot: by the SHA-256 digest of ``seed:name``, lowest first.

    Anybody who knows the seed can repeat the draw by hand; who is first among some does not depend
    on who else is in the draw, nor on the order in which they are given.

    >>> drawn(["a", "b", "c"], "2026-11-22") == drawn(["c", "a", "b"], "2026-11-22")
    True
    """
    return sorted(names, key=lambda name: (_digest(seed, name), str(name)))


def _digest(seed, name):
    return sha256(f"{seed}:{name}".encode()).hexdigest()
