"""What handlers do with a task sheet, and what each act will bring about."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints import actions
from complaints.actions.received_sheets import (
    object_for_unit,
    report_for_unit,
    why_not_on_paper,
)
from complaints.actions.supervision import why_not_late
from complaints.flows import TASK_SHEET
from complaints.flows.task_sheet import WITH_THE_UNIT, WRITING
from complaints.forms.case_reason import CaseReasonForm
from complaints.forms.task_sheets import (
    RedactForm,
    ReportForm,
    RouteForm,
    SecondForm,
    SendForm,
    TextForm,
    WordsForm,
    WordsToUnitForm,
)
from complaints.reports.task_sheets import side_by_side
from office.desk.acts import Act, step

COMPARED = {
    "template": "complaints/desk/sheet_act.html",
    "shown": lambda page: side_by_side(page.record),
}


def is_written(sheet):
    return sheet.state in WRITING


def is_with_the_unit(sheet):
    return sheet.state in WITH_THE_UNIT


def sending_effects(sheet, today):
    return [
        _("“%(unit)s” reads this text, and so does the person complained of.")
        % {"unit": sheet.addressee},
        _("The limits to object and to report begin today."),
        _("You can no longer read the complaint."),
    ]


def calling_back_effects(sheet, today):
    return [
        _("“%(unit)s” can no longer open the sheet, and is told that there is news.")
        % {"unit": sheet.addressee},
        _("The limits of the unit end. The limit to decide runs on."),
        _("The complaint waits for another sheet, or is passed on."),
    ]


def proposing_effects(sheet, today):
    return [
        _("The second person may read the complaint until the sheet is decided."),
        *doubts_told(sheet),
    ]


def doubts_told(sheet):
    doubts = side_by_side(sheet)["doubts"]
    return [
        _("Look at “%(text)s” once more: %(kind)s.") % {"text": text, "kind": kind}
        for text, kind, _certain in doubts
    ]


def for_the_unit(name, take, **given):
    """An answer of a unit without an account, entered by the handler from its letter."""
    return Act(
        name=name,
        label=TASK_SHEET.steps[name].label,
        take=take,
        permission=name,
        refusals=lambda row, today: (
            TASK_SHEET.refusals(row, name, today) or why_not_on_paper(row, today)
        ),
        offered=lambda row: (
            row.state in TASK_SHEET.steps[name].sources
            and not why_not_on_paper(row, timezone.localdate())
        ),
        **given,
    )


ACTS = (
    Act(
        name="redact",
        label=gettext_lazy("Redact anew"),
        take=actions.redact_sheet,
        permission="change",
        form_class=RedactForm,
        offered=is_written,
        icon="rotate",
        **COMPARED,
    ),
    Act(
        name="write",
        label=gettext_lazy("Edit the text"),
        take=actions.write_sheet,
        permission="change",
        form_class=TextForm,
        offered=is_written,
        icon="edit",
        **COMPARED,
    ),
    Act(
        name="route",
        label=gettext_lazy("Choose the unit"),
        take=actions.route_sheet,
        permission="route",
        form_class=RouteForm,
        offered=is_written,
        icon="arrow-up",
    ),
    step(
        TASK_SHEET,
        "propose",
        actions.propose_sheet,
        form_class=SecondForm,
        consequences=proposing_effects,
        **COMPARED,
    ),
    step(TASK_SHEET, "recall", actions.recall_sheet, form_class=SendForm, icon="rotate"),
    step(
        TASK_SHEET,
        "approve",
        actions.approve_sheet,
        form_class=SendForm,
        consequences=lambda row, today: [*sending_effects(row, today), *doubts_told(row)],
        **COMPARED,
    ),
    step(
        TASK_SHEET,
        "return",
        actions.return_sheet,
        form_class=WordsForm,
        icon="rotate",
        **COMPARED,
    ),
    for_the_unit("object", object_for_unit, form_class=WordsForm),
    for_the_unit("report", report_for_unit, form_class=ReportForm),
    step(
        TASK_SHEET,
        "send_back",
        actions.send_findings_back,
        form_class=WordsToUnitForm,
        consequences=lambda row, today: [_("The limit for findings begins anew today.")],
        icon="rotate",
    ),
    step(TASK_SHEET, "finish", actions.accept_findings, form_class=SendForm),
    Act(
        name="remind",
        label=gettext_lazy("Remind the unit"),
        take=actions.remind_unit,
        permission="remind",
        form_class=WordsToUnitForm,
        refusals=why_not_late,
        offered=is_with_the_unit,
        icon="mail",
    ),
    Act(
        name="supervise",
        label=gettext_lazy("Have the unit supervised"),
        take=actions.supervise_unit,
        permission="remind",
        form_class=WordsToUnitForm,
        refusals=why_not_late,
        offered=is_with_the_unit,
        consequences=lambda row, today: [_("The next higher body reads the sheet from now on.")],
        icon="warning",
    ),
    step(
        TASK_SHEET,
        "call_back",
        actions.call_back_sheet,
        form_class=CaseReasonForm,
        consequences=calling_back_effects,
        grave=True,
        icon="rotate",
    ),
    step(
        TASK_SHEET,
        "drop",
        actions.drop_sheet,
        form_class=SendForm,
        grave=True,
        icon="cross",
    ),
)
