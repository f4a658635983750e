"""What is asked when a level given elsewhere is to be recognised."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grading.forms.setting_up import SEES_RULES
from grading.models import SchemeVersion
from office.desk.forms import ReasonForm
from registry.forms.choosers import MEDIATORS
from registry.forms.staff import DayInput
from registry.models import Mediator


class RecognitionForm(ReasonForm):
    """Whose level, given by whom on which document, counts as which of the own scale."""

    permission = "grading.add_recognition"

    mediator = forms.ModelChoiceField(
        label=_("Mediator"), queryset=Mediator.objects.all(), widget=MEDIATORS.widget_class
    )
    old_level = forms.CharField(label=_("Level given"), max_length=60)
    given_by = forms.CharField(
        label=_("Given by"),
        max_length=120,
        help_text=_("The body, and its scale where it has a name."),
    )
    document = forms.CharField(label=_("Number of the document"), max_length=120)
    dated = forms.DateField(label=_("Date of the document"), widget=DayInput)
    level = forms.ChoiceField(label=_("Counts as"), help_text=_("A level of a rule set in force."))
    from_on = forms.DateField(label=_("Counts from"), widget=DayInput)
    until_on = forms.DateField(
        label=_("First day without the level"),
        widget=DayInput,
        required=False,
        help_text=_("Left empty, it is valid as long as the rule says."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = SchemeVersion.objects.within(self.user, SEES_RULES).with_scheme()
        rows = rows.in_force(timezone.localdate()).filter(
            state="active", scheme__subject="mediator"
        )
        self.versions = {str(version.pk): version for version in rows}
        self.fields["level"].choices = [
            ("", "—"),
            *(
                (
                    str(version),
                    [(f"{version.pk}:{one.code}", one.label) for one in version.rules.levels],
                )
                for version in rows
            ),
        ]

    def values(self):
        typed = super().values()
        version, _colon, code = typed.pop("level").partition(":")
        return {**typed, "version": self.versions[version], "code": code}
