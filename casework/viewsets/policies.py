"""Figures of casework on the officer's desk: seen by all, set by the city bureau, never edited."""

from functools import partial

from django.utils.translation import gettext_lazy, pgettext_lazy

from casework.forms.policies import NewCaseworkPolicyForm
from casework.models import CaseworkKey, CaseworkPolicy
from office.desk.columns import Column, column
from office.desk.filters import Filters, choice
from registry.actions import set_policy
from registry.viewsets.policies import TONES, PolicyDesk, figure, place


class CaseworkPolicyFilters(Filters):
    key = choice("key", gettext_lazy("What it sets"), CaseworkKey.choices)

    class Meta:
        model = CaseworkPolicy
        fields = []


class CaseworkPolicyDesk(PolicyDesk):
    name = "casework_policies"
    model = CaseworkPolicy
    filterset_class = CaseworkPolicyFilters
    list_columns = (
        "key",
        Column(name="figure", label=gettext_lazy("Figure"), value=figure),
        Column(name="division", label=pgettext_lazy("rules", "Where"), value=place),
        "kind",
        column(CaseworkPolicy, "standing", tones=TONES),
        "source",
        "from_on",
        "until_on",
    )
    add_form_class = NewCaseworkPolicyForm
    add = staticmethod(partial(set_policy, model=CaseworkPolicy))
