from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models import Mediator, Organization
from training.flows import ENROLMENT, EnrolmentState
from training.flows.enrolment import LIVE
from training.models.session import SessionPart, TrainingSession
from training.queries.sessions import EnrolmentQuerySet


class Enrolment(Record):
    """A mediator's place in a session, asked for or given by an organisation.

    ``minutes`` are those attended, summed up when the session is closed and at each correction.
    """

    flow = ENROLMENT

    session = models.ForeignKey(
        TrainingSession,
        verbose_name=_("training session"),
        on_delete=models.PROTECT,
        related_name="enrolments",
    )
    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="enrolments"
    )
    # Empty: the person asked for the place.
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("nominating organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=EnrolmentState.choices,
        default=EnrolmentState.PENDING,
        editable=False,
    )
    applied_on = models.DateField(_("applied on"), editable=False)
    note = models.CharField(_("note to the person"), max_length=500, blank=True, editable=False)
    ended_with_session = models.BooleanField(
        _("ended with the session"), default=False, editable=False
    )
    minutes = models.PositiveIntegerField(_("minutes attended"), default=0, editable=False)
    # That an opinion was given, never which: ``Feedback`` names nobody.
    has_answered = models.BooleanField(_("has given an opinion"), default=False, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-session_id", "pk"]
        permissions = [
            *ENROLMENT.permissions("enrolment"),
            ("correct_enrolment", "Can correct the attendance of an enrolment"),
            ("export_enrolment", "Can export enrolments"),
        ]
        constraints = [
            models.CheckConstraint(
                name="enrolment_state_is_known", condition=Q(state__in=EnrolmentState.values)
            ),
            models.UniqueConstraint(
                fields=["session", "mediator"],
                condition=Q(state__in=LIVE),
                name="enrolment_once_in_a_session",
                violation_error_message=_("This person is enrolled already."),
            ),
            models.CheckConstraint(
                name="enrolment_says_why_it_ended",
                condition=~Q(state="rejected") | ~Q(note=""),
            ),
            models.CheckConstraint(
                name="enrolment_completed_with_minutes",
                condition=~Q(state="completed") | Q(minutes__gt=0),
            ),
        ]

    def __str__(self):
        return f"{self.mediator} {self.session}"

    @property
    def area(self):
        return self.session.division_id


class AttendanceHow(models.TextChoices):
    """How somebody's attendance came to be known."""

    CODE = "code", _("signed in by code")
    LIST = "list", _("list sent in")
    TICK = "tick", _("ticked by the trainer")
    CORRECTION = "correction", _("corrected with a reason")


class Attendance(models.Model):
    """The minutes of one part that an enrolled person attended."""

    enrolment = models.ForeignKey(
        Enrolment,
        verbose_name=_("enrolment"),
        on_delete=models.PROTECT,
        related_name="attendances",
    )
    part = models.ForeignKey(
        SessionPart,
        verbose_name=_("part of a session"),
        on_delete=models.PROTECT,
        related_name="attendances",
    )
    minutes = models.PositiveIntegerField(_("minutes attended"))
    how = models.CharField(_("known by"), max_length=10, choices=AttendanceHow.choices)
    noted_on = models.DateField(_("noted on"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["part__starts_at"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "part"], name="attendance_once"),
            models.CheckConstraint(
                name="attendance_way_is_known", condition=Q(how__in=AttendanceHow.values)
            ),
        ]

    def __str__(self):
        return f"{self.part} {self.minutes}"
