"""What a handler may do with a complaint from its page."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints import actions
from complaints.flows import COMPLAINT, ComplaintState
from complaints.forms import handling as forms
from complaints.models import Mode
from complaints.rules.routes import IDENTITY_MINUTES
from office.desk.acts import Act, step
from office.desk.history import name_acts_of

S = ComplaintState
name_acts_of(
    "complaints.complaint",
    receive=gettext_lazy("Receive the complaint"),
    give_access=gettext_lazy("Let an officer read it"),
    take_access=gettext_lazy("End an officer's reading"),
    take_over=gettext_lazy("Take it over"),
    hand_over=gettext_lazy("Hand it to another handler"),
    classify=gettext_lazy("Note what it is about"),
    write=gettext_lazy("Write something in the case"),
    suspend=gettext_lazy("Suspend it"),
    resume=gettext_lazy("End the suspension"),
    extend=gettext_lazy("Extend the limit to decide"),
    go_on_as_lead=gettext_lazy("Go on with it as a lead"),
    leave_withdrawn=gettext_lazy("Leave it at the withdrawal"),
    transfer=gettext_lazy("Pass it to another body"),
    recuse=gettext_lazy("Stand back from it"),
    unmask=gettext_lazy("See who complained"),
)


def goes_on(row):
    return row.closed_on is None


def is_in_hand(row):
    """Whether somebody has something to do with it: it goes on, or has still to be looked at."""
    return goes_on(row) or row.waits_to_be_settled


def taking_up_effects(row, today):
    return [_("You become the handler and may read the case. The ledger says so.")]


def asking_effects(row, today):
    return [_("The limit to accept stands still until the material comes."), _("It is asked once.")]


def ending_effects(row, today):
    return [_("All limits stop, and the complainant is told.")]


def accepting_effects(row, today):
    return [_("The limits to send the task sheet and to decide run from today.")]


def suspending_effects(row, today):
    return [_("All limits stand still until the suspension ends. The complainant is told.")]


def passing_on_effects(row, today):
    from_unit = [_("The task sheet is taken back from the unit, which can no longer open it.")]
    return [
        *(from_unit if row.state == S.ASSIGNED else []),
        _("Number, code and limits stay. The complainant is told which body has it now."),
        _("Nobody here can read it any longer."),
    ]


def going_on_as_lead_effects(row, today):
    return [
        _("A new anonymous complaint is filed and taken as a lead; you handle it."),
        _("This one stays withdrawn. The complainant is told of no lead."),
    ]


def standing_back_effects(row, today):
    return [_("You will not see this complaint again. If you handle it, it returns to the queue.")]


def unmasking_refusals(row, today):
    if row.mode == Mode.ANONYMOUS:
        return [_("The complaint is anonymous: nothing is kept of who complained.")]
    return []


def unmasking_effects(row, today):
    told = _("The page stays open for %(minutes)d minutes. The head of the bureau is told.")
    return [told % {"minutes": IDENTITY_MINUTES}]


def open_identity(pk, **given):
    # The edge of the request reads the clock, the domain does not.
    return actions.open_identity(pk, now=timezone.now(), **given)


def show_identity(page, view):
    return redirect(page.desk.url("identity", page.record.pk, view.pk))


def leave(page, result):
    """Go back to the queue: the complaint is out of sight."""
    return redirect(page.desk.url("index"))


SCREENING = (
    step(
        COMPLAINT, "screen", actions.take_up, form_class=forms.PlainForm,
        consequences=taking_up_effects, icon="user",
    ),
    Act(
        name="take_over", label=gettext_lazy("Take it over"), take=actions.take_over,
        permission="take", form_class=forms.PlainForm, consequences=taking_up_effects,
        offered=lambda row: is_in_hand(row) and row.handler_id is None and row.state != S.RECEIVED,
        icon="user",
    ),
    step(
        COMPLAINT, "accept", actions.accept, form_class=forms.CaseForm,
        consequences=accepting_effects,
    ),
    step(
        COMPLAINT, "reject", actions.reject, icon="cross",
        form_class=forms.RejectForm, consequences=ending_effects,
    ),
    step(
        COMPLAINT, "ask_material", actions.ask_material, icon="mail",
        form_class=forms.MaterialForm, consequences=asking_effects,
    ),
    step(COMPLAINT, "go_on", actions.go_on, form_class=forms.CaseForm, icon="arrow-right"),
    step(
        COMPLAINT, "lapse", actions.lapse, form_class=forms.CaseForm,
        consequences=ending_effects, icon="cross",
    ),
    step(COMPLAINT, "make_lead", actions.make_lead, form_class=forms.CaseForm, icon="search"),
    step(
        COMPLAINT, "pursue", actions.pursue, form_class=forms.CaseForm,
        consequences=accepting_effects,
    ),
)  # fmt: skip
BESIDE = (
    Act(
        name="classify", label=gettext_lazy("Note what it is about"), take=actions.classify,
        permission="accept", form_class=forms.ClassifyForm, offered=goes_on, icon="tag",
    ),
    Act(
        name="write", label=gettext_lazy("Write something in the case"), take=actions.write,
        permission="read", form_class=forms.WriteForm, offered=goes_on, icon="edit",
    ),
    Act(
        name="unmask", label=gettext_lazy("See who complained"), take=open_identity,
        permission="unmask", form_class=forms.WhyForm, refusals=unmasking_refusals,
        consequences=unmasking_effects, answer=show_identity, sensitive=True, icon="view",
    ),
    Act(
        name="suspend", label=gettext_lazy("Suspend it"), take=actions.suspend,
        permission="suspend", form_class=forms.SuspendForm, consequences=suspending_effects,
        offered=lambda row: goes_on(row) and not row.is_suspended, icon="time",
    ),
    Act(
        name="resume", label=gettext_lazy("End the suspension"), take=actions.resume,
        permission="suspend", form_class=forms.CaseForm,
        offered=lambda row: goes_on(row) and row.is_suspended, icon="time",
    ),
    Act(
        name="extend", label=gettext_lazy("Extend the limit to decide"), take=actions.extend,
        permission="suspend", form_class=forms.ExtendForm,
        offered=lambda row: row.state in {S.ACCEPTED, S.ASSIGNED, S.FINDINGS_IN}, icon="time",
    ),
)  # fmt: skip
LEAVING = (
    step(
        COMPLAINT, "merge", actions.merge, icon="link",
        form_class=forms.MergeForm, consequences=ending_effects,
    ),
    step(
        COMPLAINT, "withdraw", actions.withdraw_complaint, icon="rotate",
        form_class=forms.WithdrawForm, consequences=ending_effects,
    ),
    Act(
        name="go_on_as_lead", label=gettext_lazy("Go on with it as a lead"),
        take=actions.go_on_as_lead, permission="withdraw", form_class=forms.LeadForm,
        consequences=going_on_as_lead_effects,
        offered=lambda row: row.waits_to_be_settled, icon="search",
    ),
    Act(
        name="leave_withdrawn", label=gettext_lazy("Leave it at the withdrawal"),
        take=actions.leave_withdrawn, permission="withdraw", form_class=forms.CaseForm,
        offered=lambda row: row.waits_to_be_settled, icon="check",
    ),
    Act(
        name="hand_over", label=gettext_lazy("Hand it to another handler"),
        take=actions.hand_over, permission="transfer", form_class=forms.HandOverForm,
        offered=is_in_hand, icon="group",
    ),
    Act(
        name="transfer", label=gettext_lazy("Pass it to another body"), take=actions.transfer,
        permission="transfer", form_class=forms.TransferForm, consequences=passing_on_effects,
        offered=lambda row: row.state in actions.TRANSFERABLE, answer=leave, icon="redirect",
    ),
    Act(
        name="recuse", label=gettext_lazy("Stand back from it"), take=actions.recuse,
        permission="take", form_class=forms.WhyForm, consequences=standing_back_effects,
        answer=leave, grave=True, icon="logout",
    ),
)  # fmt: skip
