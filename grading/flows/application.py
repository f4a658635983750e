"""The life of an application for a level: from the mediator's draft to a level or none."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("begun")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned to be corrected")
    FIRST_REVIEWED = "first_reviewed", _("first review passed")
    PENDING = "pending", _("evidence missing")
    ELIGIBLE = "eligible", _("eligible")
    NOT_ELIGIBLE = "not_eligible", _("not eligible")
    SCORED = "scored", _("scored")
    PROPOSED = "proposed", _("proposed for the level")
    NO_LEVEL = "no_level", _("no level")
    IN_NOTICE = "in_notice", _("on public notice")
    OBJECTED = "objected", _("objected to")
    CONFIRMED = "confirmed", _("level confirmed")
    FORWARDED = "forwarded", _("forwarded to a higher body")
    WITHDRAWN = "withdrawn", _("withdrawn")


S = ApplicationState
# Handed in and neither withdrawn nor ended: a person has one such application a round.
AT_WORK = [
    S.SUBMITTED, S.RETURNED, S.FIRST_REVIEWED, S.PENDING, S.ELIGIBLE, S.SCORED, S.PROPOSED,
    S.IN_NOTICE, S.OBJECTED, S.FORWARDED,
]  # fmt: skip
WITH_THE_APPLICANT = [S.DRAFT, S.RETURNED]
# The review of a round waits for these; drafts were never handed in.
UNDECIDED = [S.SUBMITTED, S.RETURNED, S.FIRST_REVIEWED, S.PENDING]
TO_BE_DECIDED = [S.FIRST_REVIEWED, S.PENDING]
ENDED = [S.NOT_ELIGIBLE, S.NO_LEVEL, S.CONFIRMED, S.WITHDRAWN]


def its_window_is_open(application, today):
    """Give the sentence that bars an application outside its window."""
    level = application.round_level
    if level.is_open(today) or (level.grading_round.takes_late and level.opens_on <= today):
        return []
    return [gettext("The window for this level is not open.")]


@guard(_("The round is not open."))
def its_round_is_open(application, today):
    return application.grading_round.state == "open"


@guard(_("The round is past its review."))
def its_round_is_under_review(application, today):
    return application.grading_round.state in ("open", "reviewing")


@guard(_("The declaration is not signed."))
def it_is_declared(application, today):
    return application.declared_on is not None


@guard(_("The applicant does not agree to the nomination yet."))
def the_applicant_agrees(application, today):
    return application.nominated_by_id is None or application.agreed_on is not None


def nothing_is_missing(application, today):
    """Name what the rule asks for and is not there."""
    return [
        gettext("Missing: %(name)s.") % {"name": name} for name in application.missing_in_words()
    ]


def its_path_is_allowed(application, today):
    """Give the sentence that bars a level the applicant may not apply for now."""
    return application.path_refusals(today)


def no_bar_stands(application, today):
    """Give the sentence that bars whoever lost a level and may not apply for some time."""
    if application.is_of_body:
        return []
    # Losing a title bars from that title, and losing a level from levels.
    of = application.grading_round
    title = of.version.scheme_id if of.is_of_titles else None
    until = application.mediator.grades.filter(title_of=title).barred_until(today)
    if until is None:
        return []
    sentence = gettext("After a level was taken away one may apply again from %(day)s.")
    return [sentence % {"day": until}]


@guard(_("It was returned once; it is now decided as it is."))
def it_was_not_returned_before(application, today):
    return application.returned_on is None


@guard(_("The time for corrections is over."))
def correction_is_in_time(application, today):
    return application.correct_by is None or today <= application.correct_by


def every_question_is_answered(application, today):
    """Name the questions of the rule that only an officer can answer and nobody has."""
    open_ones = application.open_questions()
    if not open_ones:
        return []
    return [gettext("Answer: %(questions)s.") % {"questions": "、".join(open_ones)}]


@guard(_("By the rule its organisation sends it in first."))
def its_organization_has_sent_it_in(application, today):
    return not application.waits_for_its_organization()


@guard(_("By the rule and all rulings the applicant is not eligible."))
def it_passes(application, today):
    return application.judged_result() == "pass"


@guard(_("By the rule and all rulings the applicant is eligible."))
def it_does_not_pass(application, today):
    return application.judged_result() != "pass"


@guard(_("A ruling waits for a second officer."))
def no_ruling_waits(application, today):
    return not application.rulings.filter(confirmed_on=None, dropped_on=None).exists()


@guard(_("A waiver waits for a second officer."))
def no_waiver_waits(application, today):
    return not application.waivings.standing().filter(confirmed_on=None).exists()


@guard(_("The round is not being ranked."))
def its_round_is_being_ranked(application, today):
    return application.grading_round.state == "ranking"


@guard(_("A first officer proposes it before, with the document of the higher body."))
def its_grant_is_proposed(application, today):
    return application.above_by_id is not None and application.outside_on is not None


@guard(_("The round is not on public notice."))
def its_round_is_on_notice(application, today):
    return application.grading_round.state == "notice"


def it_stands_first_in_the_reserve(application, today):
    """Give the sentences by which it does not take a place that has become free."""
    return application.bars_to_moving_up()


@guard(_("The round is on public notice or confirmed: withdrawing is no longer possible."))
def it_may_be_withdrawn(application, today):
    return application.grading_round.state not in ("confirmed", "archived")


APPLICATION = Flow(
    Step("submit", _("Submit"), S.DRAFT, S.SUBMITTED, its_round_is_open, its_window_is_open,
         it_is_declared, the_applicant_agrees, no_bar_stands, its_path_is_allowed,
         nothing_is_missing),
    Step("resubmit", _("Submit again"), S.RETURNED, S.SUBMITTED, its_round_is_under_review,
         correction_is_in_time, it_is_declared, nothing_is_missing),
    Step("send_back", _("Return to be corrected"), S.SUBMITTED, S.RETURNED,
         its_round_is_under_review, it_was_not_returned_before),
    # Whoever lets the time for corrections pass is decided as it is.
    Step("take_up", _("Take up without the correction"), S.RETURNED, S.SUBMITTED,
         its_round_is_under_review),
    Step("pass_first", _("First review passed"), S.SUBMITTED, S.FIRST_REVIEWED,
         its_round_is_under_review, its_organization_has_sent_it_in,
         every_question_is_answered),
    Step("find_eligible", _("Find eligible"), [S.FIRST_REVIEWED, S.PENDING], S.ELIGIBLE,
         its_round_is_under_review, no_ruling_waits, no_waiver_waits, it_passes),
    Step("find_ineligible", _("Find not eligible"), [S.FIRST_REVIEWED, S.PENDING], S.NOT_ELIGIBLE,
         its_round_is_under_review, no_ruling_waits, no_waiver_waits, it_does_not_pass),
    Step("ask_for_evidence", _("Ask for evidence"), S.FIRST_REVIEWED, S.PENDING,
         its_round_is_under_review),
    Step("reopen", _("Decide anew"), [S.ELIGIBLE, S.NOT_ELIGIBLE], S.FIRST_REVIEWED,
         its_round_is_under_review),
    Step("score", _("Enter the score"), S.ELIGIBLE, S.SCORED, its_round_is_being_ranked),
    Step("propose", _("Propose for the level"), [S.ELIGIBLE, S.SCORED], S.PROPOSED,
         its_round_is_being_ranked),
    Step("give_none", _("Give no level"), [S.ELIGIBLE, S.SCORED], S.NO_LEVEL,
         its_round_is_being_ranked),
    Step("undo_ranking", _("Rank anew"), [S.SCORED, S.PROPOSED, S.NO_LEVEL], S.ELIGIBLE,
         its_round_is_being_ranked),
    Step("announce", _("Put on public notice"), S.PROPOSED, S.IN_NOTICE),
    Step("object", _("Note an objection"), S.IN_NOTICE, S.OBJECTED),
    Step("keep", _("Keep the proposal"), S.OBJECTED, S.IN_NOTICE),
    Step("drop", _("Drop the proposal"), S.OBJECTED, S.NO_LEVEL),
    # After a proposal was dropped; on a notice of its own.
    Step("move_up", _("Move up from the reserve"), S.NO_LEVEL, S.IN_NOTICE,
         its_round_is_on_notice, it_stands_first_in_the_reserve),
    Step("confirm", _("Confirm the level"), S.IN_NOTICE, S.CONFIRMED),
    Step("forward", _("Forward to the higher body"), S.IN_NOTICE, S.FORWARDED),
    Step("grant_above", _("Record that the higher body granted it"), S.FORWARDED, S.CONFIRMED,
         its_grant_is_proposed),
    Step("refuse_above", _("Record that the higher body refused it"), S.FORWARDED, S.NO_LEVEL),
    Step("withdraw", _("Withdraw"), [S.DRAFT, *AT_WORK], S.WITHDRAWN, it_may_be_withdrawn),
    editable=WITH_THE_APPLICANT,
)  # fmt: skip
