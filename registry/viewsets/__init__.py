"""The register on the officer's desk: one group of menus."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from registry.forms.choosers import DIVISIONS, MEDIATORS, ORGANIZATIONS
from registry.viewsets.appointments import AppointmentDesk
from registry.viewsets.auxiliaries import AuxiliaryDesk
from registry.viewsets.awards import AwardDesk
from registry.viewsets.divisions import DivisionDesk
from registry.viewsets.experts import ExpertDesk
from registry.viewsets.imports import ImportDesk
from registry.viewsets.legality import LegalityDesk
from registry.viewsets.mediators import MediatorDesk
from registry.viewsets.organizations import OrganizationDesk
from registry.viewsets.policies import PolicyDesk
from registry.viewsets.posts import PostDesk
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
        ImportDesk,
        DivisionDesk,
        PostDesk,
        PolicyDesk,
    )


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
