from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.flows import COMPLAINT, ENDED, ComplaintState
from complaints.models.words import Channel, Finding, Mode, Subject, Urgency
from complaints.queries import ComplaintQuerySet
from office.models import Record
from registry.models import Division, Mediator, Organization


class Complaint(Record):
    """A complaint as officers may list it: no word of who complained or of what was said.

    Identity, text and evidence lie sealed under a key of the complaint's own in tables of their
    own (``complaints.vault``). ``division`` is the body that is in charge of it now; a transfer
    changes it and nothing else, so that there is one number and one clock.
    """

    flow = COMPLAINT

    number = models.CharField(_("complaint number"), max_length=40, unique=True, editable=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    mode = models.CharField(_("way of complaining"), max_length=12, choices=Mode.choices)
    about = models.CharField(_("about"), max_length=12, choices=Subject.choices)
    mediator = models.ForeignKey(
        Mediator,
        verbose_name=_("mediator"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
    )
    division = models.ForeignKey(
        Division,
        verbose_name=_("body in charge"),
        on_delete=models.PROTECT,
        related_name="complaints",
    )
    # Codes of ``ComplaintGround``.
    grounds = models.JSONField(_("grounds"), default=list)
    happened_on = models.DateField(_("when it happened"), null=True, blank=True)
    urgency = models.CharField(
        _("urgency"), max_length=10, choices=Urgency.choices, default=Urgency.NORMAL
    )
    # The number of a ticket, message or letter: one of a channel becomes one complaint.
    source_number = models.CharField(_("number of the ticket or letter"), max_length=64, blank=True)
    # A keyed hash of the text: the same text again is seen without being read.
    text_digest = models.CharField(
        _("digest of the text"), max_length=64, blank=True, editable=False
    )
    received_on = models.DateField(_("received on"), editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ComplaintState.choices,
        default=ComplaintState.RECEIVED,
        editable=False,
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handler"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="complaints_handled",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("joined to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )
    # A report of retaliation leads to the complaint on account of which somebody suffers.
    retaliation_for = models.ForeignKey(
        "self",
        verbose_name=_("retaliation on account of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="retaliations",
    )
    suspended_on = models.DateField(_("suspended on"), null=True, blank=True, editable=False)
    closed_on = models.DateField(
        pgettext_lazy("complaint", "closed on"), null=True, blank=True, editable=False
    )
    # Withdrawn with the code: the day on which a handler settled whether its facts go on as a lead.
    settled_on = models.DateField(_("withdrawal settled on"), null=True, blank=True, editable=False)
    # What was found in the end; empty until it is final.
    result = models.CharField(
        _("result"), max_length=10, choices=Finding.choices, blank=True, editable=False
    )
    final_on = models.DateField(_("final on"), null=True, blank=True, editable=False)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction"),
        null=True,
        blank=True,
        editable=False,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    is_reopened = models.BooleanField(_("opened again"), default=False, editable=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-received_on", "-pk"]
        permissions = [
            *COMPLAINT.permissions("complaint"),
            ("take_complaint", "Can handle complaints"),
            ("read_complaint", "Can read the text of a complaint that was given to the person"),
            ("unmask_complaint", "Can see who complained"),
            ("lead_complaint", "Can be told of views of an identity, and steer complaints"),
            ("transfer_complaint", "Can pass a complaint to another body"),
            ("suspend_complaint", "Can suspend a complaint and end a suspension"),
            ("export_complaint", "Can export the list of complaints"),
            ("view_statistics_complaint", "Can see the statistics of complaints"),
        ]
        indexes = [
            models.Index(fields=["division", "state"], name="complaint_in_division"),
            models.Index(fields=["mediator", "received_on"], name="complaint_of_mediator"),
            models.Index(fields=["organization", "received_on"], name="complaint_of_body"),
            models.Index(fields=["text_digest"], name="complaint_by_text"),
        ]
        constraints = [
            models.CheckConstraint(
                name="complaint_state_is_known", condition=Q(state__in=ComplaintState.values)
            ),
            models.CheckConstraint(
                name="complaint_channel_is_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(
                name="complaint_mode_is_known", condition=Q(mode__in=Mode.values)
            ),
            models.CheckConstraint(
                name="complaint_is_about_somebody",
                condition=Q(about=Subject.MEDIATOR, mediator__isnull=False)
                | Q(about=Subject.ORGANIZATION, organization__isnull=False, mediator__isnull=True)
                | Q(about=Subject.UNKNOWN, mediator__isnull=True),
            ),
            models.CheckConstraint(
                name="complaint_urgency_is_known", condition=Q(urgency__in=Urgency.values)
            ),
            models.CheckConstraint(
                name="complaint_result_is_known",
                condition=Q(result="") | Q(result__in=Finding.values),
            ),
            models.CheckConstraint(
                name="complaint_final_has_a_result",
                condition=Q(final_on__isnull=True) | ~Q(result=""),
            ),
            models.CheckConstraint(
                name="complaint_merged_into_another",
                condition=Q(state=ComplaintState.MERGED, merged_into__isnull=False)
                & ~Q(merged_into=F("id"))
                | ~Q(state=ComplaintState.MERGED) & Q(merged_into__isnull=True),
            ),
            models.CheckConstraint(
                name="complaint_ended_on_a_day",
                condition=Q(state__in=ENDED, closed_on__isnull=False)
                | ~Q(state__in=ENDED) & Q(closed_on__isnull=True),
            ),
            models.CheckConstraint(
                name="complaint_ended_is_not_suspended",
                condition=Q(suspended_on__isnull=True) | ~Q(state__in=ENDED),
            ),
            models.CheckConstraint(
                name="complaint_settled_is_withdrawn",
                condition=Q(settled_on__isnull=True) | Q(state=ComplaintState.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="complaint_satisfaction_is_1_to_5",
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)),
            ),
            models.UniqueConstraint(
                fields=["channel", "source_number"],
                condition=~Q(source_number=""),
                name="complaint_once_a_ticket",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def area(self):
        return self.division_id

    @property
    def is_anonymous(self):
        return self.mode == Mode.ANONYMOUS

    @property
    def waits_to_be_settled(self):
        """Whether it was withdrawn, and nobody looked yet whether its facts are to go on."""
        return self.state == ComplaintState.WITHDRAWN and self.settled_on is None

    @property
    def is_suspended(self):
        return self.suspended_on is not None


class ComplaintSeries(models.Model):
    """The last number given to a complaint in a county in a year: one row, locked by the next."""

    county = models.CharField(_("county"), max_length=6)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("series of complaint numbers")
        verbose_name_plural = _("series of complaint numbers")
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["county", "year"], name="complaintseries_once")
        ]

    def __str__(self):
        return f"{self.county} {self.year}"
