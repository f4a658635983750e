"""What officers may type about textbooks and lecturers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.forms import RecordModelForm
from registry.forms.choosers import DIVISIONS
from registry.forms.honours import PhoneForm
from registry.forms.staff import DayInput
from registry.models import Mediator
from training.models import Lecturer, Textbook


class CheckedByTheAction:
    """Leaves to the action what there may be only one of.

    A form sent a second time would else be refused for the row its first sending made.
    """

    only_once = ""

    def _get_validation_exclusions(self):
        return {*super()._get_validation_exclusions(), self.only_once}


class TextbookForm(RecordModelForm):
    """What is written of a textbook; its file is added as a document."""

    permission = "training.change_textbook"
    link = forms.URLField(label=_("Address"), required=False, assume_scheme="https")

    class Meta:
        model = Textbook
        fields = ["title", "kind", "field", "author", "link", "note", "division"]
        widgets = {"division": DIVISIONS.widget_class, "note": forms.Textarea(attrs={"rows": 3})}


class NewTextbookForm(CheckedByTheAction, TextbookForm):
    permission = "training.add_textbook"
    only_once = "title"


class LecturerForm(PhoneForm):
    """The data of a lecturer. A mediator is named by the number of the certificate."""

    permission = "training.change_lecturer"
    mediator = forms.ModelChoiceField(
        Mediator.objects.exclude(certificate_number=None),
        to_field_name="certificate_number",
        widget=forms.TextInput,
        required=False,
        label=_("Certificate number"),
        help_text=_("Only if the lecturer is a mediator of your area."),
        error_messages={
            "invalid_choice": _("No mediator of your area has this certificate number.")
        },
    )

    class Meta:
        model = Lecturer
        fields = [
            "name", "unit", "teaches", "specialities", "mediator", "phone", "division", "from_on",
        ]  # fmt: skip
        labels = {"name": _("Person's name")}
        widgets = {
            "specialities": forms.CheckboxSelectMultiple,
            "phone": forms.TextInput,
            "division": DIVISIONS.widget_class,
            "from_on": DayInput,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "mediator" in self.fields and self.record is not None:
            self.initial["mediator"] = self.record.mediator


class NewLecturerForm(CheckedByTheAction, LecturerForm):
    permission = "training.add_lecturer"
    only_once = "mediator"
