from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.case import CaseRecord
from casework.models.case_people import PartySide
from casework.models.opinion_code import OpinionCode
from casework.queries import OpinionQuerySet, VisitedCaseQuerySet
from casework.rules.opinions import BEST
from office.models import Record
from office.personal import EncryptedTextField


class Channel(models.TextChoices):
    VISIT = "visit", _("return visit")
    CODE = "code", _("code of a party")


class Means(models.TextChoices):
    """How an officer asked. Empty for opinions given with a code."""

    PHONE = "phone", _("by telephone")
    IN_PERSON = "in_person", _("in person")
    LETTER = "letter", _("in writing")


class Outcome(models.TextChoices):
    REACHED = "reached", _("gave an opinion")
    NOT_REACHED = "not_reached", _("not reached")
    DECLINED = "declined", _("did not want to answer")


class Opinion(Record):
    """What one party thought of a mediation, or that the party was asked in vain.

    A mark is 1 to 5; whoever gave none has none. The comment may name people and is sealed.
    """

    case = models.ForeignKey(
        CaseRecord, verbose_name=_("case"), on_delete=models.PROTECT, related_name="opinions"
    )
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel.choices)
    means = models.CharField(_("how the party was asked"), max_length=10, choices=Means, blank=True)
    side = models.CharField(_("party"), max_length=10, choices=PartySide.choices)
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome.choices)
    score = models.PositiveSmallIntegerField(
        _("mark, 1 to 5"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(BEST)],
    )
    comment = EncryptedTextField(_("comment"), max_length=1000, blank=True)
    code = models.OneToOneField(
        OpinionCode,
        verbose_name=_("code for an opinion"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="opinion",
    )
    # The day of the visit, or on which the party sent it.
    given_on = models.DateField(_("visited or received on"))
    visited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("visited by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion of a party")
        verbose_name_plural = _("opinions of parties")
        ordering = ["-given_on", "-pk"]
        default_permissions = ["view", "export"]
        permissions = [("read_opinion", "Can read the comment of a party")]
        indexes = [models.Index(fields=["case", "channel", "given_on"], name="opinion_of_a_case")]
        constraints = [
            models.CheckConstraint(
                name="opinion_side_is_known", condition=Q(side__in=PartySide.values)
            ),
            models.CheckConstraint(
                name="opinion_has_a_mark_if_reached",
                condition=Q(outcome="reached", score__isnull=False, score__gte=1, score__lte=BEST)
                | Q(outcome__in=["not_reached", "declined"], score__isnull=True),
                violation_error_message=_("Only a party that answered gives a mark, from 1 to 5."),
            ),
            models.CheckConstraint(
                name="opinion_came_one_way",
                condition=Q(channel="visit", code__isnull=True, means__in=Means.values)
                | Q(
                    channel="code",
                    code__isnull=False,
                    means="",
                    visited_by__isnull=True,
                    outcome="reached",
                ),
            ),
        ]

    def __str__(self):
        return f"{self.case} · {self.get_side_display()} · {self.given_on:%Y-%m-%d}"

    @property
    def area(self):
        return self.case.division_id


class VisitedCase(CaseRecord):
    """A case as return visits see it: drawn, visited, or not asked about."""

    flow = None
    objects = VisitedCaseQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("return visit")
        verbose_name_plural = _("return visits")
        default_permissions = ["view"]
        permissions = [
            ("visit_visitedcase", "Can record a return visit"),
            ("issue_visitedcase", "Can hand out codes for opinions"),
        ]
