from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.flows import OPINION_CODE, CodeState
from casework.models.case import CaseRecord
from casework.models.case_people import PartySide
from casework.models.policy import CaseworkPolicy
from casework.queries import OpinionCodeQuerySet
from office.models import Record


class OpinionCode(Record):
    """A code that was handed to a party, to give an opinion once without an account.

    The code itself is not kept, only the hash it is found by. It is valid until ``last_on``.
    """

    flow = OPINION_CODE

    case = models.ForeignKey(
        CaseRecord, verbose_name=_("case"), on_delete=models.PROTECT, related_name="opinion_codes"
    )
    side = models.CharField(_("for the party"), max_length=10, choices=PartySide.choices)
    code_hash = models.CharField(_("hash of the code"), max_length=64, unique=True, editable=False)
    policy = models.ForeignKey(
        CaseworkPolicy,
        verbose_name=_("policy"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handed out by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    issued_on = models.DateField(_("handed out on"), editable=False)
    last_on = models.DateField(_("valid until"), editable=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=CodeState.choices,
        default=CodeState.ISSUED,
        editable=False,
    )

    objects = OpinionCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code for an opinion")
        verbose_name_plural = _("codes for opinions")
        ordering = ["-issued_on", "-pk"]
        default_permissions = ["view", "add"]
        permissions = [
            ("revoke_opinioncode", "Can revoke opinioncode"),
            ("export_opinioncode", "Can export codes for opinions"),
        ]
        constraints = [
            models.CheckConstraint(
                name="opinioncode_state_is_known", condition=Q(state__in=CodeState.values)
            ),
            models.CheckConstraint(
                name="opinioncode_side_is_known", condition=Q(side__in=PartySide.values)
            ),
            models.CheckConstraint(
                name="opinioncode_is_valid_for_a_while",
                condition=Q(last_on__gte=F("issued_on")),
            ),
            models.CheckConstraint(name="opinioncode_has_a_hash", condition=~Q(code_hash="")),
        ]

    def __str__(self):
        return f"{self.case} · {self.get_side_display()} · {self.pk}"

    @property
    def area(self):
        return self.case.division_id
