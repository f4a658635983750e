"""The cases an organisation is or was in, and what may be begun from its page."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from office.desk.columns import Section
from office.desk.viewset import DESKS
from office.policies import rows_for
from office.scopes import carries
from registry.flows import ClosureState, FilingKind, OrganizationState
from registry.flows.appointment import MEDIATING
from registry.models import Closure, ConfirmingOrganization, Organization, Rectification
from registry.rules import COMMITTEES

S = OrganizationState
# What is or was on the roster has a page of its own for the public.
WITH_A_PAGE = {*MEDIATING, S.CLOSING, S.DEREGISTERED}
SEEN = "registry.view_organization"


def cases_section(organization, page):
    """Return the section of the orders to rectify and deregistrations, if the user sees any."""
    links = [
        (f"{capfirst(row._meta.verbose_name)} {begun_on:%Y-%m-%d}", row.get_state_display(), url)
        for begun_on, row, url in sorted(cases_of(organization, page), key=lambda case: case[0])
    ]
    links += successor_of(organization, page)
    if not links:
        return []
    return [
        Section(
            name="cases",
            heading=_("Orders and deregistration"),
            icon="warning",
            template="registry/desk/appointment.html",
            context={"links": links, "facts": []},
        )
    ]


def successor_of(organization, page):
    """Return the link to the organisation that carries on, if there is one."""
    if organization.successor is None:
        return []
    desk = DESKS["registry.organization"]
    seen = desk.rows(page.request.user).filter(pk=organization.successor_id).exists()
    url = desk.url("inspect", organization.successor_id) if seen else ""
    label = capfirst(Organization._meta.get_field("successor").verbose_name)
    return [(label, organization.successor, url)]


def cases_of(organization, page):
    """Yield (first day, case, its address) for every case of the organisation the user sees."""
    user = page.request.user
    for model, first_day in ((Rectification, "ordered_on"), (Closure, "opened_on")):
        desk = DESKS[model._meta.label_lower]
        for row in rows_for(user, "view", model).filter(organization=organization):
            yield getattr(row, first_day), row, desk.url("inspect", row.pk)


class Beginnings:
    """What an officer may begin from the page of an organisation, each as a button."""

    def __init__(self, organization, user):
        self.organization, self.user = organization, user

    def __iter__(self):
        yield from self.confirmation()
        yield from self.filings()
        if self.organization.state in MEDIATING and self.may("registry.nominate_appointment"):
            yield _("Nominate somebody"), self.to("appointment", "nominate"), "user", False
        yield from self.cases()
        if self.organization.state in WITH_A_PAGE:
            yield _("As the public sees it"), self.organization.get_absolute_url(), "view", False

    def filings(self):
        """A change or a re-election, while no other filing of the organisation is open."""
        body = self.organization
        if body.state not in {S.LISTED, S.RECTIFYING} or not self.may("registry.add_filing"):
            return
        if any(filing.is_open for filing in body.filings.all()):
            return
        if body.state == S.LISTED:
            yield _("File a change"), self.to("filing", "open", FilingKind.CHANGE), "form", False
        if body.kind in COMMITTEES:
            url = self.to("filing", "open", FilingKind.RE_ELECTION)
            yield _("File a re-election"), url, "form", False

    def confirmation(self):
        """The yearly confirmation, while a campaign waits for that of this organisation."""
        body = self.organization
        if body.state not in MEDIATING or not self.may("registry.confirm_confirmingorganization"):
            return
        asked = ConfirmingOrganization.objects.asked().filter(pk=body.pk, standing="missing")
        if asked.exists():
            url = DESKS["registry.confirmingorganization"].url("inspect", body.pk)
            yield _("Confirm people and data"), url, "check", False

    def cases(self):
        """An order to rectify, and the way off the roster."""
        state = self.organization.state
        if state == S.LISTED and self.may("registry.add_rectification"):
            yield _("Order to rectify"), self.to("rectification", "add"), "warning", False
        if state not in {S.LISTED, S.RECTIFYING} or not self.may("registry.add_closure"):
            return
        if not self.organization.closures.filter(state=ClosureState.DRAFT).exists():
            yield _("Begin the deregistration"), self.to("closure", "add"), "cross", True

    def may(self, permission):
        """Whether a post of the user that carries the permission reaches the organisation."""
        if not self.user.has_perm(permission):
            return False
        if carries(self.user, permission, SEEN):
            return True
        reached = Organization.objects.within(self.user, permission)
        return reached.filter(pk=self.organization.pk).exists()

    def to(self, model, view, *args):
        return f"{DESKS[f'registry.{model}'].url(view, *args)}?organization={self.organization.pk}"
