"""How an application is called where nobody is to know whose it is."""


def reference(grading_round, application):
    """Return the reference number of an application (a key) in a round (a key).

    >>> reference(12, 345)
    '12-00345'
    """
    return f"{grading_round}-{application:05d}"
