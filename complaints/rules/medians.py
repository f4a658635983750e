"""The middle of many numbers, told by how often each occurs."""


def median(numbers):
    """Return the median of a mapping of value to count; None of nothing.

    >>> median({3: 1, 10: 1})
    6.5
    """
    wanted = sum(numbers.values())
    if not wanted:
        return None
    low, high = (wanted - 1) // 2, wanted // 2
    return (_at(numbers, low) + _at(numbers, high)) / 2


def _at(numbers, place):
    passed = 0
    for value in sorted(numbers):
        passed += numbers[value]
        if place < passed:
            return value
    raise IndexError(place)
