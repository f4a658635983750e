"""Envelopes: a case has a key of its own, itself sealed; once it is destroyed nothing opens again.

A sealed part reads ``A256GCM.<nonce, data and tag in base64>``: it names its algorithm, and what it
belongs to (``context``) is authenticated with it.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from office.personal.ciphers import ALGORITHMS, NAMES, NONCE_BYTES, Unreadable

KEY_BYTES = 32


def new_key():
    """Return a fresh key as text, to be kept in an ``EncryptedTextField``."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def seal_under(key, data, context):
    """Encrypt bytes under the key of a case; ``context`` says what they are and of which case."""
    algorithm = NAMES[settings.PERSONAL_DATA_CIPHER]
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + _cipher(algorithm, key).encrypt(nonce, data, _bound(algorithm, context))
    return f"{algorithm}.{base64.urlsafe_b64encode(sealed).decode()}"


def open_under(key, sealed, context):
    """Decrypt what ``seal_under`` made.

    :raises Unreadable: if the key is another one, or what was sealed was altered or moved.
    """
    algorithm, _dot, body = sealed.partition(".")
    if algorithm not in ALGORITHMS:
        raise Unreadable(f"{context}: there is no algorithm “{algorithm}”.")
    try:
        data = base64.urlsafe_b64decode(body)
        nonce, rest = data[:NONCE_BYTES], data[NONCE_BYTES:]
        return _cipher(algorithm, key).decrypt(nonce, rest, _bound(algorithm, context))
    except (InvalidTag, ValueError):
        raise Unreadable(f"{context}: what is sealed was altered or moved.") from None


def _bound(algorithm, context):
    return f"{algorithm} {context}".encode()


def _cipher(algorithm, key):
    # Not kept between calls: a key that was destroyed must not live on in memory.
    make, length = ALGORITHMS[algorithm]
    secret = base64.urlsafe_b64decode(key)
    return make(HKDF(SHA256(), length, salt=None, info=f"case {algorithm}".encode()).derive(secret))
