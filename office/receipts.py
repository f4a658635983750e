"""Receipt codes: readable aloud, kept nowhere, and the only thing their holder needs to have."""

import secrets

from office.personal import keyed_hash

# Capitals and digits that are not taken for one another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 16  # about 79 bits
GROUP = 4


def new_code():
    """Return a random code: ``XXXX-XXXX-XXXX-XXXX``."""
    return _grouped("".join(secrets.choice(LETTERS) for _letter in range(LENGTH)))


def code_of(submission, context):
    """Return the code that follows from the sending of a form in a ``context`` of its own.

    The key of the form is random and the hash is keyed, so nobody else can tell the code; a form
    that is sent again, even after a crash, leads to the same one.
    """
    number, letters = int(keyed_hash(submission, context), 16), ""
    for _letter in range(LENGTH):
        number, index = divmod(number, len(LETTERS))
        letters += LETTERS[index]
    return _grouped(letters)


def _grouped(letters):
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))
