from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.policy import Figure, PolicyUnit
from registry.queries import PolicyQuerySet


class ComplaintKey(models.TextChoices):
    """What a figure of complaints sets. The unit each is given in: ``UNITS``."""

    ACCEPT_DAYS = "accept_days", _("limit to accept or refuse")
    MATERIAL_DAYS = "material_days", _("time to send missing material")
    ASSIGN_DAYS = "assign_days", _("limit to send the task sheet")
    OBJECT_DAYS = "object_days", _("time in which a unit may object")
    FINDINGS_DAYS = "findings_days", _("limit for the unit's findings")
    TOTAL_DAYS = "total_days", _("limit to decide, in all")
    EXTENSION_DAYS = "extension_days", _("longest extension of the limit to decide")
    HOTLINE_DAYS = "hotline_days", _("limit to answer a hotline ticket")
    REPLY_DAYS = "reply_days", _("limit to reply in writing")
    REVIEW_ASK_DAYS = "review_ask_days", _("time in which a review may be asked for")
    REVIEW_DAYS = "review_days", _("limit to decide a review")
    REVIEW_EXTENSION_DAYS = (
        "review_extension_days",
        _("longest extension of the limit to decide a review"),
    )
    RECHECK_ASK_DAYS = "recheck_ask_days", _("time in which a re-review may be asked for")
    RECHECK_DAYS = "recheck_days", _("limit to decide a re-review")
    CLOSE_DAYS = "close_days", _("days after which a complaint is closed")
    FILING_DAYS = "filing_days", _("limit to file a removal or dismissal")
    ROSTER_DAYS = "roster_days", _("limit to bring the roster up to date")
    PATTERN_MONTHS = "pattern_months", _("months in which complaints about one add up")
    PATTERN_COUNT = "pattern_count", _("complaints about one that call for a look")
    CELL_LEAST = "cell_least", _("smallest number shown in a statistic")
    WITNESS_MONTHS = "witness_months", _("months in which acts against a witness are flagged")
    KEEP_YEARS = "keep_years", _("years after which a closed complaint may be destroyed")


K, U = ComplaintKey, PolicyUnit
DAYS = (U.WORKING, U.CALENDAR)
UNITS = dict.fromkeys([key for key in K if key.endswith("_days")], DAYS) | {
    K.PATTERN_MONTHS: (U.MONTHS,),
    K.PATTERN_COUNT: (U.PIECES,),
    K.CELL_LEAST: (U.PIECES,),
    K.WITNESS_MONTHS: (U.MONTHS,),
    K.KEEP_YEARS: (U.YEARS,),
}


class ComplaintPolicy(Figure):
    """A figure of complaints: limits, terms, and how small a number is shown."""

    units = UNITS

    key = models.CharField(_("what it sets"), max_length=30, choices=ComplaintKey.choices)

    objects = PolicyQuerySet.as_manager()

    class Meta(Figure.Meta):
        verbose_name = _("complaints policy")
        verbose_name_plural = _("complaints policies")
        constraints = [
            models.CheckConstraint(
                name="complaintpolicy_key_is_known", condition=Q(key__in=ComplaintKey.values)
            ),
            *Figure.Meta.constraints,
        ]
