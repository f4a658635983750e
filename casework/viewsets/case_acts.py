"""What may be done with a case from its page."""

from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import actions
from casework.flows import CASE, CLOSED, CaseState
from casework.forms.cases import (
    AcceptForm,
    ConfirmationForm,
    EndForm,
    FulfilmentForm,
    JoinForm,
    SucceedForm,
    TransferForm,
)
from casework.reports.cases import confirmation_warnings
from office.desk.acts import Act, step

S = CaseState


def accepting_effects(row, today):
    return [
        _("The case gets its number and counts as accepted on %(day)s.")
        % {"day": date_format(row.accepted_on)}
    ]


def reopening_effects(row, today):
    return [
        _("What is known of its end is taken back: outcome, agreement, fulfilment, court."),
        _("It stays in the history of the case."),
    ]


def voiding_effects(row, today):
    return [
        _("The case keeps its number and counts nowhere any more."),
        _("It cannot be undone: enter the case anew if it was struck out by mistake."),
    ]


def confirming_effects(row, today):
    return confirmation_warnings(row, today)


def joining_effects(row, today):
    return [
        _("The entry that was accepted first stands for the dispute: it counts and is paid once.")
    ]


def parting_effects(row, today):
    return [_("From now on this case stands for a dispute of its own.")]


def discarding_effects(row, today):
    return [_("What was typed is deleted. The history keeps only that there was a draft.")]


def show_parties(page, shown):
    """Answer with the parties and what it was about, once, on a page that is kept nowhere."""
    page.template_name = "casework/desk/parties.html"
    return page.render_to_response(page.get_context_data(**shown))


def leave(page, result):
    """Go back to the list: the record is gone."""
    return redirect(page.desk.url("index"))


def is_joined(row):
    return row.same_as_id is not None or row.twins.exists()


ACTS = (
    step(
        CASE, "accept", actions.accept_case, form_class=AcceptForm, consequences=accepting_effects
    ),
    step(CASE, "succeed", actions.succeed_case, form_class=SucceedForm),
    step(CASE, "fail", actions.fail_case, form_class=EndForm, icon="cross"),
    step(CASE, "withdraw", actions.withdraw_case, form_class=EndForm, icon="rotate"),
    step(CASE, "transfer", actions.transfer_case, form_class=TransferForm, icon="redirect"),
    Act(
        name="fulfilment",
        label=gettext_lazy("Note the fulfilment"),
        take=actions.note_fulfilment,
        permission="change",
        form_class=FulfilmentForm,
        offered=lambda row: row.state == S.SUCCEEDED,
    ),
    Act(
        name="court",
        label=gettext_lazy("Note what the court did"),
        take=actions.note_confirmation,
        permission="change",
        form_class=ConfirmationForm,
        offered=lambda row: row.state == S.SUCCEEDED,
        consequences=confirming_effects,
    ),
    Act(
        name="parties",
        label=gettext_lazy("See the parties in full"),
        take=actions.unmask_parties,
        permission="unmask",
        answer=show_parties,
        sensitive=True,
        icon="view",
    ),
    Act(
        name="join",
        label=gettext_lazy("Join with another entry of the dispute"),
        take=actions.join_disputes,
        permission="join",
        form_class=JoinForm,
        offered=lambda row: row.state in {S.ACCEPTED, *CLOSED},
        consequences=joining_effects,
        icon="link",
    ),
    Act(
        name="part",
        label=gettext_lazy("Part from the other entries"),
        take=actions.part_disputes,
        permission="join",
        offered=is_joined,
        consequences=parting_effects,
        icon="cut",
    ),
    step(
        CASE,
        "reopen",
        actions.reopen_case,
        consequences=reopening_effects,
        icon="rotate",
    ),
    step(CASE, "void", actions.void_case, consequences=voiding_effects, grave=True, icon="cross"),
    Act(
        name="discard",
        label=gettext_lazy("Discard the draft"),
        take=actions.discard_draft,
        permission="accept",
        offered=lambda row: row.state == S.DRAFT,
        consequences=discarding_effects,
        answer=leave,
        grave=True,
        icon="bin",
    ),
)
