from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.clocks import Calendar, due
from office.models import Record
from registry.models import Division, Mediator
from training.flows import EXAM, ExamState
from training.models.paper import ExamPaper
from training.models.policy import TrainingKey, TrainingPolicy
from training.queries import CandidateQuerySet, ExamQuerySet, OfExamQuerySet

FIGURES = ("minutes", "grace_seconds", "attempts_allowed", "pass_share", "must_sit_age",
           "may_sit_age", "resit_policy")  # fmt: skip


class ExamPurpose(models.TextChoices):
    PRE_SERVICE = "pre_service", _("before taking up duty")
    YEARLY = "yearly", _("yearly")
    SPECIAL = "special", _("special subject")


class Exam(Record):
    """An exam in a window of time. Its figures are set when it is scheduled, and then kept.

    Who has begun has ``minutes`` until the deadline, which is never after the window closes, and
    then ``grace_seconds`` in which what is on its way still arrives.
    """

    flow = EXAM

    title = models.CharField(_("title"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=12, choices=ExamPurpose.choices)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="exams"
    )
    paper = models.ForeignKey(
        ExamPaper, verbose_name=_("exam paper"), on_delete=models.PROTECT, related_name="exams"
    )
    opens_at = models.DateTimeField(_("can be begun from"))
    closes_at = models.DateTimeField(_("closes at"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes allowed"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    pass_share = models.PositiveSmallIntegerField(
        _("share of the marks that passes, in percent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    grace_seconds = models.PositiveSmallIntegerField(
        _("seconds of grace"), null=True, blank=True, editable=False
    )
    must_sit_age = models.PositiveSmallIntegerField(
        _("must be sat up to the age of"), null=True, blank=True, editable=False
    )
    may_sit_age = models.PositiveSmallIntegerField(
        _("may be sat from the age of"), null=True, blank=True, editable=False
    )
    resit_policy = models.ForeignKey(
        TrainingPolicy,
        verbose_name=_("gap before a resit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    policies = models.ManyToManyField(
        TrainingPolicy, verbose_name=_("figures from"), blank=True, editable=False, related_name="+"
    )
    resit_of = models.ForeignKey(
        "self",
        verbose_name=_("resit of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="resits",
    )
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=ExamState.choices,
        default=ExamState.DRAFT,
        editable=False,
    )
    release_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("release asked for by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    release_asked_at = models.DateTimeField(
        _("release asked for at"), null=True, blank=True, editable=False
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("released by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True, editable=False)

    objects = ExamQuerySet.as_manager()

    class Meta:
        verbose_name = _("exam")
        verbose_name_plural = _("exams")
        ordering = ["-opens_at", "-pk"]
        permissions = [
            *EXAM.permissions("exam"),
            ("export_exam", "Can export exam"),
            ("extend_exam", "Can extend the time of an exam after an incident"),
            ("name_markers_exam", "Can name the markers of an exam"),
            ("propose_rekey_exam", "Can propose to correct a key in an exam"),
            ("view_statistics_exam", "Can see the item statistics of an exam"),
            ("resit_exam", "Can announce a resit of an exam"),
            ("certify_exam", "Can prepare certificates for those who passed an exam"),
        ]
        indexes = [models.Index(fields=["state", "opens_at"], name="exam_by_state")]
        constraints = [
            models.CheckConstraint(
                name="exam_state_is_known", condition=Q(state__in=ExamState.values)
            ),
            models.CheckConstraint(
                name="exam_purpose_is_known", condition=Q(purpose__in=ExamPurpose.values)
            ),
            models.CheckConstraint(
                name="exam_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="exam_has_its_figures",
                condition=Q(state=ExamState.DRAFT)
                | Q(**{f"{name}__isnull": False for name in FIGURES}),
            ),
            models.CheckConstraint(
                name="exam_figures_make_sense",
                condition=(Q(minutes__isnull=True) | Q(minutes__gte=1))
                & (Q(attempts_allowed__isnull=True) | Q(attempts_allowed__gte=1))
                & (Q(pass_share__isnull=True) | Q(pass_share__gte=1, pass_share__lte=100)),
            ),
            models.CheckConstraint(
                name="exam_release_has_its_moment",
                condition=Q(state__in=["released", "archived"], released_at__isnull=False)
                | ~Q(state__in=["released", "archived"]) & Q(released_at__isnull=True),
            ),
            models.CheckConstraint(
                name="exam_release_is_asked_for",
                condition=Q(
                    state__in=["asked", "released", "archived"],
                    release_asked_by__isnull=False,
                    release_asked_at__isnull=False,
                )
                | ~Q(state__in=["asked", "released", "archived"])
                & Q(release_asked_by__isnull=True, release_asked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="exam_release_takes_two",
                condition=Q(
                    state__in=["released", "archived"],
                    release_asked_by__isnull=False,
                    released_by__isnull=False,
                )
                & ~Q(released_by=F("release_asked_by"))
                | ~Q(state__in=["released", "archived"]) & Q(released_by__isnull=True),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def area(self):
        return self.division_id

    @property
    def day(self):
        """The day on which it opens: the law of that day is asked."""
        return timezone.localdate(self.opens_at)

    @property
    def is_released(self):
        return self.state in {ExamState.RELEASED, ExamState.ARCHIVED}

    def figure(self, key):
        """Return the figure kept with the exam, or the one that rules on its day."""
        kept = next((one for one in self.policies.all() if one.key == key), None)
        return kept or TrainingPolicy.objects.ruling(key, division_id=self.division_id, on=self.day)

    def appeal_deadline(self, calendar):
        """The deadline of appeals; None before results are out."""
        if self.released_at is None:
            return None
        start = timezone.localdate(self.released_at)
        return due(calendar, start, self.figure(TrainingKey.APPEAL_DAYS).term)

    def keeps_the_gap(self):
        """Whether it opens after the gap that the exam it is a resit of demands."""
        if self.resit_of_id is None:
            return True
        last = timezone.localdate(self.resit_of.closes_at)
        gap = due(Calendar.load(), last, self.resit_of.resit_policy.term)
        return gap.is_overdue(self.day)

    def stage(self, now):
        """The state at a moment: a scheduled exam is open once its time has come."""
        if self.state == ExamState.SCHEDULED and now >= self.opens_at:
            return ExamState.OPEN
        return ExamState(self.state)

    def takes_beginners(self, now):
        """Whether the exam can be begun at a moment."""
        return self.stage(now) == ExamState.OPEN and self.opens_at <= now < self.closes_at

    def deadline(self, now, extra_minutes):
        """The end of an attempt begun at a moment: the time allowed, or the end of the window."""
        regular = min(now + timedelta(minutes=self.minutes), self.closes_at)
        return regular + timedelta(minutes=extra_minutes)


class ExamRoom(models.Model):
    """A room in which an exam is sat; an incident in it concerns those who sit there."""

    exam = models.ForeignKey(
        Exam, verbose_name=_("exam"), on_delete=models.PROTECT, related_name="rooms"
    )
    name = models.CharField(_("room"), max_length=80)
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])

    objects = OfExamQuerySet.as_manager()

    class Meta:
        verbose_name = _("exam room")
        verbose_name_plural = _("exam rooms")
        ordering = ["exam_id", "name"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["exam", "name"], name="examroom_once"),
            models.CheckConstraint(name="examroom_has_seats", condition=Q(seats__gte=1)),
        ]

    def __str__(self):
        return self.name


class ExamCandidate(models.Model):
    """A mediator who must or may sit an exam. At the age that is in both groups both are so."""

    exam = models.ForeignKey(
        Exam, verbose_name=_("exam"), on_delete=models.PROTECT, related_name="candidates"
    )
    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="exam_places"
    )
    must_sit = models.BooleanField(_("must sit"))
    may_sit = models.BooleanField(_("may sit"))
    room = models.ForeignKey(
        ExamRoom,
        verbose_name=_("room"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="candidates",
    )
    extra_minutes = models.PositiveSmallIntegerField(_("extra minutes"), default=0)
    extra_reason = models.CharField(_("why extra minutes"), max_length=500, blank=True)
    added_on = models.DateField(_("added on"))

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["exam_id", "room__name", "mediator__name", "pk"]
        permissions = [
            ("export_examcandidate", "Can export candidates"),
            ("extend_examcandidate", "Can extend the time of one candidate"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["exam", "mediator"], name="examcandidate_once"),
            models.CheckConstraint(
                name="examcandidate_must_or_may",
                condition=Q(must_sit=True) | Q(may_sit=True),
            ),
            models.CheckConstraint(
                name="examcandidate_extra_has_a_reason",
                condition=Q(extra_minutes=0) | ~Q(extra_reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.mediator}, {self.exam}"

    @property
    def area(self):
        return self.exam.division_id


class ExamExtension(models.Model):
    """Minutes given after an incident to a whole exam, to a room or to one candidate."""

    exam = models.ForeignKey(
        Exam, verbose_name=_("exam"), on_delete=models.PROTECT, related_name="extensions"
    )
    room = models.ForeignKey(
        ExamRoom,
        verbose_name=_("room"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="extensions",
    )
    candidate = models.ForeignKey(
        ExamCandidate,
        verbose_name=_("candidate"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="extensions",
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes given"), validators=[MinValueValidator(1)]
    )
    reason = models.CharField(_("reason"), max_length=500)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    given_at = models.DateTimeField(_("given at"))
    # How many were sitting, and how many had not begun.
    sitting = models.PositiveIntegerField(_("of these sitting"), default=0)
    concerned = models.PositiveIntegerField(_("people concerned"), default=0)

    objects = OfExamQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension after an incident")
        verbose_name_plural = _("extensions after incidents")
        ordering = ["exam_id", "given_at", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="examextension_says_why", condition=Q(minutes__gte=1) & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="examextension_for_a_room_or_a_person",
                condition=Q(room__isnull=True) | Q(candidate__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.exam} +{self.minutes}"
