"""The register on the officer's desk: one group of menus."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from registry.forms.choosers import DIVISIONS, MEDIATORS, ORGANIZATIONS
from registry.viewsets.appointments import AppointmentDesk
from registry.viewsets.auxiliaries import AuxiliaryDesk
from registry.viewsets.awards import AwardDesk
from registry.viewsets.closures import ClosureDesk, ClosureItemDesk
from registry.viewsets.confirmations import CampaignDesk, ConfirmationDesk
from registry.viewsets.court import CourtNoticeDesk
from registry.viewsets.detection import DetectionDesk
from registry.viewsets.discipline import DisciplineDesk
from registry.viewsets.divisions import DivisionDesk
from registry.viewsets.editions import EditionDesk
from registry.viewsets.erasures import ErasureDesk
from registry.viewsets.experts import ExpertDesk
from registry.viewsets.filings import FilingDesk
from registry.viewsets.imports import ImportDesk
from registry.viewsets.legality import LegalityDesk
from registry.viewsets.mediators import MediatorDesk
from registry.viewsets.merges import MergeDesk
from registry.viewsets.notices import NoticeDesk, ObjectionDesk
from registry.viewsets.organizations import OrganizationDesk
from registry.viewsets.past import PastDesk
from registry.viewsets.policies import PolicyDesk
from registry.viewsets.posts import PostDesk
from registry.viewsets.rectifications import RectificationDesk
from registry.viewsets.standards import StaffingDesk, StandardDesk
from registry.viewsets.stars import StarDesk, StudioDesk


class RegisterGroup(ViewSetGroup):
    """The register's menu."""

    menu_label = _("Register")
    menu_name = "register"
    menu_icon = "group"
    menu_order = 50
    items = (
        OrganizationDesk,
        MediatorDesk,
        AppointmentDesk,
        FilingDesk,
        ConfirmationDesk,
        CampaignDesk,
        CourtNoticeDesk,
        EditionDesk,
        DetectionDesk,
        RectificationDesk,
        ClosureDesk,
        ClosureItemDesk,
        NoticeDesk,
        ObjectionDesk,
        DisciplineDesk,
        ErasureDesk,
        ImportDesk,
        DivisionDesk,
        PostDesk,
        PolicyDesk,
    )


REPORTS = [PastDesk(), MergeDesk()]


class StandingGroup(ViewSetGroup):
    """What organisations and people are measured by and honoured with."""

    menu_label = _("Standards and honours")
    menu_name = "standing"
    menu_icon = "table"
    menu_order = 55
    items = (
        StaffingDesk,
        LegalityDesk,
        StandardDesk,
        AwardDesk,
        StarDesk,
        StudioDesk,
        ExpertDesk,
        AuxiliaryDesk,
    )


CHOOSERS = [DIVISIONS, ORGANIZATIONS, MEDIATORS]
