"""What rounds and reviews are both set up with: a title, a place, and the rule in force there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grading.actions.rounds import TIERS
from grading.flows import VersionState
from grading.models import SchemeVersion
from office.desk.forms import ReasonForm
from registry.forms.choosers import DIVISIONS
from registry.models import Division

SEES_RULES = "grading.view_schemeversion"


def own_bureau(rows):
    """Return the key of the officer's own bureau among the divisions, None for a real choice.

    What lies below a city is the counties'.
    """
    own = list(rows.order_by("id")[:2])
    is_one = own and (len(own) == 1 or own[1].level != own[0].level)
    return own[0].pk if is_one else None


class SetUpForm(ReasonForm):
    """Whose it is and by which rule; what there is no choice of is filled in."""

    # What the rule sets are about, and what is said beside them.
    rules = {}
    about_version = ""

    title = forms.CharField(label=_("Title"), max_length=120)
    division = forms.ModelChoiceField(
        label=_("Division"),
        queryset=Division.objects.filter(level__in=TIERS),
        widget=DIVISIONS.widget_class,
    )
    version = forms.ModelChoiceField(
        label=_("Version of the rule set"), queryset=None, empty_label=_("Choose")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["version"]
        field.queryset, field.help_text = self._versions(), self.about_version
        self.versions = list(field.queryset)
        self.initial.setdefault("division", own_bureau(self.fields["division"].queryset))
        if len(self.versions) == 1:
            self.initial.setdefault("version", self.versions[0].pk)

    def _versions(self):
        rows = SchemeVersion.objects.within(self.user, SEES_RULES).with_scheme()
        return rows.filter(state=VersionState.ACTIVE, **self.rules)
