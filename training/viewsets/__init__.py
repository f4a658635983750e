"""The desks of training, in the order of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from training.viewsets.policies import TrainingPolicyDesk
from training.viewsets.question_imports import QuestionImportDesk
from training.viewsets.questions import QuestionDesk


class TrainingGroup(ViewSetGroup):
    """The menu of training."""

    menu_label = _("Training")
    menu_name = "training"
    menu_icon = "openquote"
    menu_order = 60
    items = (QuestionDesk, QuestionImportDesk, TrainingPolicyDesk)
