"""The desks of training, in the order of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from training.viewsets.appeals import AppealDesk
from training.viewsets.attempts import AttemptDesk, CandidateDesk
from training.viewsets.audits import AuditItemDesk, HoursAuditDesk
from training.viewsets.bases import TrainingBaseDesk
from training.viewsets.certificate_kinds import CertificateKindDesk, SealDesk
from training.viewsets.certificate_runs import CertificateRunDesk
from training.viewsets.certificates import CertificateDesk
from training.viewsets.courses import CourseDesk, CourseStudyDesk, StudyDivisionDesk
from training.viewsets.enrolments import EnrolmentDesk
from training.viewsets.exams import ExamDesk
from training.viewsets.hours import HourEntryDesk, HoursDesk
from training.viewsets.marking import MarkingDesk
from training.viewsets.mentorships import PairingDesk
from training.viewsets.papers import PaperDesk
from training.viewsets.policies import TrainingPolicyDesk
from training.viewsets.question_imports import QuestionImportDesk
from training.viewsets.questions import QuestionDesk
from training.viewsets.rekeys import RekeyDesk
from training.viewsets.requirements import HoursRuleDesk, HoursWaiverDesk
from training.viewsets.sessions import TrainingSessionDesk
from training.viewsets.teaching import LecturerDesk, TextbookDesk


class TrainingGroup(ViewSetGroup):
    """What mediators learn, where and with whom, and the hours it comes to."""

    menu_label = _("Training")
    menu_name = "training"
    menu_icon = "openquote"
    menu_order = 60
    items = (
        CourseDesk,
        CourseStudyDesk,
        StudyDivisionDesk,
        TrainingSessionDesk,
        EnrolmentDesk,
        TrainingBaseDesk,
        PairingDesk,
        HoursDesk,
        HourEntryDesk,
        HoursWaiverDesk,
        HoursAuditDesk,
        AuditItemDesk,
        HoursRuleDesk,
        TextbookDesk,
        LecturerDesk,
        TrainingPolicyDesk,
    )


class ExamGroup(ViewSetGroup):
    """How mediators are examined and certified."""

    menu_label = _("Exams and certificates")
    menu_name = "exams"
    menu_icon = "form"
    menu_order = 65
    items = (
        QuestionDesk,
        QuestionImportDesk,
        PaperDesk,
        ExamDesk,
        CandidateDesk,
        AttemptDesk,
        MarkingDesk,
        RekeyDesk,
        AppealDesk,
        CertificateDesk,
        CertificateRunDesk,
        CertificateKindDesk,
        SealDesk,
    )
