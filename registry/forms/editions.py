"""What officers may type about an edition or an extract of the roster."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm, RecordModelForm
from registry.forms.choosers import DIVISIONS
from registry.forms.staff import DayInput
from registry.models import Edition


class KnownNow:
    """Adds to what was typed the moment of knowledge, which is now: the edge reads the clock."""

    def values(self):
        return {**super().values(), "known_at": timezone.now()}


class NewEditionForm(KnownNow, RecordModelForm):
    """The roster of a division on a day."""

    permission = "registry.add_edition"

    class Meta:
        model = Edition
        fields = ["title", "division", "kind", "on_date"]
        widgets = {"division": DIVISIONS.widget_class, "on_date": DayInput}
        help_texts = {"kind": _("Empty: organisations of every kind.")}


class ExtractForm(KnownNow, ReasonForm):
    """The day of which an extract speaks."""

    on_date = forms.DateField(label=_("Roster on"), widget=DayInput)
