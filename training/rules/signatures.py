"""Signing and verifying with Ed25519 (RFC 8032): pure functions over keys and bytes.

The format is described in ``docs/certificates.md``.
"""

import base64
import hashlib
import json
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from training.rules.certificates import canonical, digest_of

PREFIX = "RMC1"
SEED_BYTES = 32


class Unverified(Exception):
    """What was presented does not hold; the text says why."""


@dataclass(frozen=True)
class Signed:
    """What a genuine token states; ``facts`` are None if the token came without them."""

    claims: dict
    facts: dict | None = None


def private_key(secret):
    """Return the key of a secret: 32 bytes in base64. :raises ValueError: if it is not."""
    seed = base64.b64decode(secret, validate=True)
    if len(seed) != SEED_BYTES:
        raise ValueError("The signing key must be 32 bytes in base64.")
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_bytes(key):
    """Return the 32 bytes of a private key's public half."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(public):
    """Return the name of a public key (bytes): the beginning of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:12]


def to_text(data):
    """Return bytes in base64url without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text):
    """Return the bytes of base64url without padding. :raises Unverified: if it is none."""
    try:
        return base64.b64decode(
            text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True
        )
    except ValueError as damage:
        raise Unverified("The text is damaged.") from damage


def jwk(public):
    """Return a public key (bytes) as a JSON Web Key (RFC 8037)."""
    return {
        "kty": "OKP", "crv": "Ed25519", "x": to_text(public), "kid": key_id(public),
        "use": "sig", "alg": "EdDSA",
    }  # fmt: skip


def claims_of(facts):
    """Return what the small token states of a certificate: no name, no number, only a digest."""
    return {
        "code": facts["code"], "from": facts["valid_from"], "until": facts["valid_until"],
        "sha256": digest_of(facts),
    }  # fmt: skip


def token(facts, key):
    """Return the small signed token of a certificate, as it stands in its second code."""
    public = public_bytes(key)
    body = f"{PREFIX}.{key_id(public)}.{to_text(canonical(claims_of(facts)))}"
    return f"{body}.{to_text(key.sign(body.encode()))}"


def verified_token(text, keys):
    """Return what a token states, by the published keys ``{key id: public bytes}``.

    :raises Unverified: if it is damaged, altered, or signed with another key.
    """
    parts = "".join(text.split()).split(".")
    if len(parts) != 4 or parts[0] != PREFIX:
        raise Unverified("This is not a token of a certificate.")
    _check(".".join(parts[:3]), parts[3], parts[1], keys)
    return Signed(json.loads(from_text(parts[2])))


def document(facts, signed_token):
    """Return what can be verified offline as a whole: the facts and the token."""
    return {"format": PREFIX, "facts": facts, "token": signed_token}


def verified_document(content, keys):
    """Return what a document (plain values) states.

    :raises Unverified: if the token does not hold, or the facts are not those that were signed.
    """
    if not isinstance(content, dict) or not isinstance(content.get("facts"), dict):
        raise Unverified("This is not a document of a certificate.")
    signed = verified_token(str(content.get("token", "")), keys)
    if digest_of(content["facts"]) != signed.claims["sha256"]:
        raise Unverified("The facts were altered after they were signed.")
    return Signed(signed.claims, content["facts"])


def compact_jws(payload, key, **header):
    """Return plain values as a compact JWS (RFC 7515) with the public key in its header."""
    public = public_bytes(key)
    shown = {name: value for name, value in jwk(public).items() if name in {"kty", "crv", "x"}}
    head = {"alg": "EdDSA", "kid": key_id(public), "jwk": shown, **header}
    body = f"{to_text(canonical(head))}.{to_text(canonical(payload))}"
    return f"{body}.{to_text(key.sign(body.encode()))}"


def verified_jws(text, keys):
    """Return (header, payload) of a compact JWS. :raises Unverified: as :func:`verified_token`."""
    parts = text.strip().split(".")
    if len(parts) != 3:
        raise Unverified("This is not a signed badge.")
    header = json.loads(from_text(parts[0]))
    _check(".".join(parts[:2]), parts[2], header.get("kid", ""), keys)
    return header, json.loads(from_text(parts[1]))


def _check(body, signature, kid, keys):
    if kid not in keys:
        raise Unverified("It was signed with a key that is not among the published ones.")
    try:
        Ed25519PublicKey.from_public_bytes(keys[kid]).verify(from_text(signature), body.encode())
    except InvalidSignature as wrong:
        raise Unverified("The signature does not hold: the content was altered.") from wrong
