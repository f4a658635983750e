"""The desks of casework, in the order of the menu."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.viewsets.base import ViewSetGroup

from casework.viewsets.allowances import AllowanceRunDesk, PayrollDesk
from casework.viewsets.case_imports import CaseImportDesk
from casework.viewsets.case_studies import CaseStudyDesk
from casework.viewsets.cases import CaseDesk
from casework.viewsets.claim_lines import ClaimLineDesk
from casework.viewsets.claims import ClaimDesk
from casework.viewsets.file_checks import FileCheckDesk
from casework.viewsets.opinion_codes import OpinionCodeDesk
from casework.viewsets.opinions import OpinionDesk
from casework.viewsets.policies import CaseworkPolicyDesk
from casework.viewsets.prevention import PreventionDesk
from casework.viewsets.push_keys import PushKeyDesk
from casework.viewsets.quality import QualitySchemeDesk
from casework.viewsets.rated import RatedOrganizationDesk
from casework.viewsets.return_visits import ReturnVisitDesk
from casework.viewsets.samples import SampleDesk
from casework.viewsets.statistics import CaseStatisticsDesk
from casework.viewsets.subsidy_schemes import SubsidySchemeDesk


class CaseGroup(ViewSetGroup):
    """What is mediated, how well, and what others can learn from it."""

    menu_label = pgettext_lazy("casework", "Cases")
    menu_name = "cases"
    menu_icon = "folder-open-inverse"
    menu_order = 57
    items = (
        CaseDesk,
        CaseStatisticsDesk,
        CaseImportDesk,
        ReturnVisitDesk,
        OpinionDesk,
        OpinionCodeDesk,
        RatedOrganizationDesk,
        FileCheckDesk,
        SampleDesk,
        PreventionDesk,
        CaseStudyDesk,
        QualitySchemeDesk,
        PushKeyDesk,
        CaseworkPolicyDesk,
    )


class SubsidyGroup(ViewSetGroup):
    """What mediators are paid for cases, and by which scheme."""

    menu_label = _("Subsidies")
    menu_name = "subsidies"
    menu_icon = "tasks"
    menu_order = 58
    items = (
        ClaimDesk,
        ClaimLineDesk,
        AllowanceRunDesk,
        PayrollDesk,
        SubsidySchemeDesk,
    )
