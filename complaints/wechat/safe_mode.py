"""The platform's safe mode: AES-256-CBC over padding, length, message and the account's id.

What is sealed reads: 16 random bytes, the length of the message in four bytes of network order, the
message, the app id; padded as PKCS7 to blocks of 32 bytes. The first half of the key is the
initial vector.
"""

import base64
import hmac
import re
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from complaints.wechat.signatures import Rejected

KEY = re.compile(r"[A-Za-z0-9]{43}")
BLOCK = 32
FILLER = 16
LENGTH = 4


def key_bytes(aes_key):
    """Return the 32 bytes of an EncodingAESKey.

    :raises ValueError: if it is not 43 letters and digits; the message does not show it.
    """
    if not KEY.fullmatch(aes_key):
        raise ValueError("not 43 letters and digits")
    return base64.b64decode(f"{aes_key}=")


def seal(message, *, aes_key, app_id, filler=None):
    """Seal a message as the platform does; ``filler`` are the 16 bytes of chance."""
    content = message.encode()
    filler = filler or secrets.token_urlsafe(12).encode()
    body = filler + len(content).to_bytes(LENGTH) + content + app_id.encode()
    missing = BLOCK - len(body) % BLOCK
    encryptor = _cipher(aes_key).encryptor()
    sealed = encryptor.update(body + bytes([missing]) * missing) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def unseal(sealed, *, aes_key, app_id):
    """Return the message that was sealed, as bytes.

    :raises Rejected: if it is damaged in any way, or was sealed for another account.
    """
    try:
        data = base64.b64decode(sealed, validate=True)
    except ValueError:
        raise Rejected from None
    if not data or len(data) % BLOCK:
        raise Rejected
    decryptor = _cipher(aes_key).decryptor()
    body = _without_padding(decryptor.update(data) + decryptor.finalize())
    return _message(body[FILLER:], app_id)


def _cipher(aes_key):
    key = key_bytes(aes_key)
    return Cipher(AES256(key), CBC(key[:16]))


def _without_padding(body):
    missing = body[-1]
    if not 1 <= missing <= BLOCK or body[-missing:] != bytes([missing]) * missing:
        raise Rejected
    return body[:-missing]


def _message(body, app_id):
    end = LENGTH + int.from_bytes(body[:LENGTH])
    if len(body) < LENGTH or not hmac.compare_digest(body[end:], app_id.encode()):
        raise Rejected
    return body[LENGTH:end]
