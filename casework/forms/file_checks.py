"""What officers type about the file of a case."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.actions.file_checks import scheme_for
from casework.forms.case_number import CaseNumberField, case_of
from casework.models import FULL_MARKS, FileCheck, FileDocument, QualityScheme
from office.desk.forms import DeskForm, ReasonForm, RecordModelForm
from registry.forms.choosers import DIVISIONS
from registry.forms.staff import DayInput


class NewFileCheckForm(ReasonForm):
    """The case whose file is checked outside a sample."""

    number = CaseNumberField()

    def clean_number(self):
        return case_of(self.cleaned_data["number"], self.user, "casework.add_filecheck")

    def values(self):
        values = super().values()
        values["case"] = values.pop("number")
        return values


class CheckFileForm(DeskForm):
    """Which papers are there; those that must be are marked."""

    found = forms.MultipleChoiceField(
        label=_("Found in the file"), required=False, widget=forms.CheckboxSelectMultiple
    )
    remarks = forms.CharField(
        label=FileCheck._meta.get_field("remarks").verbose_name,
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        needed = self.record.expected
        self.fields["found"].choices = [
            (code, _("%(paper)s (required)") % {"paper": label} if code in needed else label)
            for code, label in FileDocument.choices
        ]
        self.initial.setdefault("found", self.record.found)


class HandBackForm(ReasonForm):
    """What the organisation has to add."""

    to_complete = forms.CharField(
        label=FileCheck._meta.get_field("to_complete").verbose_name,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The organisation reads it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("to_complete", self.record.told(self.record.missing))


class ScoreForm(DeskForm):
    """Points for each item of the scheme that holds for the case."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = self._items()
        for item in self.items:
            self.fields[item.code] = forms.IntegerField(
                label=str(item),
                min_value=0,
                max_value=item.points,
                help_text=_("0 to %(points)d points") % {"points": item.points},
            )

    def _items(self):
        try:
            scheme = scheme_for(self.record, timezone.localdate())
        except ValidationError:
            return []  # The action says why it cannot be scored.
        return list(scheme.items.all())

    def values(self):
        typed = super().values()
        return {"marks": {item.code: typed[item.code] for item in self.items}}


class NewQualitySchemeForm(RecordModelForm):
    """A scheme for a division from a day on, one item a line."""

    permission = "casework.add_qualityscheme"

    items = forms.CharField(
        label=_("Items and points"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One item a line, its points at the end, 100 in all: 卷宗材料齐全 30"),
    )

    class Meta:
        model = QualityScheme
        fields = ["division", "name", "standing", "source", "from_on"]
        widgets = {"division": DIVISIONS.widget_class, "from_on": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What holds everywhere comes with the product; a bureau sets schemes for its own area.
        self.fields["division"].required = True

    def clean_items(self):
        lines = [line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip()]
        return [self._item(line) for line in lines]

    @staticmethod
    def _item(line):
        name, _blank, points = line.replace("\u3000", " ").rpartition(" ")
        if not (name and points.isascii() and points.isdigit() and 1 <= int(points) <= FULL_MARKS):
            raise forms.ValidationError(
                _("“%(line)s” does not end with points from 1 to 100."), params={"line": line[:40]}
            )
        return name.strip()[:60], int(points)
