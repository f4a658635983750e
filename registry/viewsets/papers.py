"""A paper of a record on the desk: drawn when asked for, never stored."""

from django.http import Http404, HttpResponse

from office.desk.pages import RecordPage
from office.papers import render


class PaperView(RecordPage):
    """Draws one official paper of a record for those who may see the record."""

    paper = None

    def get(self, request, *args, **kwargs):
        made = self.paper(self.record)
        if made is None:
            raise Http404
        return pdf(made, f"{self.desk.name}-{self.record.pk}")


def pdf(paper, name):
    """Answer with a paper as a file that browsers show."""
    response = HttpResponse(render(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
