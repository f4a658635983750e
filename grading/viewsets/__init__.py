"""The desks of grading, in the order of the menu."""

from django.utils.translation import pgettext_lazy
from wagtail.admin.viewsets.base import ViewSetGroup

from grading.viewsets.applications import ApplicationDesk
from grading.viewsets.grades import GradeDesk
from grading.viewsets.panels import PanelDesk
from grading.viewsets.ranks import RankDesk
from grading.viewsets.readings import ReadingDesk
from grading.viewsets.recognitions import RecognitionDesk
from grading.viewsets.renewals import RenewalDesk
from grading.viewsets.review_consequences import ConsequenceDesk
from grading.viewsets.review_cycles import CycleDesk
from grading.viewsets.review_sheets import SheetDesk
from grading.viewsets.rounds import RoundDesk
from grading.viewsets.schemes import GradingSchemeDesk


class GradingGroup(ViewSetGroup):
    """By which rules levels are given, and to whom."""

    menu_label = pgettext_lazy("menu", "Grading")
    menu_name = "grading"
    menu_icon = "list-ol"
    menu_order = 61
    items = (
        RoundDesk,
        ApplicationDesk,
        PanelDesk,
        ReadingDesk,
        RankDesk,
        GradeDesk,
        RecognitionDesk,
        RenewalDesk,
        CycleDesk,
        SheetDesk,
        ConsequenceDesk,
        GradingSchemeDesk,
    )
