"""The life of a certificate: every state, guard and step in one place.

Expiry is no state: it is computed from the dates when a certificate is read.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class CertificateState(models.TextChoices):
    APPLIED = "applied", _("applied for")
    EXAMINED = "examined", _("examined")
    DECLINED = "declined", _("declined")
    ISSUED = "issued", _("issued")
    SUSPENDED = "suspended", _("suspended")
    # Proposed by one officer, to be decided by another: until then it stands as it stood.
    REVOKING = "revoking", _("revocation proposed")
    SUPERSEDED = "superseded", _("superseded")
    REVOKED = "revoked", _("revoked")


S = CertificateState
# The states in which a certificate is somebody's, whether or not it is valid today.
HELD = [S.ISSUED, S.SUSPENDED, S.REVOKING]
PUBLIC = [*HELD, S.SUPERSEDED, S.REVOKED]


@guard(_("The application does not say on what the certificate rests."))
def basis_is_stated(certificate, today):
    return bool(certificate.basis)


@guard(_("Certificates of this kind are not issued any more."))
def kind_is_in_force(certificate, today):
    return certificate.kind.is_in_force(today)


@guard(_("The certificate that this one takes the place of was revoked."))
def what_it_follows_may_be_followed(certificate, today):
    return certificate.follows is None or certificate.follows.state in HELD


@guard(_("The certificate has expired."))
def has_not_expired(certificate, today):
    return certificate.valid_until_on is None or today < certificate.valid_until_on


@guard(_("It was suspended before: it goes back to being suspended."))
def is_not_suspended(certificate, today):
    return not certificate.suspensions.filter(until_on=None).exists()


@guard(_("It was not suspended before: it goes back to being issued."))
def is_suspended(certificate, today):
    return certificate.suspensions.filter(until_on=None).exists()


CERTIFICATE = Flow(
    Step("examine", _("Approve the application"), S.APPLIED, S.EXAMINED, basis_is_stated,
         kind_is_in_force, what_it_follows_may_be_followed),
    Step("decline", _("Decline"), [S.APPLIED, S.EXAMINED], S.DECLINED),
    Step("issue", _("Issue"), S.EXAMINED, S.ISSUED, basis_is_stated, kind_is_in_force,
         what_it_follows_may_be_followed),
    Step("suspend", _("Suspend"), S.ISSUED, S.SUSPENDED, has_not_expired),
    Step("resume", _("Resume"), S.SUSPENDED, S.ISSUED),
    Step("propose_revocation", _("Propose to revoke"), [S.ISSUED, S.SUSPENDED], S.REVOKING),
    Step("revoke", _("Revoke"), S.REVOKING, S.REVOKED),
    Step("keep", _("Do not revoke"), S.REVOKING, S.ISSUED, is_not_suspended),
    Step("keep_suspended", _("Do not revoke, leave suspended"), S.REVOKING, S.SUSPENDED,
         is_suspended),
    # Taken by the issue of the certificate that takes its place.
    Step("supersede", _("Supersede"), HELD, S.SUPERSEDED),
    editable=[],
)  # fmt: skip
