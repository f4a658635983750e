from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from complaints.models.complaint import Complaint
from complaints.models.policy import ComplaintKey, ComplaintPolicy
from complaints.queries import ClockQuerySet
from office.clocks import Calendar, Pause, Term, Unit, due


class ComplaintClock(models.Model):
    """One limit of a complaint under the figure it was started with.

    ``due_on`` is kept for sorting and is recounted when a calendar is loaded; ``deadline`` counts
    it anew. A clock of somebody's task (a sheet, a filing) names it in ``task``.
    """

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="clocks"
    )
    key = models.CharField(_("limit"), max_length=30, choices=ComplaintKey.choices)
    policy = models.ForeignKey(
        ComplaintPolicy, verbose_name=_("policy"), on_delete=models.PROTECT, related_name="clocks"
    )
    task = models.PositiveBigIntegerField(_("task"), null=True, blank=True)
    start_on = models.DateField(_("from"))
    extra_days = models.PositiveSmallIntegerField(_("days added"), default=0)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    is_provisional = models.BooleanField(_("provisional"), default=False)
    stopped_on = models.DateField(_("stopped on"), null=True, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock of a complaint")
        verbose_name_plural = _("clocks of complaints")
        ordering = ["pk"]
        default_permissions = []
        indexes = [models.Index(fields=["stopped_on", "due_on"], name="complaintclock_running")]
        constraints = [
            models.CheckConstraint(
                name="complaintclock_key_is_known", condition=Q(key__in=ComplaintKey.values)
            ),
            models.CheckConstraint(
                name="complaintclock_stops_after_it_starts",
                condition=Q(stopped_on__isnull=True) | Q(stopped_on__gte=F("start_on")),
            ),
            models.UniqueConstraint(
                fields=["complaint", "key"],
                condition=Q(stopped_on__isnull=True, task__isnull=True),
                name="complaintclock_runs_once",
            ),
            models.UniqueConstraint(
                fields=["complaint", "key", "task"],
                condition=Q(stopped_on__isnull=True, task__isnull=False),
                name="complaintclock_of_a_task_runs_once",
            ),
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.get_key_display()}"

    @property
    def area(self):
        return self.complaint.division_id

    @property
    def term(self):
        return Term(self.policy.amount + self.extra_days, Unit(self.policy.unit))

    def deadline(self, calendar=None):
        """Return the deadline as it is counted with the calendars loaded now."""
        spans = [Pause(one.from_on, one.until_on) for one in self.pauses.all()]
        return due(calendar or Calendar.load(), self.start_on, self.term, spans)


class ClockPause(models.Model):
    """A span in which a clock stands still; without an end it still does."""

    clock = models.ForeignKey(
        ComplaintClock, verbose_name=_("clock"), on_delete=models.PROTECT, related_name="pauses"
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=20)

    class Meta:
        verbose_name = _("pause of a clock")
        verbose_name_plural = _("pauses of clocks")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="clockpause_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            models.UniqueConstraint(
                fields=["clock"], condition=Q(until_on__isnull=True), name="clockpause_open_once"
            ),
        ]

    def __str__(self):
        return f"{self.from_on} {self.why}"
