"""What officers may type about appointments: shape only; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.documents import PaperField
from office.desk.forms import ReasonForm, RecordModelForm
from office.identity import check_phone, check_resident_id
from registry.forms.choosers import MEDIATORS, ORGANIZATIONS
from registry.forms.staff import DayInput
from registry.models import Appointment, Discipline, Ground, Route
from registry.rules import DecidingBody


class AppointmentForm(RecordModelForm):
    """The data of an appointment; who and where stay as they are."""

    permission = "registry.change_appointment"

    class Meta:
        model = Appointment
        fields = [
            "post", "employment", "route", "unit_body", "unit", "decided_on", "from_on",
            "term_until_on",
        ]  # fmt: skip
        widgets = {"from_on": DayInput, "term_until_on": DayInput, "decided_on": DayInput}


class NewAppointmentForm(AppointmentForm):
    """A post that somebody holds already."""

    permission = "registry.add_appointment"

    class Meta(AppointmentForm.Meta):
        fields = ["mediator", "organization", *AppointmentForm.Meta.fields]
        widgets = {
            **AppointmentForm.Meta.widgets,
            "mediator": MEDIATORS.widget_class,
            "organization": ORGANIZATIONS.widget_class,
        }


class NominationForm(RecordModelForm):
    """Somebody put forward for a post: a person of the register, or one who enters with it."""

    permission = "registry.nominate_appointment"

    name = forms.CharField(
        label=_("Person's name"),
        max_length=60,
        required=False,
        help_text=_("Only for somebody who cannot be chosen above."),
    )
    id_number = forms.CharField(
        label=_("ID number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Personal phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Appointment
        fields = ["organization", "mediator", "post", "employment", "from_on", "term_until_on"]
        labels = {"from_on": _("Planned from"), "term_until_on": _("Planned end of the term")}
        widgets = {
            "mediator": MEDIATORS.widget_class,
            "organization": ORGANIZATIONS.widget_class,
            "from_on": DayInput,
            "term_until_on": DayInput,
        }

    field_order = ["organization", "mediator", "name", "id_number", "phone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mediator"].required = False

    def clean_id_number(self):
        typed = self.cleaned_data["id_number"]
        return check_resident_id(typed).number if typed else ""

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        return check_phone(typed) if typed else ""

    def clean(self):
        """Either somebody is chosen, or name and ID number say who it is."""
        typed = super().clean()
        if typed.get("mediator"):
            typed["name"] = typed["id_number"] = typed["phone"] = ""
        else:
            for name in ("name", "id_number"):
                if name not in self.errors and not typed.get(name):
                    self.add_error(name, _("Choose a person, or type name and ID number."))
        return typed

    def _post_clean(self):
        """Leave the check of the whole row to the action: the person may not be known yet."""

    def values(self):
        values = super().values()
        return {name: value for name, value in values.items() if value not in (None, "")}


class AcceptForm(ReasonForm):
    """By whom and when somebody was elected or appointed, with the paper that says so."""

    route = forms.ChoiceField(label=_("Elected or appointed"), choices=Route.choices)
    unit_body = forms.ChoiceField(label=_("Who elected or appointed"), choices=DecidingBody.choices)
    unit = forms.CharField(label=_("Name of this unit"), max_length=120)
    decided_on = forms.DateField(label=_("Elected or appointed on"), widget=DayInput)
    document = PaperField(label=_("Minutes or decision"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record:
            self.initial.setdefault("unit", self.record.organization.name)


class BeginForm(ReasonForm):
    """The first day in the post; after a probation there is none to type."""

    from_on = forms.DateField(
        label=_("First day"), widget=DayInput, required=False, help_text=_("Empty: today.")
    )


class ProbationForm(BeginForm):
    """The first day, and for how long at most the person is on probation."""

    months = forms.IntegerField(
        label=_("Months of probation"),
        min_value=1,
        required=False,
        help_text=_("Empty: as long as the policy sets."),
    )


class RenewalForm(ReasonForm):
    """When the unit decided, and why no review of the term is there if there is none."""

    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput)
    without_reviews_because = forms.CharField(
        label=_("Why there is no review of the term"), max_length=300, required=False
    )


class LapseForm(ReasonForm):
    """When the person was told that the term is not renewed."""

    told_on = forms.DateField(label=_("Person told on"), widget=DayInput)


class EndForm(ReasonForm):
    """The first day without the post, and the paper that says so."""

    until_on = forms.DateField(label=_("First day without the post"), widget=DayInput)
    document = PaperField(label=_("Document"))


class DeprivationForm(EndForm):
    """What article 15 asks for: ground, seriousness, the deciding unit, the earlier criticism."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices)
    serious = forms.BooleanField(label=_("The case is serious"))
    unit = forms.CharField(
        label=_("Unit that decided"),
        max_length=120,
        help_text=_("The unit that elected or appointed the person; never a bureau of justice."),
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput)
    without_criticism_because = forms.CharField(
        label=_("Why the committee did not criticise before"), max_length=300, required=False
    )

    field_order = ["ground", "serious", "unit", "decided_on", "until_on", "document"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record:
            self.initial.setdefault("unit", self.record.unit)


class DisciplineForm(ReasonForm, forms.ModelForm):
    """Criticism, an order to correct, or the flag that a court took somebody off its list."""

    document = PaperField(label=_("Document"))

    class Meta:
        model = Discipline
        fields = ["kind", "ground", "unit", "decided_on", "text"]
        widgets = {"decided_on": DayInput, "text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "ground": _("For criticism and orders: a ground of article 15."),
            "unit": _("Empty: the committee itself. For the flag: the court."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].required = False

    def _post_clean(self):
        """Leave the check of the whole row to the action, which knows the post."""
