"""The words a subsidy scheme is described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.rules import schemes


class DatedBy(models.TextChoices):
    """The day of a case by which its scheme is found."""

    CLOSED_ON = "closed_on", _("the day it was closed")
    ACCEPTED_ON = "accepted_on", _("the day it was accepted")


class Period(models.TextChoices):
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")


class LevelOf(models.TextChoices):
    """Whose level decides, where several mediated together."""

    LEAD = schemes.LEAD, _("of who led the mediation")
    HIGHEST = schemes.HIGHEST, _("the highest of those who took part")


class OtherFunds(models.TextChoices):
    """What becomes of a case for which another fund has paid."""

    BAR = schemes.BAR, _("the case is not paid again")
    DEDUCT = schemes.DEDUCT, _("what was paid is taken off")
    IGNORE = schemes.IGNORE, _("it makes no difference")


class AmountKind(models.TextChoices):
    FIXED = schemes.FIXED, _("a fixed amount")
    RANGE = schemes.RANGE, _("a range, the amount needs a reason")
    BY_CASE = schemes.BY_CASE, _("decided case by case")


class TierDocuments(models.TextChoices):
    """Which papers a tier asks for. Empty: not decided."""

    NONE = "none", _("none")
    FULL = "full", _("the full file")
    LISTED = "listed", _("those named here")
