from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.documents import documents_of
from office.models import Record
from registry.models import Mediator
from training.flows import PAIRING, PairingState
from training.flows.mentorship import OPEN
from training.models.policy import TrainingPolicy
from training.queries.mentorships import PairingLogQuerySet, PairingQuerySet
from training.rules.mentorship import logs_wanted

AGREEMENT = "agreement"


class EndedBecause(models.TextChoices):
    """Why a pairing ended before it was completed."""

    MUTUAL = "mutual", _("both sides agreed")
    MENTOR_LEFT = "mentor_left", _("the mentor left")
    APPRENTICE_LEFT = "apprentice_left", _("the apprentice left")
    LEVEL_LOST = "level_lost", _("the mentor lost the level")
    COMPLAINT = "complaint", _("a complaint against the mentor was upheld")
    MENTOR_CHANGED = "mentor_changed", _("another mentor took over")
    CLOSED = "closed", _("the organisation was deregistered")


# The apprentice is left without a mentor through no wish of the two.
ORPHANING = [
    EndedBecause.MENTOR_LEFT,
    EndedBecause.LEVEL_LOST,
    EndedBecause.COMPLAINT,
    EndedBecause.CLOSED,
]


class Pairing(Record):
    """A master and an apprentice during ``[from_on, until_on)``.

    While it is open the apprentice has no other; who is an apprentice is nobody's mentor, so no
    circle can arise. What was done under an earlier mentor stays on the pairing it was done in.
    """

    flow = PAIRING

    mentor = models.ForeignKey(
        Mediator, verbose_name=_("mentor"), on_delete=models.PROTECT, related_name="taught"
    )
    apprentice = models.ForeignKey(
        Mediator, verbose_name=_("apprentice"), on_delete=models.PROTECT, related_name="learned"
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    plan = models.TextField(_("plan"), max_length=4000, blank=True)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=PairingState.choices,
        default=PairingState.PROPOSED,
        editable=False,
    )
    # The figure it was opened under: confirmed logs in a month.
    logs_policy = models.ForeignKey(
        TrainingPolicy,
        verbose_name=_("policy of the logs"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    extended = models.BooleanField(_("extended"), default=False, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    began_on = models.DateField(_("begun on"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    ended_because = models.CharField(
        _("why it ended"), max_length=16, choices=EndedBecause.choices, blank=True, editable=False
    )
    follows = models.OneToOneField(
        "self",
        verbose_name=_("follows"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="followed_by",
    )

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings of master and apprentice")
        ordering = ["-from_on", "-pk"]
        permissions = [
            *PAIRING.permissions("pairing"),
            ("change_mentor_pairing", "Can change the mentor of a pairing"),
            ("export_pairing", "Can export pairings"),
        ]
        indexes = [models.Index(fields=["mentor", "state"], name="pairing_of_a_mentor")]
        constraints = [
            models.CheckConstraint(
                name="pairing_state_is_known", condition=Q(state__in=PairingState.values)
            ),
            models.CheckConstraint(
                name="pairing_is_of_two",
                condition=~Q(mentor=F("apprentice")),
                violation_error_message=_("Nobody is one's own mentor."),
            ),
            models.CheckConstraint(
                name="pairing_ends_after_it_begins",
                condition=Q(until_on__gt=F("from_on")),
                violation_error_message=_("The pairing cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="pairing_ended_early_says_why",
                condition=Q(
                    state="terminated",
                    ended_because__in=EndedBecause.values,
                    ended_on__isnull=False,
                )
                | (~Q(state="terminated") & Q(ended_because="")),
            ),
            models.CheckConstraint(
                name="pairing_over_has_a_day",
                condition=Q(
                    state__in=["completed", "failed", "terminated", "declined"],
                    ended_on__isnull=False,
                )
                | Q(state__in=OPEN, ended_on__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["apprentice"],
                condition=Q(state__in=OPEN),
                name="pairing_open_once_for_an_apprentice",
                violation_error_message=_("This apprentice has a mentor already."),
            ),
        ]

    def __str__(self):
        return f"{self.mentor} → {self.apprentice}"

    @property
    def area(self):
        return self.apprentice.division_id

    def bars(self, today):
        """Return every reason why these two may not be paired as it stands today."""
        return type(self).objects.bars(self, today)

    def agreement_is_attached(self):
        return bool(documents_of(self, AGREEMENT))

    def logs_missing(self, today):
        """How many logs both sides have still to confirm, for the months that have passed."""
        wanted = logs_wanted(self.from_on, today, self.until_on, self.logs_policy.amount)
        return wanted - self.logs.counting().count()

    def was_assessed(self, kind):
        return self.assessments.filter(kind=kind).exists()

    def final_result(self):
        """The result of the last final assessment; None before there is one."""
        found = self.assessments.filter(kind=AssessmentKind.FINAL).order_by("-pk").first()
        return found and found.result


class LogKind(models.TextChoices):
    JOINT_CASE = "joint_case", _("case handled together")
    OBSERVATION = "observation", _("observation")
    CASE_REVIEW = "case_review", _("review of a case")
    TALK = "talk", _("talk")
    COURT_VISIT = "court_visit", _("visit to a court")


class PairingLog(Record):
    """What mentor and apprentice did on a day. It counts only when both sides confirmed it."""

    pairing = models.ForeignKey(
        Pairing, verbose_name=_("pairing"), on_delete=models.PROTECT, related_name="logs"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=LogKind.choices)
    done_on = models.DateField(_("done on"))
    text = models.TextField(_("what was done and learnt"), max_length=1000)
    confirmed_by_mentor_on = models.DateField(
        _("confirmed by the mentor on"), null=True, blank=True, editable=False
    )
    confirmed_by_apprentice_on = models.DateField(
        _("confirmed by the apprentice on"), null=True, blank=True, editable=False
    )

    objects = PairingLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("log of a pairing")
        verbose_name_plural = _("logs of pairings")
        ordering = ["-done_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="pairinglog_kind_is_known", condition=Q(kind__in=LogKind.values)
            ),
            models.UniqueConstraint(
                fields=["pairing", "kind", "done_on"],
                name="pairinglog_once_a_day",
                violation_error_message=_("This was noted for the day already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.done_on}"

    @property
    def area(self):
        return self.pairing.area


class AssessmentKind(models.TextChoices):
    MIDTERM = "midterm", _("mid-term")
    FINAL = "final", _("final")


class AssessmentResult(models.TextChoices):
    PASSED = "passed", _("able to work alone")
    NOT_YET = "not_yet", _("not ready yet")


class Assessment(models.Model):
    """What was found of an apprentice half-way or at the end; never changed."""

    pairing = models.ForeignKey(
        Pairing, verbose_name=_("pairing"), on_delete=models.PROTECT, related_name="assessments"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=AssessmentKind.choices)
    result = models.CharField(_("result"), max_length=8, choices=AssessmentResult.choices)
    text = models.TextField(_("grounds"), max_length=2000)
    assessed_on = models.DateField(_("assessed on"))
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assessed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("assessment of an apprentice")
        verbose_name_plural = _("assessments of apprentices")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="assessment_kind_is_known", condition=Q(kind__in=AssessmentKind.values)
            ),
            models.CheckConstraint(
                name="assessment_result_is_known", condition=Q(result__in=AssessmentResult.values)
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.get_result_display()}"
