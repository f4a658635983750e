"""What officers may type about rounds: shape only; the actions decide."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.actions.rounds import offered_levels
from grading.forms.setting_up import SetUpForm
from grading.models import GradingRound, Purpose, RoundLevel
from office.desk.forms import ReasonForm, RecordModelForm
from registry.forms.staff import DayInput


class NewRoundForm(SetUpForm):
    """Whose round by which rule, judged by which day, for which levels."""

    permission = "grading.add_gradinground"

    rules = {"scheme__purpose": Purpose.GRADING}
    about_version = _("Those in force. The round stays with this version.")

    levels = forms.MultipleChoiceField(
        label=_("Levels that may be applied for"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those on which your bureau decides by the rule."),
    )
    as_of = forms.DateField(
        label=_("Judged by what is known on"),
        widget=DayInput,
        help_text=_("Service, cases and everything else count up to this day."),
    )
    takes_late = forms.BooleanField(
        label=_("Late applications are taken"),
        required=False,
        help_text=_("Each is marked as late; a setting of the bureau."),
    )
    correction_days = forms.IntegerField(
        label=_("Working days for corrections"),
        min_value=0,
        max_value=250,
        initial=5,
        help_text=_("A setting of the bureau; no rule found."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["levels"].choices = [
            (
                str(version),
                [(f"{version.pk}:{one.code}", one.label) for one in version.rules.levels],
            )
            for version in self.versions
        ]

    def clean(self):
        cleaned = super().clean()
        version = cleaned.get("version")
        named = [one.partition(":") for one in cleaned.get("levels", [])]
        if version and any(pk != str(version.pk) for pk, _colon, _code in named):
            self.add_error("levels", gettext("Choose levels of the version that you chose."))
        return cleaned

    def values(self):
        typed = super().values()
        return {**typed, "levels": [one.partition(":")[2] for one in typed["levels"]]}


class RoundForm(RecordModelForm):
    """What may still change of a draft; another rule or place is another round."""

    permission = "grading.change_gradinground"

    levels = forms.MultipleChoiceField(
        label=_("Levels that may be applied for"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = GradingRound
        fields = ["title", "as_of", "takes_late", "correction_days"]
        widgets = {"as_of": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = offered_levels(self.record.version, self.record.division)
        self.fields["levels"].choices = [(one.code, one.label) for one in offered]
        self.initial.setdefault("levels", [one.code for one in self.record.levels.all()])


class WindowsForm(ReasonForm):
    """The first and the last day of each level."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.levels = list(self.record.levels.all())
        for level in self.levels:
            for name, label in (("opens_on", _("%s: first day")), ("closes_on", _("%s: last day"))):
                self.fields[f"{name}_{level.pk}"] = forms.DateField(
                    label=label % level.label, widget=DayInput, required=False
                )
                self.initial.setdefault(f"{name}_{level.pk}", getattr(level, name))
        self.order_fields([name for name in self.fields if name != "reason"])

    def values(self):
        typed = super().values()
        windows = {
            level.pk: (typed[f"opens_on_{level.pk}"], typed[f"closes_on_{level.pk}"])
            for level in self.levels
        }
        return {"reason": typed["reason"], "windows": windows}


class ExtendForm(ReasonForm):
    """Which window is made longer, until when."""

    level = forms.ModelChoiceField(RoundLevel.objects.none(), label=_("Level"))
    extended_to = forms.DateField(label=_("New last day"), widget=DayInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].queryset = self.record.levels.all()
