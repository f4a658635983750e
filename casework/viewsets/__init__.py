"""The desks of casework, in the order of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from casework.viewsets.policies import CaseworkPolicyDesk
from casework.viewsets.statistics import CaseStatisticsDesk


class CaseGroup(ViewSetGroup):
    """What is mediated and how well."""

    menu_label = _("Cases")
    menu_name = "cases"
    menu_icon = "folder-open-inverse"
    menu_order = 57
    items = (CaseStatisticsDesk, CaseworkPolicyDesk)
