"""The pages of rounds beside their list: one round, nominating and applying in it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from grading.actions import entering, nominating
from grading.forms.applications import ApplyForm, NominateForm
from grading.queries.bodies import bodies_of, committees_of
from grading.viewsets.scheme_pages import VersionView
from office.desk.pages import RecordPage
from office.desk.records import WritingPage


class RoundView(VersionView):
    """A round. What is held above is read here and acted on by nobody below."""


class NominateView(WritingPage, RecordPage):
    """Nominates a mediator of the own organisation or area in a round that is open for it."""

    def is_permitted(self):
        may = self.request.user.has_perm(nominating.NOMINATE)
        return may and super().is_permitted() and not self.record.is_of_bodies

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


def may_apply_in(grading_round, user):
    """Whether committees are graded and the user is the clerk of one that may apply."""
    bodies = bodies_of(user) if grading_round.is_of_bodies else ()
    return bool(bodies) and committees_of(grading_round.division).filter(pk__in=bodies).exists()


class ApplyView(WritingPage, RecordPage):
    """Begins the application of the clerk's organisation; it is completed on the own page."""

    def is_permitted(self):
        return super().is_permitted() and may_apply_in(self.record, self.request.user)

    def get_page_title(self):
        return _("Apply for the organisation")

    def make_form(self, data=None, files=None):
        return ApplyForm(data, files, user=self.request.user, record=self.record)

    def carry_out(self, form):
        given = form.values()
        made = entering.begin_for_body(
            given["organization"], given["level"], by=self.request.user, today=self.today
        )
        self.done_message = _("Begun: %(application)s") % {"application": made}
        return reverse("my_application", args=[made.pk])
