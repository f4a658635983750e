"""The pages of rounds beside their list: one round, and nominating somebody in it."""

from django.utils.translation import gettext as _

from grading.actions import nominating
from grading.forms.applications import NominateForm
from grading.viewsets.scheme_pages import VersionView
from office.desk.pages import RecordPage
from office.desk.records import WritingPage


class RoundView(VersionView):
    """A round. What is held above is read here and acted on by nobody below."""


class NominateView(WritingPage, RecordPage):
    """Nominates a mediator of the own organisation or area in a round that is open for it."""

    def is_permitted(self):
        return self.request.user.has_perm(nominating.NOMINATE) and super().is_permitted()

    def get_page_title(self):
        return _("Nominate a mediator")

    def make_form(self, data=None, files=None):
        return NominateForm(data, files, user=self.request.user, record=self.record)

    def carry_out(self, form):
        made = nominating.nominate(
            self.record.pk, by=self.request.user, today=self.today, **form.values()
        )
        self.done_message = _("Nominated: %(application)s") % {"application": made}
        return self.record_url
