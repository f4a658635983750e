"""What officers do with a review sheet: points, handing on, checking, objections, corrections."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.actions import (
    review_corrections,
    review_marks,
    review_objections,
    review_sheets,
)
from grading.flows.review import BEING_SCORED, DECIDED_CYCLES, SHEET, STANDING, SheetState
from grading.forms.review_sheets import (
    ACTOR_AT,
    AnswerForm,
    ContestForm,
    CorrectionForm,
    FigureForm,
    PointsForm,
)
from grading.reports.review_lines import review_of, sums_of
from office.desk.acts import Act, step
from office.desk.history import name_acts_of

S = SheetState
name_acts_of(
    "grading.reviewsheet",
    mark=gettext_lazy("Give points"),
    correct_figure=gettext_lazy("Correct a figure"),
    correct=gettext_lazy("Propose a correction"),
    sign=gettext_lazy("Sign"),
    appeal=gettext_lazy("Object"),
    flag=gettext_lazy("Flag after a correction"),
)


def effects_of_scoring(sheet, today):
    return [_("The justice office gives its points next and may return the sheet once.")]


def effects_of_returning(sheet, today):
    return [_("The organisation reads the reason; a sheet is returned once.")]


def effects_of_passing_on(sheet, today):
    return [_("Organisation and office give no more points on this sheet.")]


def effects_of_checking(sheet, today):
    """Say what the rule makes of the sheet as it is now."""
    sums = "；".join(f"{label}：{value}" for label, value in sums_of(review_of(sheet)))
    return [sums, _("The result is kept with all it rests on, until it is decided.")]


def effects_of_reopening(sheet, today):
    return [_("The result goes; points and figures stay and may be put right.")]


def effects_of_taking_up(sheet, today):
    return [_("The sheet passes on without a self-review and is marked so.")]


def effects_of_an_answer(sheet, today):
    asked = sheet.objections.waiting().exclude(text="").order_by("pk")
    return [
        *[_("The objection: %(text)s") % {"text": one.text} for one in asked],
        _("The person reads your answer."),
        _("Whoever gave points on the sheet or checked it does not decide."),
    ]


def effects_of_a_figure(sheet, today):
    return [_("The old figure is kept beside the new one; the person reads both and the reason.")]


def effects_of_a_correction(sheet, today):
    anew = _("The year is worked out anew from its shorter reviews as they stand now.")
    return [
        *([anew] if sheet.cycle.is_rolled_up else []),
        _("A new version of the sheet is made; it counts once another officer confirms it."),
        _("The old version is kept as it was."),
    ]


def effects_of_confirming(sheet, today):
    sums = "；".join(f"{label}：{value}" for label, value in sums_of(review_of(sheet)))
    return [
        sums,
        effect_on_the_band(sheet),
        _("This version takes the place of the one before it."),
        _("Reappointments and settled consequences that rest on it are flagged."),
    ]


def effect_on_the_band(sheet):
    """Tell which band the sheet had and which it will have; the quota may keep it lower."""
    old, new = (one.band or _("no band") for one in (sheet.corrects, sheet))
    if old == new:
        return _("The band stays: %(band)s.") % {"band": new}
    return _("The band was %(old)s and becomes %(new)s.") % {"old": old, "new": new}


def is_scored(sheet):
    is_open = sheet.state in review_marks.TURN.values() and sheet.corrects_id is None
    return is_open and not sheet.cycle.is_rolled_up


def has_figures(sheet):
    is_open = sheet.state in BEING_SCORED and sheet.corrects_id is None
    return is_open and not sheet.cycle.is_rolled_up


def is_corrected(sheet):
    return sheet.state in STANDING and sheet.cycle.state in DECIDED_CYCLES


def is_a_correction(sheet):
    return sheet.state == S.BUREAU and sheet.corrects_id is not None


def of_the_first(act):
    """Return whether a step is one of a sheet that corrects no other."""
    return lambda sheet: sheet.corrects_id is None and sheet.state in SHEET.steps[act].sources


def bars_to_points(sheet, today):
    asked = sheet.asked_of(actor_at(sheet))
    return [] if asked else [_("The rule asks for no points by hand at this step.")]


def actor_at(sheet):
    """Return whose points the sheet waits for."""
    return ACTOR_AT.get(sheet.state, "")


def first(name, take, **given):
    """Return the act of a step that corrections do not take."""
    made = step(SHEET, name, take, **given)
    return replace(made, offered=of_the_first(name))


def correction(name, take, **given):
    """Return the act of a step that only corrections take."""
    made = step(SHEET, name, take, **given)
    return replace(made, offered=is_a_correction)


ACTS = (
    Act(
        name="points",
        label=gettext_lazy("Give points"),
        take=review_marks.give_points,
        permission="mark",
        form_class=PointsForm,
        offered=is_scored,
        refusals=bars_to_points,
        icon="edit",
    ),
    first("take_up", review_sheets.take_up, consequences=effects_of_taking_up),
    first("score", review_sheets.score, consequences=effects_of_scoring),
    first("pass_on", review_sheets.pass_on, consequences=effects_of_passing_on),
    first("check", review_sheets.check, consequences=effects_of_checking),
    first("send_back", review_sheets.send_back, consequences=effects_of_returning, icon="rotate"),
    first("reopen", review_sheets.reopen, consequences=effects_of_reopening, icon="rotate"),
    Act(
        name="correct_figure",
        label=gettext_lazy("Correct a figure"),
        take=review_marks.correct_figure,
        permission="correct_figure",
        form_class=FigureForm,
        offered=has_figures,
        consequences=effects_of_a_figure,
        icon="edit",
    ),
    first("object", review_objections.contest, form_class=ContestForm, icon="comment"),
    first(
        "answer",
        review_objections.answer_objection,
        form_class=AnswerForm,
        consequences=effects_of_an_answer,
        icon="comment",
    ),
    Act(
        name="correct",
        label=gettext_lazy("Propose a correction"),
        take=review_corrections.correct_sheet,
        permission="correct",
        form_class=CorrectionForm,
        offered=is_corrected,
        refusals=lambda sheet, today: SHEET.refusals(sheet, "replace", today),
        consequences=effects_of_a_correction,
        sensitive=True,
        icon="edit",
    ),
    correction("confirm", review_corrections.confirm_correction,
               consequences=effects_of_confirming, sensitive=True),
    correction("drop", review_corrections.drop_correction, icon="cross"),
)  # fmt: skip
BULK = ("take_up", "score", "pass_on", "check")
