"""The words a complaint is described by."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    WEB = "web", _("website")
    WECHAT = "wechat", _("WeChat")
    WINDOW = "window", _("window")
    HOTLINE = "hotline", _("hotline")
    LETTER = "letter", _("letter")
    UPPER = "upper", _("passed on by another body")


class Mode(models.TextChoices):
    """Who may know who complains: the handler only on a reason, or nobody at all."""

    NAMED = "named", pgettext_lazy("complaint", "named")
    CONFIDENTIAL = "confidential", pgettext_lazy("complaint", "confidential")
    ANONYMOUS = "anonymous", pgettext_lazy("complaint", "anonymous")


class Subject(models.TextChoices):
    MEDIATOR = "mediator", pgettext_lazy("complaint about", "a mediator")
    ORGANIZATION = "organization", pgettext_lazy("complaint about", "an organisation")
    UNKNOWN = "unknown", pgettext_lazy("complaint about", "somebody whose name is not known")


class ComplaintGround(models.TextChoices):
    """The grounds of People's Mediation Law, art. 15; charging breaks art. 4; or something else."""

    PARTIALITY = "partiality", _("partiality to one party")
    INSULT = "insult", _("insulting a party")
    PROPERTY = "property", _("asking for or taking property or other improper gain")
    LEAK = "leak", _("leaking privacy or trade secrets")
    FEES = "fees", _("charging for mediation")
    OTHER = "other", pgettext_lazy("ground of a complaint", "something else")


class Finding(models.TextChoices):
    """What was found of a ground, or of a complaint as a whole."""

    FOUNDED = "founded", _("founded")
    PARTLY = "partly", _("partly founded")
    UNFOUNDED = "unfounded", _("unfounded")


class Urgency(models.TextChoices):
    NORMAL = "normal", pgettext_lazy("urgency", "normal")
    URGENT = "urgent", pgettext_lazy("urgency", "urgent")
