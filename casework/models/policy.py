from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.policy import Figure, PolicyUnit
from registry.queries import PolicyQuerySet


class CaseworkKey(models.TextChoices):
    """What a figure of casework sets. The unit each is given in: ``UNITS``."""

    CONFIRMATION_DAYS = "confirmation_days", _("limit to ask a court for confirmation")
    SATISFACTION_LEAST = (
        "satisfaction_least",
        _("opinions needed before satisfaction is shown"),
    )
    SURVEY_DAYS = "survey_days", _("days a party may use the code for an opinion")
    VISIT_SHARE = "visit_share", _("share of cases drawn for a return visit")
    CHECK_SHARE = "check_share", _("share of files drawn for a check")
    TWIN_DAYS = "twin_days", _("days within which two like cases may be one dispute")
    CLAIM_DAYS = "claim_days", _("days to claim after a quarter ends")
    PREVENTION_DAY = "prevention_day", _("day of the month by which prevention is reported")
    DISCLOSURE_DAYS = "disclosure_days", _("days a table of subsidies is disclosed")


K, U = CaseworkKey, PolicyUnit
DAYS = (U.WORKING, U.CALENDAR)
UNITS = {
    K.CONFIRMATION_DAYS: DAYS,
    K.SATISFACTION_LEAST: (U.PIECES,),
    K.SURVEY_DAYS: DAYS,
    K.VISIT_SHARE: (U.PERCENT,),
    K.CHECK_SHARE: (U.PERCENT,),
    K.TWIN_DAYS: DAYS,
    K.CLAIM_DAYS: DAYS,
    K.PREVENTION_DAY: (U.PIECES,),
    K.DISCLOSURE_DAYS: DAYS,
}


class CaseworkPolicy(Figure):
    """A figure of casework: opinions, checks, claims."""

    units = UNITS

    key = models.CharField(_("what it sets"), max_length=30, choices=CaseworkKey.choices)

    objects = PolicyQuerySet.as_manager()

    class Meta(Figure.Meta):
        verbose_name = _("casework policy")
        verbose_name_plural = _("casework policies")
        constraints = [
            models.CheckConstraint(
                name="caseworkpolicy_key_is_known", condition=Q(key__in=CaseworkKey.values)
            ),
            *Figure.Meta.constraints,
        ]
