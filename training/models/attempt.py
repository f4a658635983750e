from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from training.flows import ATTEMPT, AttemptState
from training.models.exam import Exam, ExamCandidate
from training.models.question import QuestionVersion
from training.queries import AnswerSaveQuerySet, AttemptQuerySet

DONE = ["submitted", "marked", "passed", "failed"]


class HowItEnded(models.TextChoices):
    HANDED_IN = "handed_in", _("handed in")
    TIME = "time", _("time was up")


class Attempt(Record):
    """One sitting of an exam by one candidate, on a paper frozen when it was begun.

    The server's ``deadline_at`` is the only truth; until ``accepts_until`` what is on its way
    still arrives. ``sequence`` counts the saves: it is the number each is acknowledged with, and
    the guard against two of them at once. ``device`` is the token of the browser that may save.
    """

    flow = ATTEMPT

    exam = models.ForeignKey(
        Exam, verbose_name=_("exam"), on_delete=models.PROTECT, related_name="attempts"
    )
    candidate = models.ForeignKey(
        ExamCandidate,
        verbose_name=_("candidate"),
        on_delete=models.PROTECT,
        related_name="attempts",
    )
    number = models.PositiveSmallIntegerField(_("attempt"))
    state = models.CharField(
        _("state"),
        max_length=11,
        choices=AttemptState.choices,
        default=AttemptState.IN_PROGRESS,
        editable=False,
    )
    # The questions were drawn and mixed from it: the paper can be made again.
    seed = models.BigIntegerField(_("seed"))
    started_at = models.DateTimeField(_("begun at"))
    deadline_at = models.DateTimeField(_("deadline"))
    accepts_until = models.DateTimeField(_("takes answers until"))
    device = models.CharField(_("device"), max_length=32)
    switches = models.PositiveSmallIntegerField(_("changes of device"), default=0)
    sequence = models.PositiveIntegerField(_("saves"), default=0)
    saved_at = models.DateTimeField(_("last saved at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    how_it_ended = models.CharField(
        _("how the sitting ended"), max_length=9, choices=HowItEnded.choices, blank=True
    )
    full_marks = models.DecimalField(_("full marks"), max_digits=7, decimal_places=2)
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=2, null=True, blank=True)
    void_reason = models.CharField(_("why it is voided"), max_length=500, blank=True)
    void_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("voiding proposed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("voided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["exam_id", "candidate_id", "number"]
        permissions = [
            *ATTEMPT.permissions("attempt"),
            ("export_attempt", "Can export attempts"),
            ("ask_void_attempt", "Can propose to void an attempt"),
            ("replay_attempt", "Can see every saved state of an attempt"),
        ]
        indexes = [models.Index(fields=["exam", "state"], name="attempt_by_state")]
        constraints = [
            models.CheckConstraint(
                name="attempt_state_is_known", condition=Q(state__in=AttemptState.values)
            ),
            models.UniqueConstraint(fields=["candidate", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(state=AttemptState.IN_PROGRESS),
                name="attempt_one_at_a_time",
            ),
            models.CheckConstraint(
                name="attempt_has_time",
                condition=Q(deadline_at__gt=F("started_at"), accepts_until__gte=F("deadline_at")),
            ),
            models.CheckConstraint(
                name="attempt_says_how_it_ended",
                condition=Q(state=AttemptState.IN_PROGRESS, submitted_at__isnull=True)
                & Q(how_it_ended="")
                | Q(state__in=DONE, submitted_at__isnull=False) & ~Q(how_it_ended="")
                | Q(state=AttemptState.VOIDED),
            ),
            models.CheckConstraint(
                name="attempt_is_in_time",
                condition=Q(submitted_at__isnull=True) | Q(submitted_at__lte=F("accepts_until")),
            ),
            models.CheckConstraint(
                name="attempt_score_is_of_the_paper",
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=F("full_marks")),
            ),
            models.CheckConstraint(
                name="attempt_marked_has_a_score",
                condition=~Q(state__in=["marked", "passed", "failed"]) | Q(score__isnull=False),
            ),
            models.CheckConstraint(
                name="attempt_voided_by_two",
                condition=~Q(state=AttemptState.VOIDED)
                | Q(void_asked_by__isnull=False, voided_by__isnull=False)
                & ~Q(void_reason="")
                & ~Q(voided_by=F("void_asked_by")),
            ),
        ]

    def __str__(self):
        return f"{self.candidate} ({self.number})"

    @property
    def area(self):
        return self.exam.division_id

    def is_running(self, now):
        """Whether it still takes answers."""
        return self.state == AttemptState.IN_PROGRESS and now <= self.accepts_until

    def is_expired(self, now):
        """Whether its time is over and nothing has noted it yet: it is handed in as saved."""
        return self.state == AttemptState.IN_PROGRESS and now > self.accepts_until

    def stage(self, now):
        """The state at a moment, with no job running."""
        return AttemptState.SUBMITTED if self.is_expired(now) else AttemptState(self.state)

    def seconds_left(self, now):
        """Seconds until the deadline, never below zero."""
        return max(0, int((self.deadline_at - now).total_seconds()))

    def standing_answers(self):
        """Return {item: value} of what is saved, in shown ids; blank answers are left out."""
        saves = AnswerSave.objects.filter(attempt=self).standing()
        return {
            item: value
            for item, value in saves.values_list("item_id", "value")
            if value is not None
        }


class AttemptItem(models.Model):
    """A question of a frozen paper. What is shown of it and what it was worth is kept here."""

    attempt = models.ForeignKey(
        Attempt, verbose_name=_("attempt"), on_delete=models.PROTECT, related_name="items"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    version = models.ForeignKey(
        QuestionVersion,
        verbose_name=_("question"),
        on_delete=models.PROTECT,
        related_name="attempt_items",
    )
    # The choices as shown, [[shown id, id in the bank], ...]; ``training.rules.drawing.freeze``.
    frozen = models.JSONField(_("choices as shown"), default=dict)
    marks = models.DecimalField(_("marks"), max_digits=5, decimal_places=2)
    is_put_off = models.BooleanField(_("marked for later"), default=False)
    # The answer as handed in, in the ids of the bank; null if there is none.
    answer = models.JSONField(_("answer"), null=True, blank=True)
    # Null until it is handed in, and for essays until they are marked.
    score = models.DecimalField(
        _("marks given"), max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("question of an attempt")
        verbose_name_plural = _("questions of attempts")
        ordering = ["attempt_id", "position"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="attemptitem_place_once"),
            models.UniqueConstraint(fields=["attempt", "version"], name="attemptitem_asked_once"),
            models.CheckConstraint(
                name="attemptitem_score_is_of_the_question",
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=F("marks")),
            ),
        ]

    def __str__(self):
        return f"{self.position}"


class AnswerSave(models.Model):
    """One saved state of one answer, acknowledged with its ``sequence``; never changed.

    All of them together are the attempt as it went on, to be replayed. ``client`` names the
    browser, which numbers what it sends, so that what is sent again counts once; without script
    both are empty. ``overtaken`` marks what arrived after something made later.
    """

    attempt = models.ForeignKey(
        Attempt, verbose_name=_("attempt"), on_delete=models.PROTECT, related_name="saves"
    )
    item = models.ForeignKey(
        AttemptItem, verbose_name=_("question"), on_delete=models.PROTECT, related_name="saves"
    )
    sequence = models.PositiveIntegerField(_("number"))
    # In shown ids; null when the answer was cleared.
    value = models.JSONField(_("answer"), null=True, blank=True)
    client = models.CharField(_("browser"), max_length=36, blank=True)
    client_sequence = models.PositiveIntegerField(_("number in the browser"), null=True, blank=True)
    overtaken = models.BooleanField(_("overtaken"), default=False)
    received_at = models.DateTimeField(_("received at"))

    objects = AnswerSaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved answer")
        verbose_name_plural = _("saved answers")
        ordering = ["attempt_id", "sequence"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["attempt", "sequence"], name="answersave_number_once"),
            models.UniqueConstraint(
                fields=["attempt", "client", "client_sequence"],
                condition=~Q(client=""),
                name="answersave_taken_once",
            ),
            models.CheckConstraint(
                name="answersave_of_a_browser_is_numbered",
                condition=Q(client="", client_sequence__isnull=True)
                | ~Q(client="") & Q(client_sequence__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.attempt_id}/{self.sequence}"
