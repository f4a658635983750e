"""The register on the officer's desk: one group of menus."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from registry.forms.choosers import DIVISIONS, MEDIATORS, ORGANIZATIONS
from registry.viewsets.appointments import AppointmentDesk
from registry.viewsets.discipline import DisciplineDesk
from registry.viewsets.divisions import DivisionDesk
from registry.viewsets.imports import ImportDesk
from registry.viewsets.mediators import MediatorDesk
from registry.viewsets.organizations import OrganizationDesk
from registry.viewsets.policies import PolicyDesk
from registry.viewsets.posts import PostDesk


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
        DisciplineDesk,
        ImportDesk,
        DivisionDesk,
        PostDesk,
        PolicyDesk,
    )


CHOOSERS = [DIVISIONS, ORGANIZATIONS, MEDIATORS]
