"""What officers may type about the key of a platform."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm
from registry.models import Division


class NewPushKeyForm(ReasonForm):
    """A key for one platform and one division."""

    permission = "casework.add_pushkey"

    name = forms.CharField(label=_("Name of the platform"), max_length=60)
    division = forms.ModelChoiceField(
        label=_("Division"),
        queryset=Division.objects.filter(level__in=["city", "county"], until_on=None),
        help_text=_("Cases of its organisations may be pushed, and no others."),
    )
