"""The life of a grading round: every state, every guard, every step, in one place."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.flows.application import AT_WORK, UNDECIDED, ApplicationState
from grading.flows.scheme import rules_on
from office.flow import Flow, Step, guard

ON_NOTICE = [ApplicationState.IN_NOTICE, ApplicationState.OBJECTED]


class RoundState(models.TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open for applications")
    REVIEWING = "reviewing", _("under review")
    SCORING = "scoring", _("being scored")
    RANKING = "ranking", _("being ranked")
    NOTICE = "notice", _("on public notice")
    CONFIRMED = "confirmed", _("confirmed")
    ARCHIVED = "archived", _("archived")
    ABANDONED = "abandoned", _("abandoned")


@guard(_("The version of the rule set is not in force."))
def its_version_is_in_force(grading_round, today):
    return rules_on(grading_round.version, today)


@guard(_("No level can be applied for."))
def it_has_levels(grading_round, today):
    return grading_round.levels.exists()


def every_window_is_ahead(grading_round, today):
    """Name the levels without a window, or whose window is over already."""
    return [
        gettext("%(level)s: type in a first and a last day that is not over.")
        % {"level": level.label}
        for level in grading_round.levels.all()
        if level.closes_on is None or level.last_day < today
    ]


@guard(_("A window is still open."))
def every_window_is_over(grading_round, today):
    return all(level.last_day < today for level in grading_round.levels.all())


@guard(_("An application waits for the first review, a correction or a decision."))
def every_application_is_judged(grading_round, today):
    return not grading_round.applications.filter(state__in=UNDECIDED).exists()


def to_be_read(grading_round):
    """The levels that a panel scores and for which somebody is eligible, or may be found so."""
    rows = grading_round.applications.filter(state__in=[ApplicationState.ELIGIBLE, *UNDECIDED])
    return grading_round.levels.filter(is_scored=True, pk__in=rows.values("round_level"))


def panels_are_convened(grading_round, today):
    """Name the levels that are scored and whose panel does not sit yet."""
    return [
        gettext("%(level)s: no panel has been convened.") % {"level": level.label}
        for level in to_be_read(grading_round).select_related("panel")
        if level.panel is None or level.panel.state == "draft"
    ]


@guard(_("A reading is not in yet."))
def every_reading_is_in(grading_round, today):
    return not grading_round.readings().open().exists()


@guard(_("A panel has not ended its reading."))
def panels_have_read(grading_round, today):
    levels = to_be_read(grading_round)
    return not levels.exclude(panel__state__in=["revealed", "closed"]).exists()


@guard(_("An application that was found eligible has no outcome yet."))
def every_outcome_is_proposed(grading_round, today):
    waiting = [ApplicationState.ELIGIBLE, ApplicationState.SCORED]
    return not grading_round.applications.filter(state__in=waiting).exists()


@guard(_("Nobody is proposed for a level."))
def somebody_is_proposed(grading_round, today):
    return grading_round.applications.filter(state=ApplicationState.PROPOSED).exists()


@guard(_("The public notice has not run its full term."))
def notice_has_run(grading_round, today):
    """Those who moved up from the reserve have notices of their own, which run as long."""
    notices = [one.notice for one in moved_up(grading_round).filter(state__in=ON_NOTICE)]
    return grading_round.notice is not None and all(
        notice.is_closed(today) for notice in [grading_round.notice, *notices]
    )


def moved_up(grading_round):
    """The applications that are on a notice of their own."""
    return grading_round.applications.filter(notice__isnull=False).select_related("notice")


@guard(_("An objection to the notice is still open."))
def no_objection_is_open(grading_round, today):
    contested = grading_round.applications.filter(state=ApplicationState.OBJECTED).exists()
    if contested:
        return False
    notice = grading_round.notice
    if notice is not None and notice.objections.filter(state="open").exists():
        return False
    return not moved_up(grading_round).filter(notice__objections__state="open").exists()


@guard(_("A higher body has not answered yet."))
def nothing_is_forwarded(grading_round, today):
    return not grading_round.applications.filter(state=ApplicationState.FORWARDED).exists()


@guard(_("Somebody has applied already."))
def nobody_has_applied(grading_round, today):
    return not grading_round.applications.filter(state__in=AT_WORK).exists()


S = RoundState
ROUND = Flow(
    Step("open", _("Open"), S.DRAFT, S.OPEN, its_version_is_in_force, it_has_levels,
         every_window_is_ahead),
    Step("review", _("Close the windows"), S.OPEN, S.REVIEWING, every_window_is_over),
    Step("score", _("Begin the scoring"), S.REVIEWING, S.SCORING, every_application_is_judged,
         panels_are_convened),
    Step("rank", _("Begin the ranking"), S.SCORING, S.RANKING, every_reading_is_in,
         panels_have_read),
    Step("announce", _("Put the results on public notice"), S.RANKING, S.NOTICE,
         every_outcome_is_proposed, somebody_is_proposed),
    Step("confirm", _("Confirm the results"), S.NOTICE, S.CONFIRMED, notice_has_run,
         no_objection_is_open),
    # Of a round in which nobody reaches a level there is nothing to put on notice.
    Step("close_empty", _("Close without a result"), S.RANKING, S.CONFIRMED,
         every_outcome_is_proposed),
    Step("archive", _("Archive"), S.CONFIRMED, S.ARCHIVED, nothing_is_forwarded),
    Step("abandon", _("Abandon"), [S.DRAFT, S.OPEN], S.ABANDONED, nobody_has_applied),
    editable=[S.DRAFT],
)  # fmt: skip
# Mediators and organisations see these.
PUBLISHED = [S.OPEN, S.REVIEWING, S.SCORING, S.RANKING, S.NOTICE, S.CONFIRMED, S.ARCHIVED]
ENDED = [S.CONFIRMED, S.ARCHIVED, S.ABANDONED]
