"""Pages about one person on the officer's desk, besides those every record has."""

from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from office.desk.columns import facts_of
from office.desk.pages import DeskPage, FormPage, RecordPage
from registry.editions.files import extract_paper
from registry.forms.staff import FindForm


class FindView(FormPage, DeskPage):
    """Finds a mediator by the exact number; the number is sent and never in an address."""

    action = "read_internal"
    template_name = "registry/desk/find.html"

    def get_page_title(self):
        return _("Find by number")

    def make_form(self, data=None, files=None):
        return FindForm(data)

    def post(self, request, *args, **kwargs):
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        number = form.cleaned_data["number"]
        found = self.rows().filter(
            Q(id_number_hash__of=number)
            | Q(phone_hash__of=number)
            | Q(certificate_number__iexact=number)
        )[:20]
        if len(found) == 1:
            return redirect(self.desk.url("inspect", found[0].pk))
        return self.show(form, found=[(row, self.desk.url("inspect", row.pk)) for row in found])


class PhotoView(RecordPage):
    """The photo, for those who may see more of the person than the public."""

    action = "read_internal"

    def get(self, request, *args, **kwargs):
        if not self.record.photo:
            raise Http404
        response = FileResponse(self.record.photo.open(), content_type="image/jpeg")
        response["Cache-Control"] = "no-store, private"
        return response


def show_extract(page, extract):
    """Answer with the printable extract."""
    address = page.request.build_absolute_uri(extract.get_absolute_url())
    answer = HttpResponse(extract_paper(extract, address), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="extract-{extract.public_id}.pdf"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def show_numbers(page, numbers):
    """Answer with ID number and phone, once, on a page that is kept nowhere."""
    page.template_name = "registry/desk/unmasked.html"
    labelled = [
        (label, numbers[name])
        for name, (label, _value) in zip(numbers, facts_of(page.record, *numbers), strict=True)
    ]
    return page.render_to_response(page.get_context_data(numbers=labelled))
