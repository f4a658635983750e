"""A random sample that can be drawn again: by whoever has the seed, with the same result."""

from hashlib import sha256
from heapq import nsmallest


def drawn(pks, *, seed, size):
    """Return ``size`` of the numbers, in the order of the digest of seed and number.

    Nobody can steer the choice without the seed, and everybody can repeat it with it.
    """
    return nsmallest(size, pks, key=lambda pk: sha256(f"{seed}:{pk}".encode()).digest())


def drawn_from_each(strata, *, seed, size):
    """Return the numbers drawn from groups ``{key: numbers}``, at least one from each.

    The rest is shared out in proportion (``shared_out``). With more groups than ``size`` the
    sample has one of each and is the larger for it.
    """
    strata = {key: pks for key, pks in strata.items() if pks}
    parts = shared_out({key: len(pks) for key, pks in strata.items()}, size)
    return [pk for key in sorted(strata) for pk in drawn(strata[key], seed=seed, size=parts[key])]


def shared_out(counts, size):
    """Share ``size`` among groups by their counts: one to each first, then the largest remainders.

    Equal remainders go to the smaller key. No group gets more than it has.
    """
    room = {key: count - 1 for key, count in counts.items()}
    whole = sum(room.values())
    extra = min(max(size - len(counts), 0), whole)
    if not extra:
        return dict.fromkeys(counts, 1)
    parts = {key: 1 + free * extra // whole for key, free in room.items()}
    left = len(counts) + extra - sum(parts.values())
    for key in sorted(room, key=lambda key: (-(room[key] * extra % whole), key))[:left]:
        parts[key] += 1
    return parts


def size_of(count, percent):
    """Return how many ``percent`` of a count are, rounded up: of what there is at least one."""
    return -(-count * percent // 100)


def digest_of(lines):
    """Return the SHA-256 of lines of text, each ended by a line feed."""
    whole = sha256()
    for line in lines:
        whole.update(f"{line}\n".encode())
    return whole.hexdigest()
