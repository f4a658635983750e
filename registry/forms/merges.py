"""What officers may type about a merge: which other entry is meant."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm
from registry.forms.choosers import MEDIATORS, ORGANIZATIONS
from registry.models import Mediator, Organization

HELP = _("Its rows go to the entry you came from; its numbers and its address keep leading there.")


class MergeMediatorForm(ReasonForm):
    permission = "registry.merge_mediator"

    gone = forms.ModelChoiceField(
        label=_("The other entry of this person"),
        queryset=Mediator.objects.filter(merged_into=None),
        widget=MEDIATORS.widget_class,
        help_text=HELP,
    )


class MergeOrganizationForm(ReasonForm):
    permission = "registry.merge_organization"

    gone = forms.ModelChoiceField(
        label=_("The other entry of this organisation"),
        queryset=Organization.objects.filter(merged_into=None),
        widget=ORGANIZATIONS.widget_class,
        help_text=HELP,
    )
