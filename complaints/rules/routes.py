"""Why a complaint is not taken, why it stands still, and how it can be spoken of."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Refusal(models.TextChoices):
    """Why a complaint is not accepted; each but the last two names the right way to go."""

    CRIME = "crime", _("It tells of a crime: the police or the supervision commission")
    PETITION = "petition", _("It is a petition: the petition procedure")
    COURT = "court", _("It is for a court to decide")
    OTHER_BODY = "other_body", _("Another body is in charge")
    NOT_MEDIATION = "not_mediation", _("It does not concern people's mediation")
    NO_FACTS = "no_facts", _("It names no fact that could be looked into")


class Standstill(models.TextChoices):
    """What a suspended complaint waits for."""

    COURT = "court", pgettext_lazy("a complaint waits for", "a court's decision")
    REVIEW = "review", pgettext_lazy("a complaint waits for", "another body's review")


# How long a view of an identity stays open. Source: security requirements, no. 3.
IDENTITY_MINUTES = 15
