"""What officers may type about rule sets as a whole."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grading.forms.setting_up import own_bureau
from grading.models import Purpose, SchemeVersion
from grading.models.scheme import Subject
from office.desk.forms import DeskForm, ReasonForm, RecordForm, RecordModelForm
from registry.forms.choosers import DIVISIONS
from registry.forms.staff import DayInput
from registry.models import Division

CODE = {"regex": r"\A[\w-]{1,80}\Z", "label": _("Id of the rule set")}


def division_field():
    return forms.ModelChoiceField(
        Division.objects.all(), label=_("Division"), widget=DIVISIONS.widget_class
    )


class NewSchemeForm(ReasonForm):
    """A scheme that begins empty, of a division within the own area."""

    permission = "grading.add_schemeversion"

    division = division_field()
    code = forms.RegexField(**CODE, help_text=_("Letters, digits, - and _ only; it stays."))
    title = forms.CharField(label=_("Title"), max_length=200)
    issuer = forms.CharField(label=_("Issuer"), max_length=120)
    purpose = forms.ChoiceField(
        label=_("What it is for"), choices=Purpose.choices, initial=Purpose.GRADING,
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    subject = forms.ChoiceField(label=_("What is graded"), choices=Subject.choices)

    def clean_purpose(self):
        return self.cleaned_data["purpose"] or Purpose.GRADING


class VersionForm(RecordModelForm):
    """What a draft says beside its text."""

    class Meta:
        model = SchemeVersion
        fields = ["effective_from", "note"]
        widgets = {"effective_from": DayInput, "note": forms.Textarea(attrs={"rows": 3})}


class CopyVersionForm(ReasonForm):
    """Where a draft is made, under which id, and whether it copies or takes over."""

    permission = "grading.add_schemeversion"

    division = division_field()
    code = forms.RegexField(
        **CODE, help_text=_("The same id in the same division: the next version of this scheme.")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    takes_over = forms.BooleanField(
        label=_("Take over instead of copying"),
        required=False,
        help_text=_("Then the draft says only what differs from this version; needs its own id."),
    )
    note = forms.CharField(
        label=_("What changed"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        scheme = self.record.scheme
        self.initial |= {"code": scheme.code, "title": scheme.title, "division": scheme.division}


class ActivateVersionForm(RecordForm):
    """Puts into force what the officer has seen: the draft of this revision."""

    BOOKKEEPING = ("submission",)


class RetireVersionForm(ReasonForm):
    """The first day on which a version no longer holds."""

    effective_until = forms.DateField(label=_("No longer from"), widget=DayInput)


class ImportForm(DeskForm):
    """A file of rule sets, and the division they are for."""

    permission = "grading.add_schemeversion"

    division = division_field()
    file = forms.FileField(
        label=_("File"),
        help_text=_("YAML or JSON in the format grading-rule/v1 or review-rule/v1, UTF-8."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("division", own_bureau(self.fields["division"].queryset))


class EnterImportForm(ReasonForm):
    """Enters what was looked at: the text comes along, and is looked at again."""

    permission = "grading.add_schemeversion"

    division = forms.ModelChoiceField(Division.objects.all(), widget=forms.HiddenInput)
    text = forms.CharField(widget=forms.HiddenInput, strip=False)


class CompareForm(forms.Form):
    """Which version is put beside this one."""

    other = forms.ModelChoiceField(None, label=_("Compare with"), empty_label=_("Choose"))

    def __init__(self, data, rows):
        super().__init__(data)
        self.fields["other"].queryset = rows
