"""What officers may type about a subsidy scheme: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import CaseSource, SubsidyScheme
from office.desk.forms import ReasonForm, RecordForm, RecordModelForm
from registry.forms.choosers import DIVISIONS
from registry.forms.staff import DayInput
from registry.models import Division, Employment, OrganizationKind


class Boxes(forms.MultipleChoiceField):
    """Several of a few words, each with its box."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label, choices, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(label=label, choices=choices, **kwargs)


class SchemeForm(RecordModelForm):
    """What a scheme says beside its tiers."""

    permission = "casework.change_subsidyscheme"

    barred_employments = Boxes(_("Employments not paid"), Employment.choices)
    barred_kinds = Boxes(_("Kinds of organisation not paid"), OrganizationKind.choices)
    barred_sources = Boxes(_("Ways to come not paid"), CaseSource.choices)

    class Meta:
        model = SubsidyScheme
        fields = [
            "name", "standing", "source", "note", "from_on", "until_on", "dated_by", "period",
            "level_of", "needs_post", "needs_listing", "barred_employments", "barred_kinds",
            "barred_sources", "bars_public_payroll", "other_funds",
        ]  # fmt: skip
        widgets = {
            "source": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
            "from_on": DayInput,
            "until_on": DayInput,
        }
        help_texts = {
            "source": _("The sentence it rests on; empty only for a setting."),
            "until_on": _("The first day on which it no longer holds; empty: until it is ended."),
        }


class NewSchemeForm(SchemeForm):
    """A new draft, of a division within the own area."""

    permission = "casework.add_subsidyscheme"

    class Meta(SchemeForm.Meta):
        fields = ["division", *SchemeForm.Meta.fields]
        widgets = {**SchemeForm.Meta.widgets, "division": DIVISIONS.widget_class}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["division"].required = True


class CopySchemeForm(ReasonForm):
    """Where and from which day a copy is to hold."""

    permission = "casework.add_subsidyscheme"

    name = forms.CharField(label=_("Name"), max_length=80)
    division = forms.ModelChoiceField(
        Division.objects.all(), label=_("Division"), widget=DIVISIONS.widget_class
    )
    from_on = forms.DateField(label=_("From"), widget=DayInput)


class ActivateSchemeForm(RecordForm):
    """Brings into force what the officer has seen: the draft of this revision."""

    BOOKKEEPING = ("submission",)


class EndSchemeForm(ReasonForm):
    """The first day on which a scheme no longer holds."""

    until_on = forms.DateField(
        label=_("No longer from"),
        widget=DayInput,
        help_text=_("Cases of this day and later are priced by another scheme, or by none."),
    )
