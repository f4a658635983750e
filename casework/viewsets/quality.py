"""Schemes of file quality on the desk: seen by all, set by the city bureau, never edited."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casework.actions import quality
from casework.forms.file_checks import NewQualitySchemeForm
from casework.models import QualityScheme
from office.desk.columns import Column, Section, column, facts_of
from office.desk.viewset import DeskViewSet
from registry.viewsets.policies import TONES, place


class QualitySchemeDesk(DeskViewSet):
    name = "quality_schemes"
    icon = "list-ol"
    model = QualityScheme
    help = gettext_lazy("What the file of a case is scored by: items that add up to 100 points.")
    related = ("division",)
    list_columns = (
        "name",
        Column(name="division", label=pgettext_lazy("rules", "Where"), value=place),
        column(QualityScheme, "standing", tones=TONES),
        "source",
        "from_on",
    )
    add_form_class = NewQualitySchemeForm
    add = staticmethod(quality.set_quality_scheme)

    def sections(self, record, page):
        items = [(str(item), item.points) for item in record.items.all()]
        data = facts_of(record, *self.list_columns)
        return [
            Section(name="data", heading=_("Scheme of file quality"), icon="list-ol", facts=data),
            Section(name="items", heading=_("Items and points"), icon="pick", facts=items),
        ]
