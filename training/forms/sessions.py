"""What officers may type about bases, sessions, enrolments and attendance."""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.forms import DeskForm, ReasonForm, RecordModelForm
from office.scopes import grants_of
from registry.forms.staff import DayInput
from registry.models import Mediator, Organization
from training.models import SessionPart, TrainingBase, TrainingSession


class ClockInput(forms.TimeInput):
    """The browser's own field for a time of the day."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class BaseForm(RecordModelForm):
    """The data of a training base."""

    permission = "training.change_trainingbase"

    class Meta:
        model = TrainingBase
        fields = ["code", "name", "division", "address", "seats", "strengths"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = self.fields["division"].queryset
        levels = ["city", "county", "township"]
        self.fields["division"].queryset = offered.filter(level__in=levels, until_on=None)


class NewBaseForm(BaseForm):
    permission = "training.add_trainingbase"


class SessionForm(RecordModelForm):
    """The data of a session but its parts."""

    permission = "training.change_trainingsession"

    class Meta:
        model = TrainingSession
        fields = [
            "title", "division", "base", "content_class", "speciality", "audience", "hours",
            "seats", "enrol_until_on", "own_enrolment", "nomination", "needs_approval",
            "least_share",
        ]  # fmt: skip
        widgets = {"enrol_until_on": DayInput}
        help_texts = {
            "division": gettext_lazy("Open to the mediators of this division and all below it."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "division" in self.fields:
            offered = self.fields["division"].queryset
            levels = ["city", "county", "township"]
            self.fields["division"].queryset = offered.filter(level__in=levels, until_on=None)


class NewSessionForm(SessionForm):
    permission = "training.add_trainingsession"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["base"].queryset = self.fields["base"].queryset.in_use()


class PartForm(ReasonForm):
    """When a part is, what it teaches and who teaches it."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)
    begins = forms.TimeField(label=gettext_lazy("Begins at"), widget=ClockInput)
    ends = forms.TimeField(label=gettext_lazy("Ends at"), widget=ClockInput)
    title = forms.CharField(label=gettext_lazy("Title of the part"), max_length=120)
    lecturer = forms.CharField(label=gettext_lazy("Lecturer"), max_length=60, required=False)

    def clean(self):
        typed = super().clean()
        begins, ends = typed.get("begins"), typed.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("It ends after it begins."))
        return typed

    def values(self):
        values = super().values()
        day, zone = values.pop("day"), get_current_timezone()
        for name, typed in [("starts_at", "begins"), ("ends_at", "ends")]:
            values[name] = datetime.combine(day, values.pop(typed), tzinfo=zone)
        return values


class DropPartForm(ReasonForm):
    """Which part is taken out."""

    part = forms.ModelChoiceField(
        SessionPart.objects.none(), label=gettext_lazy("Part"), widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].queryset = self.record.parts.all()


class NominateForm(ReasonForm):
    """Which of the own people an organisation nominates."""

    permission = "training.nominate_trainingsession"

    organization = forms.ModelChoiceField(
        Organization.objects.listed(), label=gettext_lazy("Organisation")
    )
    mediators = forms.ModelMultipleChoiceField(
        Mediator.objects.filter(merged_into=None),
        label=gettext_lazy("People"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["organization", "mediators", "reason"])
        # Only a post in an organisation nominates; whoever has none is offered nobody.
        grants = grants_of(self.user, self.permission)
        own = [grant.organization for grant in grants if grant.organization is not None]
        offered = self.fields["organization"].queryset.filter(pk__in=own)
        self.fields["organization"].queryset = offered
        people = self.fields["mediators"].queryset
        self.fields["mediators"].queryset = people.filter(people.of_organizations(own))
        if len(own) == 1:
            self.initial.setdefault("organization", own[0])


class CorrectForm(ReasonForm):
    """The minutes a person attended, part by part."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = dict(self.record.attendances.values_list("part", "minutes"))
        self.parts = {f"part_{part.pk}": part for part in self.record.session.parts.all()}
        for name, part in self.parts.items():
            self.fields[name] = forms.IntegerField(
                label=str(part),
                min_value=0,
                max_value=part.minutes,
                initial=known.get(part.pk, 0),
                help_text=_("Minutes, at most %(most)d.") % {"most": part.minutes},
            )
        self.order_fields([*self.parts, "reason"])

    def values(self):
        values = super().values()
        return {
            "reason": values["reason"],
            "minutes": {part: values[name] for name, part in self.parts.items()},
        }


class TickForm(DeskForm):
    """Who of the enrolled is there."""

    present = forms.MultipleChoiceField(
        label=gettext_lazy("Present"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, enrolled, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [(str(row.pk), row.mediator.name) for row in enrolled]
        self.initial["present"] = [str(pk) for pk, minutes in known.items() if minutes]


class ListForm(DeskForm):
    """A list of those who attended a part."""

    part = forms.ModelChoiceField(SessionPart.objects.none(), label=gettext_lazy("Part"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An .xlsx or CSV file with the names, and the certificate numbers and minutes if you"
            " have them; without minutes a row counts for the whole part."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        allow_empty_file=True,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].queryset = self.record.parts.all()


class ListCheckedForm(DeskForm):
    """What was read from a list and found right, sealed so that it comes back as it was shown."""

    sealed = forms.CharField(widget=forms.HiddenInput)
