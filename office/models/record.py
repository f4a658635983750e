from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.checks import CheckedAtOnce


class Record(CheckedAtOnce):
    """A row that officers edit: its revision tells a stale form from a fresh one."""

    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        abstract = True
