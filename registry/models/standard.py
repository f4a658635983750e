from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.division import Division
from registry.models.organization import OrganizationKind
from registry.models.policy import Standing
from registry.queries.standards import StaffingStandardQuerySet


class StaffingStandard(models.Model):
    """How many full-time mediators each kind of organisation must have, ``[from_on, until_on)``.

    Without a division it is a template: a published standard that nobody here has adopted. A row is
    never edited: a division that adopts another standard closes the one it had.
    """

    name = models.CharField(_("name of the standard"), max_length=80)
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="standards",
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    standing = models.CharField(_("rests on"), max_length=10, choices=Standing.choices)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = StaffingStandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("staffing standard")
        verbose_name_plural = _("staffing standards")
        ordering = ["division_id", "-from_on", "name"]
        constraints = [
            models.CheckConstraint(
                name="standard_standing_is_known", condition=Q(standing__in=Standing.values)
            ),
            models.CheckConstraint(
                name="standard_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(
                name="standard_names_its_source",
                condition=Q(standing=Standing.SETTING) | ~Q(source=""),
            ),
            models.UniqueConstraint(
                fields=["division"],
                condition=Q(until_on__isnull=True, division__isnull=False),
                name="standard_open_once_in_a_division",
            ),
            models.UniqueConstraint(
                fields=["name", "from_on"],
                condition=Q(division__isnull=True),
                name="standard_template_once",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.division_id


class StandardLine(models.Model):
    """What a standard wants of one kind of organisation, in full-time mediators."""

    standard = models.ForeignKey(
        StaffingStandard,
        verbose_name=_("staffing standard"),
        on_delete=models.PROTECT,
        related_name="lines",
    )
    kind = models.CharField(
        _("kind of organisation"), max_length=12, choices=OrganizationKind.choices
    )
    full_time_least = models.PositiveSmallIntegerField(_("full-time mediators, at least"))

    class Meta:
        verbose_name = _("line of a staffing standard")
        verbose_name_plural = _("lines of a staffing standard")
        ordering = ["standard", "kind"]
        constraints = [
            models.CheckConstraint(
                name="standard_line_kind_is_known", condition=Q(kind__in=OrganizationKind.values)
            ),
            models.CheckConstraint(
                name="standard_line_wants_somebody", condition=Q(full_time_least__gte=1)
            ),
            models.UniqueConstraint(fields=["standard", "kind"], name="standard_line_once_a_kind"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.full_time_least}"
