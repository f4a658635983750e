from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.flows.task_sheet import OPEN, TASK_SHEET, WAS_SENT, SheetState
from complaints.models.complaint import Complaint
from complaints.models.policy import ComplaintKey
from complaints.queries import (
    ReceivedSheetQuerySet,
    SupervisedSheetQuerySet,
    TaskSheetQuerySet,
)
from office.models import Record
from registry.models import Division, DivisionLevel, Organization

S = SheetState
ACCOUNT = settings.AUTH_USER_MODEL


def office_of(division):
    """Return the name of the justice office or bureau of a division."""
    kind = "司法所" if division.level == DivisionLevel.TOWNSHIP else "司法局"
    return f"{division.name}{kind}"


class TaskSheet(Record):
    """What a unit is told of a complaint: redacted, approved by a second person, without papers.

    Addressed to exactly one unit: an organisation, the office or bureau of a division, or one
    ``outside`` that has no account and gets it on paper. Every word of it lies sealed in
    ``SheetStatement``; who may read which kind is a matter of the pages.
    """

    flow = TASK_SHEET

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="sheets"
    )
    serial = models.PositiveSmallIntegerField(_("sheet of the complaint"), editable=False)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="task_sheets",
    )
    division = models.ForeignKey(
        Division,
        verbose_name=_("office or bureau of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="task_sheets",
    )
    outside = models.CharField(_("unit without an account"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=S.choices, default=S.DRAFT, editable=False
    )
    drawn_by = models.ForeignKey(
        ACCOUNT, verbose_name=_("drawn up by"), on_delete=models.PROTECT, related_name="+"
    )
    second = models.ForeignKey(
        ACCOUNT,
        verbose_name=_("second person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    approved_by = models.ForeignKey(
        ACCOUNT,
        verbose_name=_("approved by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    sent_on = models.DateField(pgettext_lazy("task sheet", "sent on"), null=True, blank=True)
    recalled_on = models.DateField(_("taken back on"), null=True, blank=True, editable=False)
    was_sent_back = models.BooleanField(_("findings returned once"), default=False, editable=False)
    # The next higher body that was asked to press the unit.
    supervisor = models.ForeignKey(
        Division,
        verbose_name=_("supervised by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = TaskSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("task sheet")
        verbose_name_plural = _("task sheets")
        ordering = ["-pk"]
        permissions = [
            *TASK_SHEET.permissions("tasksheet"),
            ("route_tasksheet", "Can choose the unit a task sheet goes to"),
            ("remind_tasksheet", "Can remind and supervise a unit"),
        ]
        indexes = [
            models.Index(fields=["organization", "state"], name="tasksheet_of_body"),
            models.Index(fields=["division", "state"], name="tasksheet_of_office"),
        ]
        constraints = [
            models.CheckConstraint(
                name="tasksheet_state_is_known", condition=Q(state__in=SheetState.values)
            ),
            models.CheckConstraint(
                name="tasksheet_has_one_addressee",
                condition=Q(organization__isnull=False, division__isnull=True, outside="")
                | Q(organization__isnull=True, division__isnull=False, outside="")
                | Q(organization__isnull=True, division__isnull=True) & ~Q(outside=""),
            ),
            # A comparison with null is unknown, which a CHECK lets pass: both are named.
            models.CheckConstraint(
                name="tasksheet_is_approved_by_somebody_else",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drawn_by")),
            ),
            models.CheckConstraint(
                name="tasksheet_second_is_somebody_else",
                condition=Q(second__isnull=True) | ~Q(second=F("drawn_by")),
            ),
            models.CheckConstraint(
                name="tasksheet_proposed_has_a_second",
                condition=~Q(state=S.PROPOSED) | Q(second__isnull=False),
            ),
            models.CheckConstraint(
                name="tasksheet_sent_was_approved",
                condition=~Q(state__in=WAS_SENT)
                | Q(approved_by__isnull=False, sent_on__isnull=False),
            ),
            models.CheckConstraint(
                name="tasksheet_sent_back_is_marked",
                condition=~Q(state=S.SENT_BACK) | Q(was_sent_back=True),
            ),
            models.CheckConstraint(
                name="tasksheet_taken_back_on_a_day",
                condition=Q(state=S.RECALLED, recalled_on__isnull=False)
                | ~Q(state=S.RECALLED) & Q(recalled_on__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(state__in=OPEN),
                name="tasksheet_one_at_a_time",
                violation_error_message=_("A task sheet of this complaint is in work already."),
            ),
            models.UniqueConstraint(fields=["complaint", "serial"], name="tasksheet_numbered_once"),
        ]

    def __str__(self):
        return f"{self.complaint.number}-{self.serial}"

    @property
    def area(self):
        return self.complaint.division_id

    @property
    def addressee(self):
        """The unit the sheet goes to, by its name."""
        if self.organization:
            return self.organization.name
        return office_of(self.division) if self.division else self.outside

    @property
    def supervising_office(self):
        """The office that was asked to press the unit, by its name; empty before."""
        return office_of(self.supervisor) if self.supervisor else ""

    def limit(self, key):
        """Return the clock of a limit of this sheet, the last one started; None before."""
        clocks = self.complaint.clocks.filter(key=key, task=self.pk).select_related("policy")
        return clocks.prefetch_related("pauses").last()

    def limit_to_object(self):
        """Return the deadline until which the unit may object, if it runs."""
        clock = self.limit(ComplaintKey.OBJECT_DAYS)
        return clock.deadline() if clock and clock.stopped_on is None else None

    def limit_of_findings(self):
        """Return the deadline by which findings are to come in, if it runs."""
        clock = self.limit(ComplaintKey.FINDINGS_DAYS)
        return clock.deadline() if clock and clock.stopped_on is None else None


class ReceivedSheet(TaskSheet):
    """A task sheet as the unit has it on its desk; its steps are those of the sheet."""

    flow = None
    objects = ReceivedSheetQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("received task sheet")
        verbose_name_plural = _("received task sheets")
        default_permissions = ["view"]
        permissions = [
            ("object_receivedsheet", "Can object to a task"),
            ("report_receivedsheet", "Can report findings"),
            ("recuse_receivedsheet", "Can declare to have a part in a complaint"),
        ]


class SupervisedSheet(TaskSheet):
    """A task sheet of another unit that this office was asked to press for."""

    flow = None
    objects = SupervisedSheetQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("supervised task sheet")
        verbose_name_plural = _("supervised task sheets")
        default_permissions = ["view"]
