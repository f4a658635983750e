"""Messages of the WeChat account: each is taken once, however often the platform sends it."""

from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import connection

from complaints.models import WechatMessage, WechatQuery
from office.personal import keyed_hash

HOUR = timedelta(hours=1)
# The platform waits five seconds for an answer; no statement may use them up.
MOST_WAITED = 1500  # milliseconds
COUNTED = [WechatQuery.ASKED, WechatQuery.ANSWERED]


def take_wechat_message(*, name, sender, content, signature, asks, now):
    """Note a message and return the row, that of the first sending if it was sent before.

    ``asks`` tells whether it asks for a complaint by its code. Of such messages one sender has so
    many an hour (``WECHAT_QUERIES_PER_HOUR``); a further sending of one is not counted again.

    The row that is returned has another ``content_hash`` (see ``is_same``) if another message
    came under this name. Returns None if the signature came with another message before.
    """
    row = WechatMessage(
        key_hash=_hash(name, "key"),
        sender_hash=_hash(sender, "sender"),
        content_hash=_hash(content, "content"),
        signature_hash=_hash(signature, "signature"),
        query=WechatQuery.ASKED if asks else WechatQuery.NONE,
        received_at=now,
    )
    # Committed at once: whoever counts after it, here or in another process, counts it.
    WechatMessage.objects.bulk_create([row], ignore_conflicts=True)
    kept = WechatMessage.objects.filter(key_hash=row.key_hash).first()
    if kept and kept.query == WechatQuery.ASKED:
        _decide(kept)
    return kept


def is_same(row, content):
    """Tell whether a row was kept of this content."""
    return row.content_hash == _hash(content, "content")


def sweep_wechat_messages(*, now):
    """Remove the rows of messages older than ``WECHAT_KEEP_DAYS``; returns how many."""
    oldest = now - timedelta(days=settings.WECHAT_KEEP_DAYS)
    return WechatMessage.objects.filter(received_at__lt=oldest).delete()[0]


@contextmanager
def waiting_briefly():
    """Let no statement inside wait long for a lock: rather an error than an answer too late."""
    with connection.cursor() as cursor:
        usual = _shorten(cursor)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in usual:
                cursor.execute(statement)


def _shorten(cursor):
    """Shorten the waits of the connection; return the statements that undo it."""
    if connection.vendor == "sqlite":
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {MOST_WAITED}")
        return [f"PRAGMA busy_timeout = {usual}"]
    cursor.execute(f"SET lock_timeout = {MOST_WAITED}")
    cursor.execute(f"SET statement_timeout = {MOST_WAITED}")
    return ["RESET lock_timeout", "RESET statement_timeout"]


def _decide(row):
    """Decide whether a query is answered: once, even if several sendings of it meet here.

    All rows of the hour are counted, undecided ones too: of two that meet, both may be refused,
    but never is one answered too many.
    """
    counted = WechatMessage.objects.filter(
        sender_hash=row.sender_hash, query__in=COUNTED, received_at__gt=row.received_at - HOUR
    ).count()
    too_many = counted > settings.WECHAT_QUERIES_PER_HOUR
    verdict = WechatQuery.REFUSED if too_many else WechatQuery.ANSWERED
    WechatMessage.objects.filter(pk=row.pk, query=WechatQuery.ASKED).update(query=verdict)
    row.refresh_from_db(fields=["query"])


def _hash(text, what):
    # In hexadecimal, for the keyed hash makes capitals of small letters, and names differ in them.
    return keyed_hash(text.encode().hex() or "0", f"complaints.wechat.{what}")
