"""The life of an appointment: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard
from registry.flows.organization import OrganizationState


class AppointmentState(models.TextChoices):
    CANDIDATE = "candidate", _("candidate")
    VETTING = "vetting", _("being vetted")
    NOTICE = "notice", _("on public notice")
    AWAITING_DUTY = "awaiting_duty", _("awaiting duty")
    PROBATION = "probation", _("on probation")
    IN_POST = "in_post", _("in post")
    TERM_ENDING = "term_ending", _("term ending, to be decided")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("left the post")
    REJECTED = "rejected", _("rejected")


# The states in which an organisation may mediate under its name.
MEDIATING = {
    OrganizationState.LISTED,
    OrganizationState.CHANGE_PENDING,
    OrganizationState.RECTIFYING,
}


@guard(_("The organisation is not on the roster."))
def organization_is_listed(appointment, today):
    return appointment.organization.state in MEDIATING


@guard(_("The term has ended."))
def term_has_not_ended(appointment, today):
    return appointment.term_until_on is None or appointment.term_until_on > today


A = AppointmentState
APPOINTMENT = Flow(
    Step("suspend", _("Suspend"), A.IN_POST, A.SUSPENDED),
    Step("resume", _("Resume"), A.SUSPENDED, A.IN_POST, organization_is_listed, term_has_not_ended),
    editable=[A.IN_POST, A.SUSPENDED],
)
