"""What an officer may do with an appointment: the steps of its flow, and discipline beside them."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act, step
from office.desk.history import name_acts, name_facts
from registry.actions import appointments, departures, discipline
from registry.actions.court import is_seated
from registry.flows import APPOINTMENT
from registry.forms.appointments import (
    AcceptForm,
    BeginForm,
    DeprivationForm,
    DisciplineForm,
    EndForm,
    LapseForm,
    ProbationForm,
    RenewalForm,
)

name_acts(
    nominate=gettext_lazy("Nominate"),
    discipline=gettext_lazy("Record criticism or an order"),
    **{"continue": gettext_lazy("Begin another term")},
)
name_facts(document=(gettext_lazy("Document"), ()))


def letter_effects(appointment):
    return [_("A letter tells the court of it.")] if is_seated(appointment) else []


def vetting_effects(appointment, today):
    """How each condition of entry stands: kept in the ledger with the step."""
    return [one.said for one in appointment.conditions(today)]


def publishing_effects(appointment, today):
    return [
        _("A public notice appears with the name of “%(mediator)s”, the organisation and the post.")
        % {"mediator": appointment.mediator},
        _("Anybody may object until its last day. An objection upheld ends the nomination."),
    ]


def rejecting_effects(appointment, today):
    if appointment.notice is None:
        return []
    return [_("The public notice is withdrawn; its page does not tell your reason.")]


def accepting_effects(appointment, today):
    return [
        _("The route, elected or appointed, decides who may end the appointment later."),
        *vetting_effects(appointment, today),
    ]


def beginning_effects(appointment, today):
    return [
        _("“%(mediator)s” becomes visible to the public in this organisation.")
        % {"mediator": appointment.mediator},
        *letter_effects(appointment),
    ]


def suspending_effects(appointment, today):
    return [
        _("The public can no longer choose “%(mediator)s” in this organisation.")
        % {"mediator": appointment.mediator},
        _("The post itself and its term go on."),
    ]


def renewing_effects(appointment, today):
    day = {"day": date_format(appointment.term_until_on)}
    return [
        _("This appointment ends with its term on %(day)s.") % day,
        _("A new one begins on the same day; no day is lost or counted twice."),
    ]


def lapsing_effects(appointment, today):
    day = date_format(max(appointment.term_until_on, today))
    return [
        _("The post ends on %(day)s.") % {"day": day},
        _("“Not renewed” is not “dismissed”: nothing bars a later nomination."),
        *letter_effects(appointment),
    ]


def ending_effects(appointment, today):
    return [
        _("“%(mediator)s” leaves the public page of this organisation; the history stays inside.")
        % {"mediator": appointment.mediator},
        *letter_effects(appointment),
    ]


def depriving_effects(appointment, today):
    return [
        _(
            "The bureau itself never removes or dismisses: this records what the unit decided "
            "that elected or appointed the person."
        ),
        _("The person cannot be nominated again before the time the policy sets is over."),
        *ending_effects(appointment, today),
    ]


def grave(name, take, form_class, consequences=ending_effects):
    return step(
        APPOINTMENT,
        name,
        take,
        form_class=form_class,
        consequences=consequences,
        icon="cross",
        grave=True,
    )


ACTS = (
    step(APPOINTMENT, "vet", appointments.vet_appointment, consequences=vetting_effects),
    step(
        APPOINTMENT,
        "publish",
        appointments.publish_appointment,
        consequences=publishing_effects,
        icon="view",
    ),
    step(
        APPOINTMENT,
        "accept",
        appointments.accept_appointment,
        form_class=AcceptForm,
        consequences=accepting_effects,
    ),
    step(
        APPOINTMENT,
        "begin_probation",
        appointments.begin_probation,
        form_class=ProbationForm,
    ),
    step(
        APPOINTMENT,
        "begin",
        appointments.begin_appointment,
        form_class=BeginForm,
        consequences=beginning_effects,
    ),
    step(
        APPOINTMENT,
        "renew",
        departures.renew_appointment,
        form_class=RenewalForm,
        consequences=renewing_effects,
        icon="rotate",
    ),
    step(
        APPOINTMENT,
        "lapse",
        departures.lapse_appointment,
        form_class=LapseForm,
        consequences=lapsing_effects,
        icon="time",
    ),
    step(
        APPOINTMENT,
        "suspend",
        appointments.suspend_appointment,
        consequences=suspending_effects,
        icon="lock",
    ),
    step(APPOINTMENT, "resume", appointments.resume_appointment, icon="lock-open"),
    Act(
        name="discipline",
        label=gettext_lazy("Record criticism or an order"),
        take=discipline.record_discipline,
        permission="discipline",
        form_class=DisciplineForm,
        refusals=discipline.refusals,
        offered=lambda row: row.state in discipline.OPEN_TO_IT,
        icon="warning",
    ),
    step(
        APPOINTMENT,
        "reject",
        appointments.reject_appointment,
        consequences=rejecting_effects,
        icon="cross",
        grave=True,
    ),
    step(APPOINTMENT, "drop_out", departures.drop_out, icon="cross", grave=True),
    grave("resign", departures.resign_appointment, EndForm),
    grave("transfer", departures.transfer_appointment, EndForm),
    grave("record_death", departures.record_death, EndForm),
    grave("remove", departures.remove_mediator, DeprivationForm, depriving_effects),
    grave("dismiss", departures.dismiss_mediator, DeprivationForm, depriving_effects),
)
