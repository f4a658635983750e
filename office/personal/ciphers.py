"""Sealing and opening of personal data: keys from the settings, never from the database.

A sealed text reads ``A256GCM.<key id>.<nonce, text and tag in base64>``: it names its algorithm and
its key, so that both can change while old rows stay readable. Algorithm, key id, table and column
are authenticated with it: a sealed text copied into another column does not open. (A migration that
renames such a table or column must therefore seal its texts anew.)

``PERSONAL_DATA_KEYS`` holds 32 bytes in base64 by key id; the first one seals, all of them open.
``PERSONAL_DATA_CIPHER`` names the algorithm that seals. ``PERSONAL_DATA_INDEX_KEY`` is the key of
the hashes by which sealed texts are found; it cannot change without computing every hash anew.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
from functools import lru_cache

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import checks

from office.identity import plain

SEALED = re.compile(r"([A-Z0-9]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+={0,2})")
KEY_ID = re.compile(r"[A-Za-z0-9_-]+")
NONCE_BYTES = 12
TAG_BYTES = 16


class Unreadable(Exception):
    """A sealed text cannot be opened: its key is missing, or it was altered or moved."""


class SM4GCM:
    """SM4 (GB/T 32907) in Galois/counter mode, with the face of ``AESGCM``."""

    def __init__(self, key):
        self._key = key

    def encrypt(self, nonce, data, associated_data):
        cipher = Cipher(algorithms.SM4(self._key), modes.GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(associated_data)
        return cipher.update(data) + cipher.finalize() + cipher.tag

    def decrypt(self, nonce, data, associated_data):
        mode = modes.GCM(nonce, data[-TAG_BYTES:])
        cipher = Cipher(algorithms.SM4(self._key), mode).decryptor()
        cipher.authenticate_additional_data(associated_data)
        return cipher.update(data[:-TAG_BYTES]) + cipher.finalize()


# Name in the settings -> name in a sealed text; name in a sealed text -> maker, bytes of its key.
NAMES = {"AES-256-GCM": "A256GCM", "SM4-GCM": "SM4GCM"}
ALGORITHMS = {"A256GCM": (AESGCM, 32), "SM4GCM": (SM4GCM, 16)}


def _key_bytes(text):
    """Return the 32 bytes of a key in base64.

    :raises ValueError: if it is anything else; the message does not show the key.
    """
    try:
        key = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64") from None
    if len(key) != 32:
        raise ValueError(f"{len(key)} bytes instead of 32")
    return key


@lru_cache
def _cipher(algorithm, secret):
    make, length = ALGORITHMS[algorithm]
    # Each algorithm gets a key of its own from the one in the settings.
    info = f"personal data {algorithm}".encode()
    return make(HKDF(SHA256(), length, salt=None, info=info).derive(_key_bytes(secret)))


@lru_cache
def _index_key(secret):
    return _key_bytes(secret)


def seal(text, context):
    """Encrypt a text under the first key; ``context`` is the table and column it is bound to."""
    key_id, secret = next(iter(settings.PERSONAL_DATA_KEYS.items()))
    head = f"{NAMES[settings.PERSONAL_DATA_CIPHER]}.{key_id}"
    nonce = os.urandom(NONCE_BYTES)
    cipher = _cipher(NAMES[settings.PERSONAL_DATA_CIPHER], secret)
    sealed = nonce + cipher.encrypt(nonce, text.encode(), f"{head} {context}".encode())
    return f"{head}.{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(sealed, context):
    """Decrypt a sealed text.

    :raises Unreadable: if its key or algorithm is unknown, or it was altered or moved.
    """
    algorithm, key_id, body = _parts(sealed, context)
    if algorithm not in ALGORITHMS or key_id not in settings.PERSONAL_DATA_KEYS:
        raise Unreadable(f"{context}: there is no {algorithm} key “{key_id}” in the settings.")
    data = base64.urlsafe_b64decode(body)
    cipher = _cipher(algorithm, settings.PERSONAL_DATA_KEYS[key_id])
    associated_data = f"{algorithm}.{key_id} {context}".encode()
    try:
        text = cipher.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], associated_data)
    except (InvalidTag, ValueError):
        raise Unreadable(f"{context}: a sealed text was altered or moved.") from None
    return text.decode()


def _parts(sealed, context):
    parts = SEALED.fullmatch(sealed)
    if parts is None or len(parts[3]) % 4:
        raise Unreadable(f"{context}: what is stored is not a sealed text.")
    return parts.groups()


def needs_rotation(sealed):
    """Whether a sealed text is under another key or algorithm than the one that seals today.

    Saving its row seals it anew. ``stored_text`` reads it from the database unopened.
    """
    key_id = next(iter(settings.PERSONAL_DATA_KEYS))
    current = (NAMES[settings.PERSONAL_DATA_CIPHER], key_id)
    return _parts(sealed, "needs_rotation")[:2] != current


def keyed_hash(text, context):
    """Return the hash (HMAC-SHA256, 64 hexadecimal digits) by which a sealed text is found.

    Case, width, blanks and dashes make no difference. The same text hashes differently in another
    ``context``, so that columns cannot be joined by it. No text has no hash: ``None``.
    """
    compared = plain(text or "").replace("-", "")
    if not compared:
        return None
    message = f"{context}\0{compared}".encode()
    key = _index_key(settings.PERSONAL_DATA_INDEX_KEY)
    return hmac.digest(key, message, hashlib.sha256).hex()


def _faults():
    """Yield what is wrong with the settings, without showing any key."""
    if settings.PERSONAL_DATA_CIPHER not in NAMES:
        yield f"PERSONAL_DATA_CIPHER must be one of {', '.join(NAMES)}."
    if not settings.PERSONAL_DATA_KEYS:
        yield "PERSONAL_DATA_KEYS holds no key."
    secrets = [("PERSONAL_DATA_INDEX_KEY", settings.PERSONAL_DATA_INDEX_KEY)]
    for key_id, secret in settings.PERSONAL_DATA_KEYS.items():
        if not KEY_ID.fullmatch(key_id):
            yield "A key id in PERSONAL_DATA_KEYS has characters other than letters, digits, -, _."
        secrets.append((f"The key “{key_id}” in PERSONAL_DATA_KEYS", secret))
    for name, secret in secrets:
        try:
            _key_bytes(secret)
        except ValueError as fault:
            yield f"{name} must be 32 bytes in base64: {fault}."


@checks.register(checks.Tags.security)
def personal_data_can_be_sealed(app_configs, **kwargs):
    """Refuse to start with keys that are missing or malformed, or an algorithm not built in."""
    found = [checks.Error(fault, id="office.E001") for fault in _faults()]
    if found:
        return found
    try:
        seal("", "check")
    except UnsupportedAlgorithm:
        cipher = settings.PERSONAL_DATA_CIPHER
        return [checks.Error(f"{cipher} is not built into this cryptography.", id="office.E002")]
    return []
