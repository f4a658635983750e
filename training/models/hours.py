from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Mediator
from training.queries import HourEntryQuerySet


class ContentClass(models.TextChoices):
    """The five classes of content that yearly plans are made of."""

    SITUATION = "situation", _("situation of society")
    LAW = "law", _("law and policy")
    ETHICS = "ethics", _("professional ethics")
    KNOWLEDGE = "knowledge", _("professional knowledge")
    SKILLS = "skills", _("mediation skills")


class HourEntryKind(models.TextChoices):
    CREDITED = "credited", _("credited")
    REVERSED = "reversed", _("reversed")


class HourEntry(models.Model):
    """Class hours credited to a mediator, or a reversal of them; neither changed nor deleted.

    Entries are computed from attendance, lessons and mentoring by ``training.actions.hours``,
    never typed. ``source_type`` and ``source_id`` name the row they come from; what is credited
    again after a reversal has the next ``serial``.
    """

    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="hour_entries"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=HourEntryKind.choices)
    hours = models.DecimalField(_("class hours"), max_digits=6, decimal_places=1)
    content_class = models.CharField(
        _("content class"), max_length=10, choices=ContentClass.choices
    )
    # The year it counts for is that of the day on which the learning was done.
    done_on = models.DateField(_("done on"), db_index=True)
    entered_on = models.DateField(_("entered on"))
    source_type = models.CharField(_("kind of source"), max_length=100)
    source_id = models.CharField(_("source"), max_length=64)
    source_title = models.CharField(_("learnt"), max_length=200)
    serial = models.PositiveSmallIntegerField(_("serial"), default=1)
    reversal_of = models.OneToOneField(
        "self",
        verbose_name=_("reversal of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversal",
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = HourEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of hours")
        verbose_name_plural = _("entries of hours")
        ordering = ["-done_on", "-pk"]
        permissions = [
            ("export_hourentry", "Can export entries of hours"),
            ("reverse_hourentry", "Can reverse an entry of hours"),
        ]
        constraints = [
            models.CheckConstraint(
                name="hourentry_kind_is_known", condition=Q(kind__in=HourEntryKind.values)
            ),
            models.CheckConstraint(name="hourentry_counts_something", condition=Q(hours__gt=0)),
            models.CheckConstraint(
                name="hourentry_reversal_names_its_credit",
                condition=Q(kind="credited", reversal_of__isnull=True)
                | Q(kind="reversed", reversal_of__isnull=False) & ~Q(reason=""),
            ),
            models.UniqueConstraint(
                fields=["mediator", "source_type", "source_id", "serial"],
                condition=Q(kind="credited"),
                name="hourentry_credited_once",
            ),
        ]

    def __str__(self):
        return f"{self.mediator} {self.hours}"

    @property
    def area(self):
        return self.mediator.division_id
