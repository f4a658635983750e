"""The session engine: keys stored as hashes, data sealed, one row that its owner can recognise."""

import hashlib
import json
from datetime import UTC, datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from office.personal import Unreadable, seal, unseal

CONTEXT = "office_session.session_data"


def stored_key(session_key):
    """Return the key under which a session is stored: the SHA-256 of the browser's key."""
    return hashlib.sha256(session_key.encode()).hexdigest()


class SessionStore(DatabaseStore):
    """Django's database sessions, of no use to whoever reads the table."""

    @classmethod
    def get_model_class(cls):
        from office.models import Session  # noqa: PLC0415

        return Session

    def encode(self, session_dict):
        return seal(json.dumps(session_dict), CONTEXT)

    def decode(self, session_data):
        try:
            return json.loads(unseal(session_data, CONTEXT))
        except Unreadable:
            return {}

    def _get_session_from_db(self):
        row = self.model.objects.filter(
            session_key=stored_key(self.session_key), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key):
        return super().exists(stored_key(session_key))

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key:
            super().delete(stored_key(key))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        row.user_id = data.get(SESSION_KEY)
        row.device = data.get("device", "")
        row.address = data.get("address", "")
        row.started_at = _moment(data.get("started_at"))
        row.seen_at = _moment(data.get("seen_at"))
        return row


def _moment(seconds):
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
