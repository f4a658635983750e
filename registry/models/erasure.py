from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.models import Record
from registry.flows import ERASURE, ErasureState
from registry.models.imports import ImportRow
from registry.models.mediator import Mediator
from registry.models.policy import Policy
from registry.queries.erasures import ErasureQuerySet


class Erasure(Record):
    """The case in which one officer asks to erase a person's data and another carries it out.

    It never holds the person's name. Law: Personal Information Protection Law, art. 47.
    """

    flow = ERASURE

    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="erasures"
    )
    state = models.CharField(
        _("state"),
        max_length=15,
        choices=ErasureState.choices,
        default=ErasureState.ASKED,
        editable=False,
    )
    policy = models.ForeignKey(
        Policy, verbose_name=_("policy"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked for by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    asked_on = models.DateField(_("asked for on"), editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("person", "decided by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    decided_on = models.DateField(_("decided on"), null=True, editable=False)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure of personal data")
        verbose_name_plural = _("erasures of personal data")
        ordering = ["-asked_on", "-pk"]
        permissions = ERASURE.permissions("erasure")
        constraints = [
            models.CheckConstraint(
                name="erasure_state_is_known", condition=Q(state__in=ErasureState.values)
            ),
            models.CheckConstraint(
                name="erasure_is_decided_by_somebody_else",
                condition=Q(
                    state=ErasureState.ASKED, decided_by__isnull=True, decided_on__isnull=True
                )
                | Q(state=ErasureState.DECLINED, decided_by__isnull=False, decided_on__isnull=False)
                | (
                    Q(
                        state=ErasureState.CARRIED_OUT,
                        decided_by__isnull=False,
                        decided_on__isnull=False,
                    )
                    & ~Q(decided_by=F("asked_by"))
                ),
            ),
            models.UniqueConstraint(
                fields=["mediator"],
                condition=Q(state=ErasureState.ASKED),
                name="erasure_asked_for_once",
                violation_error_message=_("The erasure of this person was asked for already."),
            ),
        ]

    def __str__(self):
        return self.mediator.public_id

    @property
    def area(self):
        return self.mediator.division_id

    @property
    def last_needed_on(self):
        """The day from which the time of keeping runs: the end of the last post, or the entry."""
        ends = self.mediator.appointments.exclude(until_on=None).order_by("-until_on")
        last = ends.values_list("until_on", flat=True).first()
        return last or self.mediator.created_at.date()

    def entries(self):
        """Return the person's entry and those merged into it, one after another."""
        found, fresh = [], [self.mediator_id]
        while fresh:
            found += fresh
            merged = Mediator.objects.filter(merged_into__in=fresh).exclude(pk__in=found)
            fresh = list(merged.values_list("pk", flat=True))
        return Mediator.objects.filter(pk__in=found)

    def lines_of_imports(self):
        """Return the rows of imports that hold data of the person for undoing."""
        known_as = self.entries().values("public_id")
        return ImportRow.objects.filter(target__in=known_as, content__isnull=False)
