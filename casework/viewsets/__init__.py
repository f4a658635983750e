"""The desks of casework, in the order of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from casework.viewsets.file_checks import FileCheckDesk
from casework.viewsets.opinion_codes import OpinionCodeDesk
from casework.viewsets.opinions import OpinionDesk
from casework.viewsets.policies import CaseworkPolicyDesk
from casework.viewsets.quality import QualitySchemeDesk
from casework.viewsets.rated import RatedOrganizationDesk
from casework.viewsets.return_visits import ReturnVisitDesk
from casework.viewsets.samples import SampleDesk
from casework.viewsets.statistics import CaseStatisticsDesk


class CaseGroup(ViewSetGroup):
    """What is mediated and how well."""

    menu_label = _("Cases")
    menu_name = "cases"
    menu_icon = "folder-open-inverse"
    menu_order = 57
    items = (
        CaseStatisticsDesk,
        ReturnVisitDesk,
        OpinionDesk,
        OpinionCodeDesk,
        FileCheckDesk,
        SampleDesk,
        RatedOrganizationDesk,
        QualitySchemeDesk,
        CaseworkPolicyDesk,
    )
