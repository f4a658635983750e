"""Verifies a certificate without the site: ``verify_certificate FILE_OR_TEXT --key FILE``."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from training.rules.signatures import (
    PREFIX,
    Unverified,
    from_text,
    key_id,
    verified_document,
    verified_jws,
    verified_token,
)


class Command(BaseCommand):
    help = "Verifies a token, a signed document or a badge with the published keys; asks no server."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("what", help="A file, or the text of the second code on the paper.")
        parser.add_argument("--key", required=True, type=Path, help="The published keys, a file.")

    def handle(self, *, what, key, **options):
        try:
            stated = stated_by(text_of(what), keys_of(key))
        except Unverified as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write("The signature holds. It states:")
        for name, value in stated.items():
            self.stdout.write(f"  {name}: {value if isinstance(value, str) else json.dumps(value)}")
        self.stdout.write("Whether it was suspended or revoked since, only the site can tell.")


def text_of(what):
    """Return the text to verify: that of the file of this name, else what was typed."""
    try:
        return Path(what).read_text(encoding="utf-8-sig").strip()
    except (OSError, ValueError):
        return what.strip()


def keys_of(path):
    """Return {key id: public bytes} of a set of JSON Web Keys.

    :raises CommandError: if the file cannot be read, or is something else.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["keys"]
        publics = [from_text(one["x"]) for one in found]
    except (OSError, ValueError, KeyError, TypeError, Unverified) as fault:
        raise CommandError(f"{path} holds no published keys.") from fault
    # The name is computed, not read: a key cannot pass for another.
    return {key_id(public): public for public in publics}


def stated_by(text, keys):
    """Return what a genuine text states. :raises Unverified: if it is not genuine."""
    if text.startswith(f"{PREFIX}."):
        return verified_token(text, keys).claims
    if text.startswith("{"):
        try:
            return verified_document(json.loads(text), keys).facts
        except ValueError as damage:
            raise Unverified("The document is damaged.") from damage
    return verified_jws(text, keys)[1]
