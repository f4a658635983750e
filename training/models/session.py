from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models import Division, Speciality
from training.flows import SESSION, SessionState
from training.models.base import TrainingBase
from training.models.hours import ContentClass
from training.models.requirement import Requirement
from training.queries.sessions import TrainingSessionQuerySet
from training.rules.attendance import minutes_between

# A setting of this product: no rule was found for it.
LEAST_SHARE = 80


class TrainingSession(Record):
    """A session at a base: several parts on one or more days, with a number of seats.

    ``starts_on``, ``ends_on`` and ``minutes`` follow from the parts, ``taken`` from the
    enrolments; only actions write them.
    """

    flow = SESSION

    title = models.CharField(_("title"), max_length=120)
    division = models.ForeignKey(
        Division,
        verbose_name=_("organised by"),
        on_delete=models.PROTECT,
        related_name="training_sessions",
    )
    base = models.ForeignKey(
        TrainingBase,
        verbose_name=_("training base"),
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    content_class = models.CharField(
        _("content class"), max_length=10, choices=ContentClass.choices
    )
    speciality = models.ForeignKey(
        Speciality,
        verbose_name=_("field"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    audience = models.CharField(_("held for"), max_length=12, choices=Requirement.choices)
    hours = models.DecimalField(
        _("class hours"),
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5"))],
    )
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])
    taken = models.PositiveSmallIntegerField(_("seats taken"), default=0, editable=False)
    enrol_until_on = models.DateField(_("last day to enrol"))
    own_enrolment = models.BooleanField(_("people may enrol themselves"), default=True)
    nomination = models.BooleanField(_("organisations may nominate"), default=True)
    needs_approval = models.BooleanField(_("enrolment needs approval"), default=False)
    least_share = models.PositiveSmallIntegerField(
        _("least attendance in percent"),
        default=LEAST_SHARE,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("A setting: no rule was found for it."),
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True, editable=False)
    ends_on = models.DateField(_("final day"), null=True, blank=True, editable=False)
    minutes = models.PositiveIntegerField(_("minutes in all"), default=0, editable=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=SessionState.choices,
        default=SessionState.DRAFT,
        editable=False,
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(
        _("reason of the cancellation"), max_length=500, blank=True, editable=False
    )

    objects = TrainingSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        ordering = ["-starts_on", "-pk"]
        permissions = [
            *SESSION.permissions("trainingsession"),
            ("nominate_trainingsession", "Can nominate people for a training session"),
            ("note_attendance_trainingsession", "Can note attendance at a training session"),
            ("read_feedback_trainingsession", "Can read opinions on a training session"),
            ("export_trainingsession", "Can export training sessions"),
        ]
        constraints = [
            models.CheckConstraint(
                name="trainingsession_state_is_known", condition=Q(state__in=SessionState.values)
            ),
            models.CheckConstraint(name="trainingsession_counts_hours", condition=Q(hours__gt=0)),
            # Whatever Python believes: no more people than seats.
            models.CheckConstraint(
                name="trainingsession_seats_are_not_overrun",
                condition=Q(seats__gte=1, taken__lte=F("seats")),
                violation_error_message=_("More people are enrolled than that."),
            ),
            models.CheckConstraint(
                name="trainingsession_share_is_a_share",
                condition=Q(least_share__gte=1, least_share__lte=100),
            ),
            models.CheckConstraint(
                name="trainingsession_somebody_may_enrol",
                condition=Q(own_enrolment=True) | Q(nomination=True),
                violation_error_message=_("Let people enrol themselves, or be nominated."),
            ),
            models.CheckConstraint(
                name="trainingsession_is_planned_once_it_is_open",
                condition=Q(state="draft")
                | Q(
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    ends_on__gte=F("starts_on"),
                    minutes__gt=0,
                ),
            ),
            models.CheckConstraint(
                name="trainingsession_closed_on_a_day",
                condition=Q(state="closed", closed_on__isnull=False)
                | ~Q(state="closed") & Q(closed_on__isnull=True),
            ),
            models.CheckConstraint(
                name="trainingsession_cancelled_with_a_reason",
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def area(self):
        return self.division_id

    def get_absolute_url(self):
        return reverse("my_session", args=[self.pk])

    @property
    def free(self):
        """The seats that nobody has."""
        return self.seats - self.taken


class SessionPart(models.Model):
    """A part of a session, half a day or an hour: when, what, and who teaches."""

    session = models.ForeignKey(
        TrainingSession,
        verbose_name=_("training session"),
        on_delete=models.PROTECT,
        related_name="parts",
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    title = models.CharField(_("title of the part"), max_length=120)
    lecturer = models.CharField(_("lecturer"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("part of a session")
        verbose_name_plural = _("parts of sessions")
        ordering = ["starts_at"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="sessionpart_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.UniqueConstraint(fields=["session", "starts_at"], name="sessionpart_once"),
        ]

    def __str__(self):
        return self.title

    @property
    def minutes(self):
        return minutes_between(self.starts_at, self.ends_at)
