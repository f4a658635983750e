from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.division import Division
from registry.queries import MergeQuerySet


class MergedKind(models.TextChoices):
    MEDIATOR = "mediator", _("people's mediator")
    ORGANIZATION = "organization", _("mediation organisation")


class Merge(models.Model):
    """Two entries of one person or organisation made one; it can be undone.

    ``moved`` says which rows pointed to the entry that is gone: {"model", "field", "pks"}. The
    entry itself stays, so that its numbers and its address keep leading to the one that was kept.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=MergedKind.choices)
    kept = models.BigIntegerField(_("entry kept"))
    gone = models.BigIntegerField(_("entry merged into it"))
    kept_name = models.CharField(_("name kept"), max_length=120)
    gone_name = models.CharField(_("name merged"), max_length=120)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="merges"
    )
    moved = models.JSONField(_("rows moved"), blank=True, encoder=DjangoJSONEncoder)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("merged by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    merged_on = models.DateField(_("merged on"))
    undone_on = models.DateField(_("undone on"), null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-pk"]
        default_permissions = ["view"]
        permissions = [("undo_merge", "Can undo a merge")]
        constraints = [
            models.CheckConstraint(
                name="merge_kind_is_known", condition=Q(kind__in=MergedKind.values)
            ),
            models.CheckConstraint(name="merge_of_two_entries", condition=~Q(kept=F("gone"))),
            models.UniqueConstraint(
                fields=["kind", "gone"],
                condition=Q(undone_on__isnull=True),
                name="merge_of_an_entry_once",
            ),
        ]

    def __str__(self):
        return f"{self.gone_name} → {self.kept_name}"

    @property
    def area(self):
        return self.division_id
