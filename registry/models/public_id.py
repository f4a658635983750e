"""Public ids say nothing and cannot be counted through."""

import secrets

# Without letters that are taken for digits, so that an id survives being read aloud or typed.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12


def new_public_id():
    """Return 12 random characters, about 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
