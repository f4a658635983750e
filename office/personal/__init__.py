"""Personal data: encrypted at rest, found by keyed hash, shown masked."""

from office.personal.ciphers import Unreadable, keyed_hash, needs_rotation, seal, unseal
from office.personal.envelope import new_key, open_under, seal_under
from office.personal.fields import (
    EncryptedTextField,
    LookupHashField,
    lookup_hash,
    personal_values,
    stored_text,
    unmasked,
)
from office.personal.masks import mask_certificate, mask_name, mask_phone, mask_resident_id

__all__ = [
    "EncryptedTextField",
    "LookupHashField",
    "Unreadable",
    "keyed_hash",
    "lookup_hash",
    "mask_certificate",
    "mask_name",
    "mask_phone",
    "mask_resident_id",
    "needs_rotation",
    "new_key",
    "open_under",
    "personal_values",
    "seal",
    "seal_under",
    "stored_text",
    "unmasked",
    "unseal",
]
