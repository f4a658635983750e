"""Training bases on the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import step
from office.desk.columns import Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column
from training.actions import bases
from training.flows import BASE, BaseState
from training.forms.sessions import BaseForm, NewBaseForm
from training.models import TrainingBase

BASE_TONES = {BaseState.OPEN: "ok"}


class BaseFilters(Filters):
    name = contains("name", gettext_lazy("Name of the base"))
    division = DivisionFilter()

    class Meta:
        model = TrainingBase
        fields = []


class TrainingBaseDesk(DeskViewSet):
    name = "training_bases"
    icon = "home"
    model = TrainingBase
    related = ("division",)
    filterset_class = BaseFilters
    tab_field = "state"
    list_columns = (
        "code",
        "name",
        division_column,
        "seats",
        "strengths",
        column(TrainingBase, "state", tones=BASE_TONES),
    )
    exported = (*list_columns, "address")
    form_class = BaseForm
    add_form_class = NewBaseForm
    add = staticmethod(bases.add_base)
    change = staticmethod(bases.change_base)
    acts = (
        step(BASE, "close", bases.close_base, grave=True, icon="cross"),
        step(BASE, "reopen", bases.reopen_base),
    )

    def tags(self, record):
        return [(record.get_state_display(), BASE_TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        facts = facts_of(record, "code", "division", "address", "seats", "strengths")
        return [Section(name="data", heading=_("Training base"), icon="home", facts=facts)]
