from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.flows import PREVENTION, PreventionState
from casework.models.policy import CaseworkPolicy
from casework.queries import PreventionQuerySet
from casework.rules.prevention import last_of
from office.models import Record
from registry.models import Division, Organization

# The usual columns of the monthly form; none is prescribed by law.
FIGURES = [
    "screenings",
    "found",
    "prevented",
    "mass_prevented",
    "suicides_prevented",
    "crimes_prevented",
    "petitions_prevented",
    "publicity",
]


class PreventionReport(Record):
    """What an organisation did in a month before there were cases to mediate.

    A figure that is not known is empty, and a report with an empty figure cannot be handed in:
    nothing is 0.
    """

    flow = PREVENTION

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="prevention_reports",
    )
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        related_name="prevention_reports",
        editable=False,
    )
    # Its first day.
    month = models.DateField(_("month"))
    screenings = models.PositiveIntegerField(_("screenings for disputes"), null=True, blank=True)
    found = models.PositiveIntegerField(_("disputes found"), null=True, blank=True)
    prevented = models.PositiveIntegerField(_("disputes prevented"), null=True, blank=True)
    mass_prevented = models.PositiveIntegerField(
        _("mass incidents prevented"), null=True, blank=True
    )
    suicides_prevented = models.PositiveIntegerField(_("suicides prevented"), null=True, blank=True)
    crimes_prevented = models.PositiveIntegerField(
        _("disputes kept from turning criminal"), null=True, blank=True
    )
    petitions_prevented = models.PositiveIntegerField(
        _("petitions in groups prevented"), null=True, blank=True
    )
    publicity = models.PositiveIntegerField(_("publicity sessions"), null=True, blank=True)
    remarks = models.CharField(_("remarks"), max_length=500, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=PreventionState.choices,
        default=PreventionState.DRAFT,
        editable=False,
    )
    # The figure it was begun under.
    policy = models.ForeignKey(
        CaseworkPolicy,
        verbose_name=_("policy"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    due_on = models.DateField(_("due on"), editable=False)
    reported_on = models.DateField(_("reported on"), null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reported by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    reasons = models.CharField(
        _("reasons of the return"), max_length=500, blank=True, editable=False
    )

    objects = PreventionQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on prevention")
        verbose_name_plural = _("reports on prevention")
        ordering = ["-month", "division_id", "pk"]
        permissions = [
            *PREVENTION.permissions("preventionreport"),
            ("correct_preventionreport", "Can correct a report on prevention that was handed in"),
            ("export_preventionreport", "Can export reports on prevention"),
        ]
        indexes = [models.Index(fields=["division", "month"], name="prevention_in_division")]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "month"],
                name="prevention_once_a_month",
                violation_error_message=_("There is a report of this month already."),
            ),
            models.CheckConstraint(
                name="prevention_state_is_known", condition=Q(state__in=PreventionState.values)
            ),
            models.CheckConstraint(name="prevention_month_is_a_first", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="prevention_reported_is_whole",
                condition=~Q(state=PreventionState.REPORTED)
                | Q(reported_on__isnull=False, **{f"{name}__isnull": False for name in FIGURES}),
                violation_error_message=_("A figure is missing. Where there was nothing, write 0."),
            ),
            models.CheckConstraint(
                name="prevention_returned_with_reasons",
                condition=~Q(state=PreventionState.RETURNED) | ~Q(reasons=""),
            ),
        ]

    def __str__(self):
        return f"{self.organization} {self.month:%Y-%m}"

    @property
    def area(self):
        return self.division_id

    @property
    def last_day(self):
        return last_of(self.month)

    @property
    def figures(self):
        return {name: getattr(self, name) for name in FIGURES}

    def is_late(self, today):
        """Whether it is not handed in though its day is over."""
        return self.state != PreventionState.REPORTED and today > self.due_on
