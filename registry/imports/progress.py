"""How far the background work on an import has come, told outside its open transaction."""

from dataclasses import dataclass

from django.core.cache import caches
from django.utils import timezone

KEPT_SECONDS = 24 * 60 * 60
SILENT_SECONDS = 10 * 60  # a worker tells at least every two thousand rows


@dataclass(frozen=True)
class Progress:
    """Rows done of all rows; ``at`` is when it was told."""

    done: int
    total: int
    at: object

    @property
    def percent(self):
        return min(99, 100 * self.done // self.total) if self.total else 0


def tell(pk, done, total):
    """Say how far the work is."""
    caches["progress"].set(_key(pk), (done, total, timezone.now()), KEPT_SECONDS)


def told(pk):
    """Return what was told last, or None."""
    found = caches["progress"].get(_key(pk))
    return Progress(*found) if found else None


def forget(pk):
    """Say that no work is under way."""
    caches["progress"].delete(_key(pk))


def is_silent(batch, now):
    """Whether nothing was heard of the work for so long that its worker must have been stopped."""
    last = told(batch.pk)
    return (now - (last.at if last else batch.changed_at)).total_seconds() > SILENT_SECONDS


def _key(pk):
    return f"import-{pk}"
