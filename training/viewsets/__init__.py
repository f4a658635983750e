"""The desks of training, in the order of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from training.viewsets.audits import AuditItemDesk, HoursAuditDesk
from training.viewsets.certificate_kinds import CertificateKindDesk, SealDesk
from training.viewsets.certificate_runs import CertificateRunDesk
from training.viewsets.certificates import CertificateDesk
from training.viewsets.hours import HourEntryDesk, HoursDesk
from training.viewsets.mentorships import PairingDesk
from training.viewsets.policies import TrainingPolicyDesk
from training.viewsets.requirements import HoursRuleDesk, HoursWaiverDesk


class TrainingGroup(ViewSetGroup):
    """The menu of training."""

    menu_label = _("Training")
    menu_name = "training"
    menu_icon = "openquote"
    menu_order = 60
    items = (
        CertificateDesk,
        CertificateRunDesk,
        CertificateKindDesk,
        SealDesk,
        PairingDesk,
        HoursDesk,
        HourEntryDesk,
        HoursWaiverDesk,
        HoursAuditDesk,
        AuditItemDesk,
        HoursRuleDesk,
        TrainingPolicyDesk,
    )
