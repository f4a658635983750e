"""The lines about certificates on a mediator's own page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from office.workbench import Place, Task
from training.models import Certificate
from training.rules.certificates import Standing, missing_years


def certificate_lines(user, today):
    """Return the place of one's certificates, and a task for each yearly check that is missing."""
    rows = list(Certificate.objects.public().printed().filter(mediator__user=user))
    if not rows:
        return []
    standing = [row for row in rows if row.standing(today) == Standing.VALID]
    note = ngettext("%(count)d valid", "%(count)d valid", len(standing)) % {"count": len(standing)}
    place = Place(_("My certificates"), reverse("own_certificates"), note)
    return [*[task for row in standing if (task := _missing(row, today))], place]


def _missing(row, today):
    if not row.kind.has_yearly_check:
        return None
    checked = [check.year for check in row.checks.all()]
    years = missing_years(row.issued_on, checked, today)
    if not years:
        return None
    label = _("The yearly check of your certificate is missing")
    url = reverse("own_certificate", args=[row.pk])
    return Task(label, url, note=", ".join(map(str, years)), tone="warn")
