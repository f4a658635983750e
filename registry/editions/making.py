"""The files of an edition, made in the background."""

from django.core.files.base import ContentFile

from office.flow import taking
from registry.editions import files, scan
from registry.editions.content import content_of
from registry.flows import EditionState
from registry.letters import bureau_for
from registry.models import Edition


def make(pk, *, by, today):
    """Draw the files of an edition, scan them and show the result; once, whoever asks again."""
    edition = Edition.objects.select_related("division").get(pk=pk)
    if edition.state != EditionState.PREPARING:
        return
    content = content_of(edition)
    workbook = files.workbook(edition, content)
    printed = files.printed(edition, content, issuer=bureau_for(by, edition.division_id))
    with taking("present", Edition.objects, pk, by=by, today=today) as edition:
        edition.people, edition.organizations = content.people, content.organizations
        edition.digest, edition.findings = content.digest, scan.findings(workbook)
        edition.xlsx_sha256, edition.pdf_sha256 = files.sha256(workbook), files.sha256(printed)
        edition.xlsx.save("roster.xlsx", ContentFile(workbook), save=False)
        edition.pdf.save("roster.pdf", ContentFile(printed), save=False)
