from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.case import CaseRecord
from office.personal import EncryptedTextField


class DraftInput(models.Model):
    """What was typed into the form of a draft, as it was typed: whoever goes on finds it again.

    A draft cannot hold an outcome, and what is typed need not make sense yet. Gone with the draft.
    """

    case = models.OneToOneField(
        CaseRecord,
        verbose_name=_("case"),
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="draft_input",
    )
    # JSON of the fields of the form. It names people.
    typed = EncryptedTextField(_("what was typed"), max_length=12_000, blank=True)

    class Meta:
        verbose_name = _("unfinished entry")
        verbose_name_plural = _("unfinished entries")
        default_permissions = []

    def __str__(self):
        return str(self.case)

    @property
    def area(self):
        return self.case.division_id
