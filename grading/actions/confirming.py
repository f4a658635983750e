"""The results of a round are confirmed by two officers, and enter the register all at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.giving import give, what_they_hold
from grading.actions.judging import decision_on, told_of_all
from grading.actions.moving import locked, move_all
from grading.flows import ROUND, ApplicationState, RoundState
from grading.models import Application, Decision, GradingRound
from office import ledger
from office.flow import Refused, taking

AT_A_TIME = 500
S = ApplicationState
# By which step a round is ended from the state it is in.
ENDING = {RoundState.NOTICE: "confirm", RoundState.RANKING: "close_empty"}


def propose_confirmation(pk, *, by, today, reason):
    """Propose, as the first officer, that the results are confirmed.

    :raises Refused: if something bars the confirmation, or it is proposed already.
    """
    with transaction.atomic():
        grading_round = GradingRound.objects.select_for_update(of=("self",)).get(pk=pk)
        if reasons := bars_to_proposing(grading_round, today):
            raise Refused(reasons)
        grading_round.proposed_by = by
        grading_round.revision += 1
        grading_round.full_clean()
        grading_round.save()
        act, after = "grading.gradinground.propose", {"proposed_by_id": by.pk}
        ledger.append(act, grading_round, by=by, reason=reason, after=after)
    return grading_round


def bars_to_proposing(grading_round, today):
    """Return all that keeps the confirmation from being proposed."""
    if grading_round.proposed_by_id:
        return [
            _("%(officer)s proposed it already; a second officer confirms it.")
            % {"officer": grading_round.proposed_by.get_full_name()}
        ]
    return bars_to_ending(grading_round, today)


def bars_to_ending(grading_round, today):
    """Return all that keeps the results from being final."""
    name = ENDING.get(grading_round.state, "confirm")
    found = ROUND.refusals(grading_round, name, today)
    proposed = grading_round.applications.filter(state=S.PROPOSED)
    if not found and name == "close_empty" and proposed.exists():
        found = [_("Somebody is proposed for a level: put the results on public notice.")]
    return found


def confirm_round(pk, *, by, today, reason):
    """Confirm the results as the second officer: everybody on the notice gets the level.

    :raises Refused: if a guard says no, nobody else proposed it, or somebody's entry was erased.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("confirm", GradingRound.objects, pk, **note) as grading_round:
        _require_second_officer(grading_round, by)
        rows = locked(grading_round.applications.filter(state=S.IN_NOTICE))
        forwarded = [row for row in rows if row.forward_to]
        confirmed = [row for row in rows if not row.forward_to]
        before = what_they_hold(confirmed, grading_round, today)
        _end_without_a_level(grading_round, **note)
        move_all("forward", forwarded, by=by, reason=reason)
        move_all("confirm", confirmed, by=by, reason=reason, ended_on=today)
        given = give(confirmed, grading_round, before, **note)
        _decide_all(forwarded, S.FORWARDED, **note)
        _decide_all(confirmed, S.CONFIRMED, given=given, **note)
        grading_round.confirmed_by, grading_round.confirmed_on = by, today
    return grading_round


def close_empty_round(pk, *, by, today, reason):
    """End, as the second officer, a round in which nobody reaches a level.

    :raises Refused: if somebody is proposed, or nobody else proposed to end it.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("close_empty", GradingRound.objects, pk, **note) as grading_round:
        if grading_round.applications.filter(state=S.PROPOSED).exists():
            raise Refused(_("Somebody is proposed for a level: put the results on public notice."))
        _require_second_officer(grading_round, by)
        _end_without_a_level(grading_round, **note)
        grading_round.confirmed_by, grading_round.confirmed_on = by, today
    return grading_round


def _end_without_a_level(grading_round, *, by, today, reason):
    """Record for everybody who won no level that there is none."""
    rows = locked(grading_round.applications.filter(state=S.NO_LEVEL))
    Application.objects.filter(pk__in=[row.pk for row in rows], ended_on=None).update(
        ended_on=today
    )
    _decide_all(rows, S.NO_LEVEL, by=by, today=today, reason=reason)


def _decide_all(applications, result, *, by, today, reason, given=None):
    """Keep the outcome of many applications as decisions, each with all it rests on."""
    told, given = told_of_all(applications), given or {}
    decisions = []
    for row in applications:
        rests_on = {**outcome_of(row), **given.get(row.pk, {})}
        decisions.append(
            decision_on(
                row, Decision.Kind.OUTCOME, str(result), by=by, today=today,
                reason=row.outcome_reason or reason, rests_on=rests_on, told=told[row.pk],
            )
        )  # fmt: skip
    Decision.objects.bulk_create(decisions, batch_size=AT_A_TIME)
    entries = [
        ledger.draft(
            "grading.application.decide", one.application, by=by, reason=reason,
            after={"decision": one.pk, "digest": one.digest, "decided_as": one.result},
        )
        for one in decisions
    ]  # fmt: skip
    if entries:
        ledger.append_all(entries)


def outcome_of(application):
    """Return the score, the places and the notice an outcome rests on, as plain values."""
    numbers = {"score": application.score, "raw_score": application.raw_score}
    return {
        **{name: None if value is None else str(value) for name, value in numbers.items()},
        "place": application.place,
        "reserve_place": application.reserve_place,
        "award": application.round_level.award_digest,
        "notice": application.its_notice_id,
    }


def _require_second_officer(grading_round, by):
    if grading_round.proposed_by_id is None:
        raise Refused(_("A first officer proposes the confirmation before."))
    if grading_round.proposed_by_id == by.pk:
        raise Refused(_("Whoever proposed the confirmation does not confirm it. Ask a colleague."))
