"""The desks of complaints, in the order of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from complaints.viewsets.complaints import ComplaintDesk
from complaints.viewsets.consequences import ConsequenceDesk
from complaints.viewsets.policies import ComplaintPolicyDesk
from complaints.viewsets.received_sheets import ReceivedSheetDesk, SupervisedSheetDesk
from complaints.viewsets.task_sheets import TaskSheetDesk


class ComplaintGroup(ViewSetGroup):
    """What people complain of, who looks into it, and by when."""

    menu_label = _("Complaints")
    menu_name = "complaints"
    menu_icon = "warning"
    menu_order = 59
    items = (
        ComplaintDesk,
        TaskSheetDesk,
        ReceivedSheetDesk,
        SupervisedSheetDesk,
        ConsequenceDesk,
        ComplaintPolicyDesk,
    )
