"""The desks of training, in the order of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from training.viewsets.attempts import AttemptDesk, CandidateDesk
from training.viewsets.exams import ExamDesk
from training.viewsets.papers import PaperDesk
from training.viewsets.policies import TrainingPolicyDesk


class TrainingGroup(ViewSetGroup):
    """The menu of training."""

    menu_label = _("Training")
    menu_name = "training"
    menu_icon = "openquote"
    menu_order = 60
    items = (PaperDesk, ExamDesk, CandidateDesk, AttemptDesk, TrainingPolicyDesk)
