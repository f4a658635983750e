"""What officers may type about levels; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm
from registry.forms.staff import DayInput
from registry.models import Level


class LevelForm(ReasonForm):
    """A level that was given, since when, and on which paper it rests."""

    level = forms.ModelChoiceField(label=_("Level"), queryset=Level.objects.all())
    from_on = forms.DateField(label=_("Held from"), widget=DayInput)
    source = forms.CharField(
        label=_("Source"),
        max_length=120,
        help_text=_("The decision or list in which the level was given."),
    )


class EndLevelForm(ReasonForm):
    """The first day without the level."""

    until_on = forms.DateField(label=_("First day without the level"), widget=DayInput)
