"""What officers may type about staffing standards."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm, RecordModelForm
from registry.forms.choosers import DIVISIONS
from registry.forms.staff import DayInput
from registry.models import Division, OrganizationKind, StaffingStandard

MOST_FULL_TIMERS = 99


class NewStandardForm(RecordModelForm):
    """A standard of a division from a day on, with a number for each kind it wants to name."""

    permission = "registry.add_staffingstandard"

    class Meta:
        model = StaffingStandard
        fields = ["name", "division", "from_on", "standing", "source"]
        widgets = {"division": DIVISIONS.widget_class, "from_on": DayInput}
        help_texts = {
            "source": _("The document in which the standard stands; empty only for a setting."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A standard without a division is a template; these come with the product.
        self.fields["division"].required = True
        for kind, label in OrganizationKind.choices:
            self.fields[f"least_{kind}"] = forms.IntegerField(
                label=_("Full-timers, at least: %(kind)s") % {"kind": label},
                min_value=1,
                max_value=MOST_FULL_TIMERS,
                required=False,
            )
        self.order_fields([name for name in self.fields if name != "reason"])

    def values(self):
        typed = super().values()
        least = {kind: typed.pop(f"least_{kind}") for kind in OrganizationKind.values}
        return {**typed, "lines": {kind: number for kind, number in least.items() if number}}


class AdoptForm(ReasonForm):
    """Which division adopts a template, and from when on."""

    permission = "registry.add_staffingstandard"

    division = forms.ModelChoiceField(
        Division.objects.all(), label=_("Division"), widget=DIVISIONS.widget_class
    )
    from_on = forms.DateField(label=_("From"), widget=DayInput, initial=timezone.localdate)
