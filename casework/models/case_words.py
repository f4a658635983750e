"""The words a case is described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseSource(models.TextChoices):
    """How a case came to the organisation."""

    APPLIED = "applied", _("parties applied")
    FOUND = "found", _("found by the organisation")
    COURT = "court", _("passed on by a court")
    PROCURATORATE = "procuratorate", _("passed on by a procuratorate")
    POLICE = "police", _("passed on by the police")
    PETITION = "petition", _("passed on by a petition office")
    OTHER = "other", _("passed on by another body")


class Agreement(models.TextChoices):
    """Form of the agreement; People's Mediation Law, art. 28. Empty is not known."""

    WRITTEN = "written", _("written")
    ORAL = "oral", _("oral, recorded")
    NONE = "none", _("none")


class Fulfilment(models.TextChoices):
    """What became of the agreement. Empty is not known."""

    PENDING = "pending", _("not yet due or done")
    FULFILLED = "fulfilled", _("fulfilled")
    PARTLY = "partly", _("partly fulfilled")
    REFUSED = "refused", _("not fulfilled")


class JudicialConfirmation(models.TextChoices):
    """Confirmation by a court; People's Mediation Law, art. 33. Empty: not asked for."""

    APPLIED = "applied", _("asked for")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")


class Judgment(models.TextChoices):
    """What a later judgment did to the agreement. Empty: nothing known."""

    CHANGED = "changed", _("changed")
    REVOKED = "revoked", _("revoked")
    INVALID = "invalid", _("held invalid")


class CaseOrigin(models.TextChoices):
    """How an entry came into the ledger."""

    ENTERED = "entered", _("entered by hand")
    IMPORTED = "imported", _("from a file")
    PUSHED = "pushed", _("from a platform")


class FileDocument(models.TextChoices):
    """The contents list of a case file; which are required says ``REQUIRED_DOCUMENTS``."""

    APPLICATION = "application", _("application or register of acceptance")
    NOTICE = "notice", _("notice of rights and duties")
    IDENTITY = "identity", _("proof of identity of the parties")
    PROXY = "proxy", _("power of attorney")
    INQUIRY = "inquiry", _("records of inquiry")
    EVIDENCE = "evidence", _("evidence")
    RECORD = "record", _("record of the mediation")
    AGREEMENT = "agreement", _("mediation agreement")
    FULFILMENT = "fulfilment", _("proof of fulfilment")
    VISIT = "visit", _("record of the return visit")
    CONFIRMATION = "confirmation", _("papers of the judicial confirmation")
    STATEMENT = "statement", _("statement on the file")
    COVER = "cover", _("back cover")


D = FileDocument
REQUIRED_DOCUMENTS = [D.APPLICATION, D.NOTICE, D.IDENTITY, D.RECORD, D.AGREEMENT, D.COVER]
