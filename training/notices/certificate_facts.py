"""What a certificate says and how it stands, in words, for a page."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.identity import Sex
from training.rules.certificates import Standing, missing_years, spaced

DAY = timedelta(days=1)
TONES = {
    Standing.VALID: "ok",
    Standing.SUSPENDED: "warn",
    Standing.EXPIRED: "warn",
    Standing.SUPERSEDED: "warn",
    Standing.REVOKED: "error",
    Standing.NOT_ISSUED: "plain",
}
# Every fact of the format, in the order of the paper.
TERMS = {
    "kind_name": gettext_lazy("Title of the certificate"),
    "wording": gettext_lazy("What it certifies"),
    "name": gettext_lazy("Name"),
    "sex": gettext_lazy("Sex"),
    "organization": gettext_lazy("Organisation"),
    "number": gettext_lazy("Certificate number"),
    "basis": gettext_lazy("Basis"),
    "issued_on": gettext_lazy("Date of issue"),
    "valid_from": gettext_lazy("Valid from"),
    "valid_until": gettext_lazy("Valid until"),
    "issuer": gettext_lazy("Issuing bureau"),
    "code": gettext_lazy("Code of the certificate"),
}
DAYS = {"issued_on", "valid_from", "valid_until"}


def shown(facts):
    """Return the facts as {term, value, lang} for the list of facts of a page."""
    return [
        {"term": term, "value": value_of(key, facts[key]), "lang": "" if key in DAYS else "zh-hans"}
        for key, term in TERMS.items()
        if facts[key] or key == "valid_until"
    ]


def value_of(key, value):
    """Return one fact as people read it."""
    if key == "valid_until" and not value:
        return _("without a time limit")
    if key in DAYS:
        return written(date.fromisoformat(value))
    if key == "sex":
        return Sex(value).label
    return spaced(value) if key == "code" else value


def written(day):
    """Return a day in the language of the page."""
    return date_format(day, "DATE_FORMAT")


def sentences(certificate, today):
    """Return sentences that say how a certificate stands today, with the dates that decide it."""
    standing, until = certificate.standing(today), certificate.valid_until_on
    said = {
        Standing.VALID: _("This certificate is valid today."),
        Standing.SUSPENDED: _("This certificate is suspended: it is not valid now."),
        Standing.EXPIRED: _("This certificate has expired."),
        Standing.SUPERSEDED: _("Another certificate took the place of this one."),
        Standing.REVOKED: _("This certificate was revoked."),
        Standing.NOT_ISSUED: _("This certificate is not valid yet."),
    }[standing]
    found = [said]
    if certificate.ended_on:
        found.append(_("It ended on %(day)s.") % {"day": written(certificate.ended_on)})
    elif until:
        found.append(_("Its last day is %(day)s.") % {"day": written(until - DAY)})
    return [*found, *spans_of(certificate), *checks_of(certificate, today)]


def spans_of(certificate):
    """Return a sentence for each suspension."""
    said = []
    for span in certificate.suspensions.all():
        if span.until_on is None:
            said.append(_("Suspended since %(day)s.") % {"day": written(span.from_on)})
        elif span.until_on > span.from_on:
            days = {"first": written(span.from_on), "last": written(span.until_on - DAY)}
            said.append(_("Suspended from %(first)s to %(last)s.") % days)
    return said


def checks_of(certificate, today):
    """Return what there is to say of the yearly checks."""
    if not certificate.kind.has_yearly_check:
        return []
    checked = [check.year for check in certificate.checks.all()]
    said = []
    if checked:
        said.append(_("Yearly check passed: %(years)s.") % {"years": ", ".join(map(str, checked))})
    last = min(today, certificate.ended_on or today)
    if missing := missing_years(certificate.issued_on, checked, last):
        said.append(_("Yearly check missing: %(years)s.") % {"years": ", ".join(map(str, missing))})
    return said


def answer_for(certificate, day):
    """Return the sentence on how a certificate stood on a day."""
    words = {"day": written(day), "standing": certificate.standing(day).label}
    return _("On %(day)s this certificate was %(standing)s.") % words
