from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.flows.consequence import CONSEQUENCE, ConsequenceState
from complaints.models.decision import Decision
from complaints.queries.consequences import ConsequenceQuerySet
from complaints.queries.facts import final
from office.models import Record
from registry.models import Appointment, Discipline, Division, EndedBy, Organization


class ConsequenceKind(models.TextChoices):
    """What is to be done: what was proposed, and what follows when a post has ended."""

    CRITICISM = "criticism", pgettext_lazy("consequence", "criticism by the committee")
    ORDER = "order", pgettext_lazy("consequence", "order to correct")
    REMOVAL = "removal", pgettext_lazy("consequence", "removal by the electing unit")
    DISMISSAL = "dismissal", pgettext_lazy("consequence", "dismissal by the appointing unit")
    TRANSFER = "transfer", pgettext_lazy("consequence", "passing on to another organ")
    FILING = "filing", pgettext_lazy("consequence", "filing of the end of the post")
    ROSTER = "roster", pgettext_lazy("consequence", "roster brought up to date")


class WhyNot(models.TextChoices):
    UNIT_DECLINED = "declined", _("the unit decided otherwise")
    LEFT_ALREADY = "left", _("the person left the post in another way")
    NO_MORE_UNIT = "no_unit", _("the organisation was deregistered")
    OTHER = "other", pgettext_lazy("why not", "for another reason, kept in the case")


K = ConsequenceKind
ENDING = {K.REMOVAL: EndedBy.REMOVED, K.DISMISSAL: EndedBy.DISMISSED}
BY_DISCIPLINE = [K.CRITICISM, K.ORDER]
AFTER_AN_END = [K.FILING, K.ROSTER]


class Consequence(Record):
    """One thing that a decision asks somebody to do; it tells nothing of who complained.

    It never moves an appointment. It notes what the register holds: the discipline record, or the
    end that the electing or appointing unit decided on.
    """

    flow = CONSEQUENCE

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="consequences"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ConsequenceKind.choices)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="complaint_consequences",
    )
    appointment = models.ForeignKey(
        Appointment,
        verbose_name=_("appointment"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="complaint_consequences",
    )
    unit = models.CharField(_("addressed to"), max_length=120, blank=True)
    state = models.CharField(
        _("state"),
        max_length=15,
        choices=ConsequenceState.choices,
        default=ConsequenceState.OPEN,
        editable=False,
    )
    opened_on = models.DateField(_("opened on"), editable=False)
    ended_on = models.DateField(
        pgettext_lazy("consequence", "settled on"), null=True, blank=True, editable=False
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    discipline = models.OneToOneField(
        Discipline,
        verbose_name=_("discipline record"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="complaint_consequence",
    )
    # What was done after the post ended follows from the removal or the dismissal.
    follows = models.ForeignKey(
        "self",
        verbose_name=_("follows from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="followed_by",
    )
    why_not = models.CharField(
        _("why it is not followed"), max_length=10, choices=WhyNot.choices, blank=True
    )

    objects = ConsequenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("consequence of a complaint")
        verbose_name_plural = _("consequences of complaints")
        ordering = ["-opened_on", "-pk"]
        permissions = CONSEQUENCE.permissions("consequence")
        indexes = [models.Index(fields=["division", "state"], name="consequence_in_division")]
        constraints = [
            models.CheckConstraint(
                name="consequence_kind_is_known", condition=Q(kind__in=ConsequenceKind.values)
            ),
            models.CheckConstraint(
                name="consequence_state_is_known", condition=Q(state__in=ConsequenceState.values)
            ),
            models.CheckConstraint(
                name="consequence_settled_on_a_day",
                condition=Q(state="open", ended_on__isnull=True)
                | ~Q(state="open") & Q(ended_on__isnull=False, ended_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="consequence_not_followed_says_why",
                condition=Q(state="not_followed", why_not__in=WhyNot.values)
                | ~Q(state="not_followed") & Q(why_not=""),
            ),
            models.CheckConstraint(
                name="consequence_discipline_is_done",
                condition=Q(discipline__isnull=True)
                | Q(state="done", kind__in=BY_DISCIPLINE, appointment__isnull=False),
            ),
            models.CheckConstraint(
                name="consequence_of_a_post_names_it",
                condition=~Q(kind__in=[K.CRITICISM, *ENDING, *AFTER_AN_END])
                | Q(appointment__isnull=False),
            ),
            models.CheckConstraint(
                name="consequence_after_an_end_follows",
                condition=Q(kind__in=AFTER_AN_END, follows__isnull=False)
                | ~Q(kind__in=AFTER_AN_END) & Q(follows__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["decision", "kind"], name="consequence_once_a_decision"
            ),
        ]

    def __str__(self):
        about = self.appointment.mediator if self.appointment else self.organization
        return " · ".join(filter(None, [self.get_kind_display(), about and str(about)]))

    @property
    def area(self):
        return self.division_id

    @property
    def complaint(self):
        return self.decision.complaint

    @property
    def is_ended_in_register(self):
        """Whether the unit has ended the post in the way that was proposed."""
        return self.appointment.ended_by == ENDING.get(self.kind)

    def is_final(self, today):
        """Whether the decision it rests on stands and can no longer be reviewed."""
        rows = type(self.complaint).objects.filter(pk=self.decision.complaint_id)
        return self.decision.stands and final(rows, today).exists()
