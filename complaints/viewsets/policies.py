"""Figures of complaints on the desk: seen by all, set by the city bureau, never edited."""

from functools import partial

from django.utils.translation import gettext_lazy, pgettext_lazy

from complaints.forms.policies import NewComplaintPolicyForm
from complaints.models import ComplaintKey, ComplaintPolicy
from office.desk.columns import Column, column
from office.desk.filters import Filters, choice
from registry.actions import set_policy
from registry.viewsets.policies import TONES, PolicyDesk, figure, place


class ComplaintPolicyFilters(Filters):
    key = choice("key", gettext_lazy("What it sets"), ComplaintKey.choices)

    class Meta:
        model = ComplaintPolicy
        fields = []


class ComplaintPolicyDesk(PolicyDesk):
    name = "complaint_policies"
    model = ComplaintPolicy
    filterset_class = ComplaintPolicyFilters
    list_columns = (
        "key",
        Column(name="figure", label=gettext_lazy("Figure"), value=figure),
        Column(name="division", label=pgettext_lazy("rules", "Where"), value=place),
        "kind",
        column(ComplaintPolicy, "standing", tones=TONES),
        "source",
        "from_on",
        "until_on",
    )
    add_form_class = NewComplaintPolicyForm
    add = staticmethod(partial(set_policy, model=ComplaintPolicy))
