"""Receipt codes: readable aloud, never kept, and the same for the same sending of a form."""

import hashlib

from office.personal import keyed_hash

# Capitals and digits that are not taken for one another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 16  # about 79 bits
GROUP = 4


def code_of(submission):
    """Return the code that follows from the sending of a form: ``XXXX-XXXX-XXXX-XXXX``.

    The key of the form is random and the hash is keyed, so nobody else can tell the code; a form
    that is sent again, even after a crash, leads to the same one.
    """
    seed = hashlib.sha512(f"code {keyed_hash(submission, 'complaints.code')}".encode()).digest()
    number = int.from_bytes(seed)
    letters = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    code = "".join(letters)
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))
