"""Forms of an organisation: what is corrected directly, and what was entered wrongly."""

from django.utils.translation import gettext as _

from office.desk.columns import facts_of
from office.desk.records import EditView
from office.desk.viewset import DESKS
from registry.actions.organizations import correct_entry
from registry.flows import OrganizationState
from registry.forms.staff import EntryErrorForm
from registry.models import FILED_ONLY


class OrganizationEditView(EditView):
    """The form without what only a filing changes; that stands above it, with the way to file."""

    template_name = "registry/desk/organization_edit.html"

    def get_context_data(self, **kwargs):
        if self.record.state == OrganizationState.LISTED:
            kwargs["filed_only"] = facts_of(self.record, *FILED_ONLY)
            kwargs["ways"] = list(self.ways())
        return super().get_context_data(**kwargs)

    def ways(self):
        """Yield (label, address) of what the officer may do about those facts."""
        filings, pk = DESKS["registry.filing"], self.record.pk
        if filings.permits(self.request.user, "add"):
            yield _("File a change"), f"{filings.url('open', 'change')}?organization={pk}"
        if self.rows("correct").filter(pk=pk).exists():
            yield _("Correct an entry error"), self.desk.url("correct", pk)


class EntryErrorView(EditView):
    """Corrects what was entered wrongly in a listed organisation; whoever may is the bureau."""

    action = "correct"
    write = staticmethod(correct_entry)

    def is_permitted(self):
        return super().is_permitted() and self.record.state == OrganizationState.LISTED

    def get_page_title(self):
        return _("Correct an entry error")

    def make_form(self, data=None, files=None):
        return EntryErrorForm(data, files, user=self.request.user, record=self.record)
