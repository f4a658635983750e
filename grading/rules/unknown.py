"""What a rule does not say, as a value.

A rule that was read only in part can be stored and tried out, but never put into force: an unknown
is not a default. In a file it is written ``UNK``.
"""


class Unknown:
    """The type of ``UNK``; there is one value of it. It is neither true nor false."""

    _only = None

    def __new__(cls):
        cls._only = cls._only or super().__new__(cls)
        return cls._only

    def __repr__(self):
        return "UNK"

    def __bool__(self):
        raise TypeError("An unknown is neither true nor false: ask is_known().")

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return (Unknown, ())


UNK = Unknown()


def is_known(value):
    """Return whether a rule says this; what it leaves out (None) it does not say."""
    return value is not UNK and value is not None
