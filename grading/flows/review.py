"""The life of a review cycle and of the sheets in it: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from grading.flows.scheme import VersionState
from office.flow import Flow, Step, guard
from registry.flows.notice import ObjectionState


class CycleState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SELF = "self", _("self-review")
    ORGANIZATION = "organization", _("with the organisations")
    BUREAU = "bureau", _("with the bureau")
    PROPOSED = "proposed", _("results proposed")
    NOTICE = "notice", _("on public notice")
    DECIDED = "decided", _("decided")
    APPLIED = "applied", _("consequences carried out")
    ARCHIVED = "archived", _("archived")
    ABANDONED = "abandoned", _("abandoned")


class SheetState(models.TextChoices):
    SELF = "self", _("with the mediator")
    ORGANIZATION = "organization", _("with the organisation")
    OFFICE = "office", _("with the justice office")
    BUREAU = "bureau", _("with the bureau")
    PROPOSED = "proposed", _("result proposed")
    NOTICE = "notice", _("on public notice")
    OBJECTED = "objected", _("objected to")
    DECIDED = "decided", _("decided")
    NOT_GRADED = "not_graded", _("not graded")
    REPLACED = "replaced", _("replaced by a correction")
    DROPPED = "dropped", _("correction not made")


C = CycleState
S = SheetState
# Points are still given; nothing is proposed.
BEING_SCORED = [S.SELF, S.ORGANIZATION, S.OFFICE, S.BUREAU]
# A result the public was told of, or that stands.
TOLD = [S.NOTICE, S.OBJECTED, S.DECIDED]
STANDING = [S.DECIDED, S.NOT_GRADED]
# The results are decided; what was wrong is corrected by a row of its own.
DECIDED_CYCLES = [C.DECIDED, C.APPLIED, C.ARCHIVED]
# Mediators and organisations see these cycles.
PUBLISHED_CYCLES = [
    C.SELF, C.ORGANIZATION, C.BUREAU, C.PROPOSED, C.NOTICE, C.DECIDED, C.APPLIED, C.ARCHIVED,
]  # fmt: skip


@guard(_("The version of the rule set is not in force."))
def its_version_is_in_force(cycle, today):
    version = cycle.version
    ended = version.effective_until is not None and version.effective_until <= today
    return version.state == VersionState.ACTIVE and version.effective_from <= today and not ended


@guard(_("The period is not over yet."))
def its_period_is_over(cycle, today):
    return cycle.until_on <= today


@guard(_("Type in until when mediators, organisations and offices have time."))
def its_days_are_set(cycle, today):
    return None not in (cycle.self_until, cycle.organization_until, cycle.office_until)


@guard(_("Nobody was in post in the period."))
def somebody_is_reviewed(cycle, today):
    return cycle.sheets.exists()


@guard(_("The time of the mediators is not over, and a self-review is not in yet."))
def self_reviews_are_over(cycle, today):
    return cycle.self_until < today or not cycle.sheets.filter(state=S.SELF).exists()


@guard(_("A sheet is still with an organisation or an office."))
def every_sheet_is_with_the_bureau(cycle, today):
    return not cycle.sheets.filter(state__in=[S.SELF, S.ORGANIZATION, S.OFFICE]).exists()


@guard(_("A sheet has no result yet."))
def every_sheet_has_a_result(cycle, today):
    return not cycle.sheets.filter(state__in=BEING_SCORED).exists()


@guard(_("The public notice has not run its full term."))
def notice_has_run(cycle, today):
    return cycle.notice is not None and cycle.notice.is_closed(today)


@guard(_("An objection is still open."))
def no_objection_is_open(cycle, today):
    contested = cycle.sheets.filter(state=S.OBJECTED).exists()
    notice = cycle.notice
    return not contested and not (
        notice and notice.objections.filter(state=ObjectionState.OPEN).exists()
    )


@guard(_("Organisations have worked on it already."))
def only_mediators_have_worked(cycle, today):
    return cycle.state != C.BUREAU or cycle.is_rolled_up


@guard(_("A sheet was checked already. Take its result back before."))
def no_sheet_is_checked(cycle, today):
    return cycle.state != C.BUREAU or not cycle.sheets.filter(state=S.PROPOSED).exists()


def the_parts_are_decided(cycle, today):
    """Name the shorter reviews a year is made up of that are not decided yet."""
    rows = cycle.parts.exclude(state__in=[*DECIDED_CYCLES, C.ABANDONED]).order_by("from_on")
    said = gettext("“%(review)s” counts in this year and is not decided yet.")
    return [said % {"review": row.title} for row in rows]


def the_parts_of_its_year_are_decided(sheet, today):
    return the_parts_are_decided(sheet.cycle, today)


@guard(_("A consequence is neither carried out nor dropped."))
def every_consequence_is_settled(cycle, today):
    return not cycle.consequences().waiting().exists()


CYCLE = Flow(
    Step("open", pgettext_lazy("annual review", "Open"), C.DRAFT, C.SELF,
         its_version_is_in_force, its_period_is_over, its_days_are_set),
    Step("collect", _("Hand over to the organisations"), C.SELF, C.ORGANIZATION,
         somebody_is_reviewed, self_reviews_are_over),
    Step("take_over", _("Take over at the bureau"), C.ORGANIZATION, C.BUREAU,
         every_sheet_is_with_the_bureau),
    Step("propose", _("Propose the results"), C.BUREAU, C.PROPOSED, the_parts_are_decided,
         every_sheet_has_a_result),
    Step("take_back", _("Back to the bureau"), C.PROPOSED, C.BUREAU),
    Step("announce", _("Put the results on public notice"), C.PROPOSED, C.NOTICE),
    Step("decide", _("Decide the results"), C.NOTICE, C.DECIDED, notice_has_run,
         no_objection_is_open),
    Step("apply", _("Note that all consequences are settled"), C.DECIDED, C.APPLIED,
         every_consequence_is_settled),
    Step("archive", _("Archive"), C.APPLIED, C.ARCHIVED),
    # A year made up of shorter reviews lies at the bureau from its opening on.
    Step("abandon", _("Abandon"), [C.DRAFT, C.SELF, C.BUREAU], C.ABANDONED,
         only_mediators_have_worked, no_sheet_is_checked),
    editable=[C.DRAFT],
)  # fmt: skip


@guard(_("The cycle is not at this step."))
def its_cycle_collects(sheet, today):
    return sheet.cycle.state in (C.SELF, C.ORGANIZATION)


@guard(_("The cycle is not with the bureau."))
def its_cycle_is_with_the_bureau(sheet, today):
    return sheet.cycle.state == C.BUREAU


@guard(_("The time for the self-review is over."))
def self_review_is_in_time(sheet, today):
    return sheet.cycle.state == C.SELF and today <= sheet.cycle.self_until


@guard(_("The time for the self-review is not over."))
def self_review_is_late(sheet, today):
    return today > sheet.cycle.self_until


def points_of(actor):
    """Make a guard: everything the rule asks of an actor was given points."""

    def reasons(sheet, today):
        return sheet.unmarked(actor)

    return reasons


@guard(_("It was returned once; it is now decided as it is."))
def it_was_not_returned_before(sheet, today):
    return sheet.returned_on is None


@guard(_("The cycle is not on public notice."))
def its_cycle_is_on_notice(sheet, today):
    return sheet.cycle.state == C.NOTICE


@guard(_("Another correction of this sheet is under way."))
def nothing_corrects_it(sheet, today):
    return not sheet.corrections.filter(state=S.BUREAU).exists()


@guard(_("The results of the cycle are not decided."))
def its_cycle_is_decided(sheet, today):
    return sheet.cycle.state in DECIDED_CYCLES


@guard(_("This sheet corrects no other."))
def it_corrects_another(sheet, today):
    return sheet.corrects_id is not None


SHEET = Flow(
    Step("hand_in", _("Hand in"), S.SELF, S.ORGANIZATION, self_review_is_in_time,
         points_of("self")),
    Step("take_up", _("Take up without the self-review"), S.SELF, S.ORGANIZATION,
         self_review_is_late),
    Step("score", _("Hand on to the justice office"), S.ORGANIZATION, S.OFFICE,
         its_cycle_collects, points_of("organization")),
    Step("send_back", _("Return to the organisation"), S.OFFICE, S.ORGANIZATION,
         it_was_not_returned_before),
    Step("pass_on", _("Hand on to the bureau"), S.OFFICE, S.BUREAU, its_cycle_collects,
         points_of("office")),
    Step("check", _("Propose the result"), S.BUREAU, S.PROPOSED, its_cycle_is_with_the_bureau,
         the_parts_of_its_year_are_decided, points_of("bureau")),
    Step("reopen", _("Check anew"), S.PROPOSED, S.BUREAU, its_cycle_is_with_the_bureau),
    Step("announce", _("Put on public notice"), S.PROPOSED, S.NOTICE),
    Step("object", _("Note an objection"), S.NOTICE, S.OBJECTED, its_cycle_is_on_notice),
    Step("answer", _("Decide the objection"), S.OBJECTED, S.NOTICE),
    Step("decide", _("Decide the result"), S.NOTICE, S.DECIDED),
    # The row that takes its place is one of its own; this one is kept as it was.
    Step("replace", _("Correct"), STANDING, S.REPLACED, its_cycle_is_decided,
         nothing_corrects_it),
    Step("confirm", _("Confirm the correction"), S.BUREAU, S.DECIDED, it_corrects_another),
    Step("drop", _("Leave it uncorrected"), S.BUREAU, S.DROPPED, it_corrects_another),
    editable=BEING_SCORED,
)  # fmt: skip


class ConsequenceState(models.TextChoices):
    OPEN = "open", _("to be settled")
    DONE = "done", _("carried out")
    DROPPED = "dropped", _("not carried out")


@guard(_("The sheet was corrected: settle what follows from the new one."))
def its_sheet_stands(consequence, today):
    return consequence.sheet.state == S.DECIDED


CONSEQUENCE = Flow(
    Step("carry_out", _("Carry out"), ConsequenceState.OPEN, ConsequenceState.DONE,
         its_sheet_stands),
    Step("drop", _("Leave it"), ConsequenceState.OPEN, ConsequenceState.DROPPED,
         its_sheet_stands),
    editable=[ConsequenceState.OPEN],
)  # fmt: skip
