"""The reasons of an outcome on the officers' desk, beside the application."""

from django.utils.translation import gettext as _

from grading.reports.statements import statement_of
from grading.views.reasons import paper_of
from office.desk.pages import RecordPage


class ReasonsView(RecordPage):
    """Why an application came out as it did.

    ``?paper=1`` hands it out as a PDF.
    """

    template_name = "grading/desk/reasons.html"

    def get_page_title(self):
        return _("Reasons of the outcome")

    def get(self, request, *args, **kwargs):
        if request.GET.get("paper"):
            return paper_of(self.record, self.today)
        statement = statement_of(self.record)
        return self.render_to_response(self.get_context_data(statement=statement))
