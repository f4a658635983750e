from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.flows import CASE, CLOSED, CaseState
from casework.models.case_words import (
    Agreement,
    CaseOrigin,
    CaseSource,
    Fulfilment,
    Judgment,
    JudicialConfirmation,
)
from casework.models.terms import DifficultyClass, DisputeType
from casework.queries import CaseQuerySet
from office.models import Record
from office.personal import EncryptedTextField
from registry.models import Division, Organization


class CaseRecord(Record):
    """A case of mediation in the ledger: what it was about, who mediated, how it ended.

    What is not known stays empty: a figure never counts it as no. ``division`` is where the
    organisation lay when the case was entered; ``same_as`` names the first entry of one dispute.
    """

    flow = CASE

    number = models.CharField(
        _("case number"), max_length=40, null=True, blank=True, unique=True, editable=False
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="cases",
    )
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        related_name="cases",
        editable=False,
    )
    dispute_type = models.ForeignKey(
        DisputeType,
        verbose_name=_("type of dispute"),
        on_delete=models.PROTECT,
        related_name="cases",
    )
    difficulty = models.ForeignKey(
        DifficultyClass,
        verbose_name=_("class of difficulty"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
    )
    source = models.CharField(
        _("how it came"), max_length=15, choices=CaseSource.choices, default=CaseSource.APPLIED
    )
    accepted_on = models.DateField(_("accepted on"))
    closed_on = models.DateField(pgettext_lazy("case", "closed on"), null=True, blank=True)
    people = models.PositiveIntegerField(
        _("people involved"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    # Yuan.
    amount = models.DecimalField(
        _("amount in dispute"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    attempts = models.PositiveSmallIntegerField(
        _("attempts at mediation"), default=1, validators=[MinValueValidator(1)]
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=CaseState.choices,
        default=CaseState.DRAFT,
        editable=False,
    )
    agreement = models.CharField(
        _("agreement"), max_length=10, choices=Agreement.choices, blank=True
    )
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    fulfilment = models.CharField(
        _("fulfilment"), max_length=10, choices=Fulfilment.choices, blank=True
    )
    due_on = models.DateField(_("to be fulfilled by"), null=True, blank=True)
    fulfilled_on = models.DateField(_("fulfilled on"), null=True, blank=True)
    is_voluntary = models.BooleanField(_("fulfilled voluntarily"), null=True, blank=True)
    confirmation = models.CharField(
        _("judicial confirmation"),
        max_length=10,
        choices=JudicialConfirmation.choices,
        blank=True,
    )
    confirmation_on = models.DateField(_("court decided on"), null=True, blank=True)
    judgment = models.CharField(
        _("later judgment"), max_length=10, choices=Judgment.choices, blank=True
    )
    # Codes of ``FileDocument``.
    documents = models.JSONField(_("documents in the file"), default=list, blank=True)
    # May name people: encrypted like everything that does.
    summary = EncryptedTextField(_("what it was about"), max_length=2000, blank=True)
    transferred_to = models.CharField(_("passed on to"), max_length=120, blank=True)
    same_as = models.ForeignKey(
        "self",
        verbose_name=_("same dispute as"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="twins",
        editable=False,
    )
    origin = models.CharField(
        _("origin"),
        max_length=10,
        choices=CaseOrigin.choices,
        default=CaseOrigin.ENTERED,
        editable=False,
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("mediation case")
        verbose_name_plural = _("mediation cases")
        ordering = ["-accepted_on", "-pk"]
        permissions = [
            *CASE.permissions("caserecord"),
            ("export_caserecord", "Can export mediation cases"),
            ("unmask_caserecord", "Can see the parties of a mediation case"),
            ("join_caserecord", "Can join entries of one dispute"),
            ("view_statistics_caserecord", "Can see the statistics of mediation cases"),
        ]
        indexes = [
            models.Index(fields=["organization", "accepted_on"], name="case_of_organization"),
            models.Index(fields=["division", "accepted_on"], name="case_in_division"),
            models.Index(fields=["accepted_on", "id"], name="case_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_state_is_known", condition=Q(state__in=CaseState.values)
            ),
            models.CheckConstraint(
                name="case_has_a_number_once_accepted",
                condition=Q(state=CaseState.DRAFT) | Q(number__isnull=False) & ~Q(number=""),
            ),
            models.CheckConstraint(
                name="case_closed_on_a_day",
                condition=Q(state__in=CLOSED, closed_on__isnull=False)
                | Q(state__in=[CaseState.DRAFT, CaseState.ACCEPTED], closed_on__isnull=True)
                | Q(state=CaseState.VOID),
            ),
            models.CheckConstraint(
                name="case_closes_after_it_was_accepted",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("accepted_on")),
                violation_error_message=_("A case cannot end before it was accepted."),
            ),
            models.CheckConstraint(
                name="case_agreement_is_known",
                condition=Q(agreement="") | Q(agreement__in=Agreement.values),
            ),
            models.CheckConstraint(
                name="case_agreement_goes_with_success",
                condition=~Q(agreement__in=[Agreement.WRITTEN, Agreement.ORAL])
                | Q(state__in=[CaseState.SUCCEEDED, CaseState.VOID]),
                violation_error_message=_("Only a case that succeeded has an agreement."),
            ),
            models.CheckConstraint(
                name="case_success_is_an_agreement",
                condition=~Q(state=CaseState.SUCCEEDED) | ~Q(agreement=Agreement.NONE),
                violation_error_message=_("A case that succeeded has an agreement."),
            ),
            models.CheckConstraint(
                name="case_fulfilment_is_known",
                condition=Q(fulfilment="")
                | Q(
                    fulfilment__in=Fulfilment.values,
                    state__in=[CaseState.SUCCEEDED, CaseState.VOID],
                ),
                violation_error_message=_("Only a case that succeeded can be fulfilled."),
            ),
            models.CheckConstraint(
                name="case_voluntary_only_if_fulfilled",
                condition=Q(is_voluntary__isnull=True)
                | Q(fulfilment__in=[Fulfilment.FULFILLED, Fulfilment.PARTLY]),
                violation_error_message=_("Voluntary is only what was fulfilled."),
            ),
            models.CheckConstraint(
                name="case_confirmation_is_known",
                condition=Q(confirmation="")
                | Q(
                    confirmation__in=JudicialConfirmation.values,
                    state__in=[CaseState.SUCCEEDED, CaseState.VOID],
                ),
                violation_error_message=_("A court confirms only an agreement."),
            ),
            models.CheckConstraint(
                name="case_judgment_is_known",
                condition=Q(judgment="") | Q(judgment__in=Judgment.values),
            ),
            models.CheckConstraint(
                name="case_source_is_known", condition=Q(source__in=CaseSource.values)
            ),
            models.CheckConstraint(name="case_was_attempted", condition=Q(attempts__gte=1)),
            models.CheckConstraint(
                name="case_amount_is_not_negative",
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
            ),
            models.CheckConstraint(
                name="case_is_not_its_own_twin",
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("id")),
            ),
        ]

    def __str__(self):
        return self.number or str(_("draft"))

    @property
    def area(self):
        return self.division_id

    @property
    def dispute_id(self):
        """The entry that stands for the dispute: the first of several, or this one."""
        return self.same_as_id or self.pk
