"""What an organisation's page tells of its filings and terms."""

from django.utils.translation import gettext as _

from office.desk.columns import Section
from office.desk.viewset import DESKS
from registry.models import CommitteeTerm, Filing


def filing_sections(organization, page):
    """Return the sections of the terms and filings of an organisation, if it has any."""
    terms = list(CommitteeTerm.objects.filter(organization=organization))
    filings = list(
        Filing.objects.within(page.request.user, "registry.view_filing")
        .filter(organization=organization)
        .order_by("-opened_on", "-pk")
    )
    found = [_terms(terms, page.today)] if terms else []
    return [*found, _filings(filings)]


def _terms(terms, today):
    """The terms of the committee; one that ran out is flagged until the next is filed."""
    facts = [
        (
            _("Term %(number)d") % {"number": term.number},
            f"{term.from_on:%Y-%m-%d} – {term.until_on:%Y-%m-%d}"
            + (f" · {_('expired, no re-election filed')}" if term.is_expired(today) else ""),
        )
        for term in terms
    ]
    return Section(name="terms", heading=_("Committee terms"), icon="date", facts=facts)


def _filings(filings):
    desk = DESKS["registry.filing"]
    links = [
        (
            f"{filing.get_kind_display()} {filing.event_on:%Y-%m-%d}",
            filing.get_state_display(),
            desk.url("inspect", filing.pk),
        )
        for filing in filings
    ]
    facts = [] if links else [(_("Filings"), _("None in this register."))]
    return Section(
        name="filings",
        heading=_("Filings"),
        icon="form",
        template="registry/desk/appointment.html",
        context={"links": links, "facts": facts},
    )
