"""What a sample of cases is drawn from, and how large it is."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Sample
from office.desk.forms import RecordModelForm
from registry.forms.choosers import DIVISIONS, ORGANIZATIONS
from registry.forms.staff import DayInput

MOST_IN_A_SAMPLE = 20_000
QUARTER = timedelta(days=91)


class NewSampleForm(RecordModelForm):
    """Which closed cases, and how many of them."""

    permission = "casework.add_sample"

    share = forms.IntegerField(
        label=_("Share in percent"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Empty, with the number empty too: as the policy says."),
    )
    number = forms.IntegerField(
        label=_("Or a number of cases"), min_value=1, max_value=MOST_IN_A_SAMPLE, required=False
    )
    seed = forms.CharField(
        label=_("Seed"),
        max_length=40,
        required=False,
        help_text=_("Empty: one is made by chance. The same seed draws the same sample again."),
    )

    class Meta:
        model = Sample
        fields = ["kind", "division", "organization", "from_on", "last_on", "is_stratified"]
        widgets = {
            "division": DIVISIONS.widget_class,
            "organization": ORGANIZATIONS.widget_class,
            "from_on": DayInput,
            "last_on": DayInput,
        }
        help_texts = {"organization": _("Empty: of all organisations in the division.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial.setdefault("from_on", today - QUARTER)
        self.initial.setdefault("last_on", today)

    def clean(self):
        typed = super().clean()
        if typed.get("share") and typed.get("number"):
            self.add_error("number", _("Type a share or a number, not both."))
        return typed
