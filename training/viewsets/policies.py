"""Figures of training on the officer's desk: seen by all, set by the city bureau, never edited."""

from functools import partial

from django.utils.translation import gettext_lazy

from office.desk.columns import Column, column
from office.desk.filters import Filters, choice
from registry.actions import set_policy
from registry.viewsets.policies import TONES, PolicyDesk, figure, place
from training.forms.policies import NewTrainingPolicyForm
from training.models import TrainingKey, TrainingPolicy


class TrainingPolicyFilters(Filters):
    key = choice("key", gettext_lazy("What it sets"), TrainingKey.choices)

    class Meta:
        model = TrainingPolicy
        fields = []


class TrainingPolicyDesk(PolicyDesk):
    name = "training_policies"
    model = TrainingPolicy
    filterset_class = TrainingPolicyFilters
    list_columns = (
        "key",
        Column(name="figure", label=gettext_lazy("Figure"), value=figure),
        Column(name="division", label=gettext_lazy("Where"), value=place),
        "kind",
        column(TrainingPolicy, "standing", tones=TONES),
        "source",
        "from_on",
        "until_on",
    )
    add_form_class = NewTrainingPolicyForm
    add = staticmethod(partial(set_policy, model=TrainingPolicy))
