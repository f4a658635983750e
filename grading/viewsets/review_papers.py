"""The review sheet as a paper, for officers who may see it."""

from grading.views.reviews import paper_of
from office.desk.pages import RecordPage


class SheetPaperView(RecordPage):
    """Hands the sheet out as a PDF."""

    def get(self, request, *args, **kwargs):
        return paper_of(self.record, self.today)
