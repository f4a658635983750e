"""The questions asked of sessions."""

from django.db import models


class SessionQuerySet(models.QuerySet):
    def open(self, now):
        """Sessions of accounts that have not come to their end, the last used first."""
        rows = self.filter(user__isnull=False, expire_date__gt=now)
        return rows.order_by(models.F("seen_at").desc(nulls_last=True))
