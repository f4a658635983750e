"""The life of an appointment: every state, guard and step in one place.

Whoever elected or appointed a person ends it (People's Mediation Law 9, 13, 15); the bureau only
records what they decided.
"""

from django.db import models
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, asking, guard
from registry.flows.notice import ObjectionState
from registry.flows.organization import OrganizationState


class AppointmentState(models.TextChoices):
    CANDIDATE = "candidate", _("candidate")
    VETTING = "vetting", _("being vetted")
    NOTICE = "notice", _("on public notice")
    AWAITING_DUTY = "awaiting_duty", _("awaiting duty")
    PROBATION = "probation", _("on probation")
    IN_POST = "in_post", _("in post")
    # Never stored: computed from the term's end and the lead time of the policy when it is read.
    TERM_ENDING = "term_ending", _("term ending, to be decided")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("left the post")
    REJECTED = "rejected", _("rejected")


A = AppointmentState
STORED_STATES = [state for state in A if state != A.TERM_ENDING]
# Somebody is on the way into a post, or did not get there.
PENDING = [A.CANDIDATE, A.VETTING, A.NOTICE, A.AWAITING_DUTY]
# A post is or was held during [from, until): no two of them may overlap.
HOLDING = [A.PROBATION, A.IN_POST, A.SUSPENDED, A.ENDED]
# The states in which an organisation may mediate under its name.
MEDIATING = {
    OrganizationState.LISTED,
    OrganizationState.CHANGE_PENDING,
    OrganizationState.RECTIFYING,
}

# Questions to the floors above. A receiver answers ``obj`` and ``today`` with reasons against it.
# Asked before somebody takes up duty: is pre-service training passed, a certificate issued?
may_take_up_duty = Signal()
# Asked at a renewal; answered with plain values, one for each review of the term.
asking_for_reviews = Signal()


@guard(_("The organisation is not on the roster."))
def organization_is_listed(appointment, today):
    return appointment.organization.state in MEDIATING


@guard(_("The organisation leaves the roster or has left it."))
def organization_may_take_people(appointment, today):
    return appointment.organization.state not in {
        OrganizationState.CLOSING,
        OrganizationState.DEREGISTERED,
        OrganizationState.NOT_LISTED,
    }


def conditions_are_met(appointment, today):
    """Give the sentence of every condition of entry that bars the person."""
    return [one.said for one in appointment.conditions(today) if one.bars and not one.met]


@guard(_("The notice has not run its full term."))
def notice_has_run(appointment, today):
    return appointment.state != A.NOTICE or appointment.notice_until_on < today


@guard(_("An objection to the notice is still open."))
def no_objection_is_open(appointment, today):
    notice = appointment.notice
    return notice is None or not notice.objections.filter(state=ObjectionState.OPEN).exists()


@guard(_("The certificate number is missing: nobody takes up duty without a certificate."))
def certificate_is_issued(appointment, today):
    return bool(appointment.mediator.certificate_number)


@guard(_("The probation has not run its full term."))
def probation_has_run(appointment, today):
    return appointment.state != A.PROBATION or appointment.probation_until_on <= today


@guard(_("It is not known whether the person was elected or appointed, or by which unit."))
def route_is_known(appointment, today):
    return bool(appointment.route and appointment.unit)


@guard(_("The term has ended."))
def term_has_not_ended(appointment, today):
    return appointment.term_until_on is None or appointment.term_until_on > today


@guard(_("The end of the term is not on record."))
def term_is_known(appointment, today):
    return appointment.term_until_on is not None


@guard(_("The term does not end yet: it is too early to decide on it."))
def term_is_ending(appointment, today):
    return appointment.term_until_on is None or appointment.is_term_ending(today)


@guard(_("A suspended post lapses when its term is over, not before."))
def is_not_suspended_in_its_term(appointment, today):
    return appointment.state != A.SUSPENDED or not term_is_running(appointment, today)


def term_is_running(appointment, today):
    return appointment.term_until_on is not None and appointment.term_until_on > today


@guard(
    _(
        "Only the unit that elected a person removes (People's Mediation Law, art. 15); "
        "no election is on record here."
    )
)
def was_elected(appointment, today):
    return appointment.route == "elected"


@guard(
    _(
        "Only the unit that appointed a person dismisses (People's Mediation Law, art. 15); "
        "no appointment by a unit is on record here."
    )
)
def was_appointed(appointment, today):
    return appointment.route == "appointed"


HELD_NOW = [A.IN_POST, A.SUSPENDED]
APPOINTMENT = Flow(
    Step("vet", _("Vet"), A.CANDIDATE, A.VETTING, organization_may_take_people),
    Step("reject", _("Reject"), [A.CANDIDATE, A.VETTING, A.NOTICE], A.REJECTED),
    Step(
        "publish",
        _("Put on public notice"),
        A.VETTING,
        A.NOTICE,
        organization_may_take_people,
        conditions_are_met,
    ),
    Step(
        "accept",
        _("Accept"),
        [A.VETTING, A.NOTICE],
        A.AWAITING_DUTY,
        organization_may_take_people,
        conditions_are_met,
        notice_has_run,
        no_objection_is_open,
    ),
    Step(
        "begin_probation",
        _("Begin the probation"),
        A.AWAITING_DUTY,
        A.PROBATION,
        organization_is_listed,
        certificate_is_issued,
        asking(may_take_up_duty),
    ),
    Step(
        "begin",
        _("Take up the post"),
        [A.AWAITING_DUTY, A.PROBATION],
        A.IN_POST,
        organization_is_listed,
        certificate_is_issued,
        probation_has_run,
        asking(may_take_up_duty),
    ),
    # The members of a committee that is filed enter the roster together with it.
    Step(
        "take_office_with_the_committee",
        _("Take office with the committee"),
        A.CANDIDATE,
        A.IN_POST,
        organization_may_take_people,
        conditions_are_met,
        route_is_known,
    ),
    Step("drop_out", _("Drop out"), [A.AWAITING_DUTY, A.PROBATION], A.ENDED),
    Step("suspend", _("Suspend"), A.IN_POST, A.SUSPENDED),
    Step("resume", _("Resume"), A.SUSPENDED, A.IN_POST, organization_is_listed, term_has_not_ended),
    Step(
        "renew",
        _("Renew for another term"),
        A.IN_POST,
        A.ENDED,
        organization_is_listed,
        term_is_known,
        term_is_ending,
    ),
    Step(
        "lapse",
        _("Let the term lapse"),
        HELD_NOW,
        A.ENDED,
        term_is_known,
        term_is_ending,
        is_not_suspended_in_its_term,
    ),
    Step("remove", _("Record the removal"), HELD_NOW, A.ENDED, was_elected),
    Step("dismiss", _("Record the dismissal"), HELD_NOW, A.ENDED, was_appointed),
    Step("resign", _("Record the resignation"), HELD_NOW, A.ENDED),
    Step("transfer", _("Record the transfer"), HELD_NOW, A.ENDED),
    Step("record_death", _("Record the death"), HELD_NOW, A.ENDED),
    Step(
        "end_with_organization", _("End with the organisation"), [*HELD_NOW, A.PROBATION], A.ENDED
    ),
    editable=HELD_NOW,
)
