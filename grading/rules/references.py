"""How an application is called: by its applicant, and where nobody is to know whose it is."""

import re

OWN = re.compile(r"^PD([0-9]{4})-([0-9]{1,12})$", re.IGNORECASE)
BLIND = re.compile(r"^([0-9]{1,9})-([0-9]{1,12})$")


def reference(grading_round, application):
    """Return the reference number of an application (a key) in a round (a key).

    >>> reference(12, 345)
    '12-00345'
    """
    return f"{grading_round}-{application:05d}"


def own_reference(year, application):
    """Return what an application (a key) begun in a year is called towards its applicant.

    >>> own_reference(2026, 345)
    'PD2026-000345'
    """
    return f"PD{year}-{application:06d}"


def read_reference(text):
    """Return the conditions on the application that either number names, None for neither.

    >>> read_reference("12-00345")
    {'pk': 345, 'grading_round': 12}
    """
    if found := OWN.match(text.strip()):
        return {"pk": int(found[2]), "opened_on__year": int(found[1])}
    if found := BLIND.match(text.strip()):
        return {"pk": int(found[2]), "grading_round": int(found[1])}
    return None
