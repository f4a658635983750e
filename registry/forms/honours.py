"""What officers may type about awards, stars, studios, experts and auxiliaries."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm, RecordModelForm
from office.identity import check_phone
from office.personal import mask_phone
from registry.forms.choosers import DIVISIONS, MEDIATORS, ORGANIZATIONS
from registry.forms.staff import DayInput
from registry.models import AuxiliaryPerson, Award, Expert, StarRating, StudioProfile
from registry.models.star import MOST_STARS


class AwardForm(RecordModelForm):
    """What is written of an award; whom it honours stays."""

    permission = "registry.change_award"

    class Meta:
        model = Award
        fields = ["level", "title", "awarded_on", "awarded_by"]
        widgets = {"awarded_on": DayInput}


class NewAwardForm(AwardForm):
    """An award for a mediator or for an organisation."""

    permission = "registry.add_award"

    class Meta(AwardForm.Meta):
        fields = ["mediator", "organization", *AwardForm.Meta.fields]
        widgets = {
            **AwardForm.Meta.widgets,
            "mediator": MEDIATORS.widget_class,
            "organization": ORGANIZATIONS.widget_class,
        }
        help_texts = {"organization": _("Either a mediator or an organisation, not both.")}


class NewStarRatingForm(RecordModelForm):
    """The stars of a committee."""

    permission = "registry.add_starrating"

    class Meta:
        model = StarRating
        fields = ["organization", "stars", "most_stars", "rated_on", "rated_by"]
        widgets = {"organization": ORGANIZATIONS.widget_class, "rated_on": DayInput}


class RecheckStarsForm(ReasonForm):
    """The outcome of a re-check: a new rating."""

    stars = forms.IntegerField(label=_("Stars"), min_value=1, max_value=MOST_STARS)
    most_stars = forms.IntegerField(
        label=_("Most stars of the scheme"), min_value=1, max_value=MOST_STARS, initial=MOST_STARS
    )
    rated_on = forms.DateField(label=_("Rated on"), widget=DayInput, initial=timezone.localdate)
    rated_by = forms.CharField(label=_("Rated by"), max_length=100)


class StudioForm(RecordModelForm):
    """The profile of a studio."""

    permission = "registry.change_studioprofile"

    class Meta:
        model = StudioProfile
        fields = ["named_after", "leader", "level"]
        widgets = {"leader": MEDIATORS.widget_class}


class NewStudioForm(StudioForm):
    permission = "registry.add_studioprofile"

    class Meta(StudioForm.Meta):
        fields = ["organization", *StudioForm.Meta.fields, "recognised_on"]
        widgets = {
            **StudioForm.Meta.widgets,
            "organization": ORGANIZATIONS.widget_class,
            "recognised_on": DayInput,
        }


class RecheckStudioForm(ReasonForm):
    """When a studio was checked again."""

    checked_on = forms.DateField(label=_("Checked on"), widget=DayInput, initial=timezone.localdate)


class PhoneForm(RecordModelForm):
    """A form with a phone that is never shown, only replaced."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.pop("phone", None)
        self.fields["phone"].widget.attrs["autocomplete"] = "off"
        known = getattr(self.record, "phone", "")
        if known:
            self.fields["phone"].help_text = gettext(
                "On record: %(mask)s. Leave empty to keep it, type a new one to replace it."
            ) % {"mask": mask_phone(known)}

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        return check_phone(typed) if typed else getattr(self.record, "phone", "")

    def values(self):
        values = super().values()
        if "phone" not in self.changed_data:
            del values["phone"]
        return values


class ExpertForm(PhoneForm):
    """The data of an expert; the term is given by acts."""

    permission = "registry.change_expert"

    class Meta:
        model = Expert
        fields = ["name", "field", "employer", "division", "phone"]
        labels = {"name": _("Person's name")}
        widgets = {"division": DIVISIONS.widget_class, "phone": forms.TextInput}


class NewExpertForm(ExpertForm):
    permission = "registry.add_expert"

    class Meta(ExpertForm.Meta):
        fields = ["name", "field", "employer", "division", "born_on", "phone", "from_on"]
        widgets = {**ExpertForm.Meta.widgets, "born_on": DayInput, "from_on": DayInput}


class AuxiliaryForm(PhoneForm):
    """The data of an informant or a volunteer."""

    permission = "registry.change_auxiliaryperson"

    class Meta:
        model = AuxiliaryPerson
        fields = ["kind", "name", "phone", "division", "organization", "from_on"]
        labels = {"name": _("Person's name")}
        widgets = {
            "phone": forms.TextInput,
            "division": DIVISIONS.widget_class,
            "organization": ORGANIZATIONS.widget_class,
            "from_on": DayInput,
        }


class NewAuxiliaryForm(AuxiliaryForm):
    permission = "registry.add_auxiliaryperson"


class EndAuxiliaryForm(ReasonForm):
    """The first day on which somebody helps no more."""

    until_on = forms.DateField(
        label=_("First day without it"), widget=DayInput, initial=timezone.localdate
    )
