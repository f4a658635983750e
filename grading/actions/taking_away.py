"""Levels are checked again, lowered or revoked: by two officers, and after the person was heard."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from grading.evaluation import facts_of
from grading.flows import GradeState
from grading.models import Grade
from grading.rules.downgrades import grounds_of
from grading.rules.predicates import FAIL, PASS, Judge
from office import ledger
from office.clocks import Calendar, Term, Unit, due
from office.flow import Refused, taking
from registry.actions.levels import end_level_today, record_levels
from registry.actions.notices import last_day
from registry.models import Level, Mediator
from registry.rules import months_later

CONTESTED = (GradeState.LOWERING, GradeState.REVOKING)
ANSWERS = {PASS: True, FAIL: False}


def grounds_now(grade, today):
    """Return (row of the rule, effect) of what the rule takes a level away for, as of today.

    Only those are returned whose condition certainly holds.
    """
    rules = grade.version.rules
    facts = facts_of([grade.mediator_id], today)[grade.mediator_id]

    def holds(predicate, facts):
        return ANSWERS.get(Judge(rules, facts).judge(predicate, "downgrade").result)

    return [(row, effect) for row, effect in grounds_of(rules, holds, facts) if effect.certain]


def lower_levels(grade):
    """Return the levels of the rule below the one that is held, the highest first."""
    rules = grade.version.rules
    held = rules.level(grade.code).rank
    return [level for level in rules.levels if level.rank > held]


def recheck_grade(pk, *, by, today, reason, next_on=None):
    """Record that a level was checked again and stays; ``next_on`` is when it is due next.

    :raises Refused: if it is not held, has run out, or the next check is not ahead.
    """
    with transaction.atomic():
        grade = Grade.objects.select_for_update(of=("self",)).get(pk=pk)
        if bars := bars_to_rechecking(grade, today):
            raise Refused(bars)
        if next_on is not None and next_on <= today:
            raise Refused({"next_on": _("The next check lies ahead.")})
        grade.rechecked_on, grade.recheck_on = today, next_on
        _save(grade, "recheck", by=by, reason=reason, told=["rechecked_on", "recheck_on"])
    return grade


def bars_to_rechecking(grade, today):
    if grade.state != GradeState.HELD:
        return [_("In this state a level is not checked again.")]
    if grade.has_run_out(today):
        return [_("The level has run out.")]
    return []


def propose_lowering(
    pk, *, by, today, reason, ground, lowered_to, answer_days, clause="", bar_months=None
):
    """Propose that a level becomes a lower one; the person is asked first.

    :raises Refused: if the level named is not a lower one, or no ground is given.
    """
    given = {"by": by, "today": today, "reason": reason, "clause": clause, "ground": ground}
    with _proposing(
        "propose_lowering", pk, answer_days=answer_days, bar_months=bar_months, **given
    ) as grade:
        if lowered_to not in {level.code for level in lower_levels(grade)}:
            raise Refused({"lowered_to": _("Choose a level below the one that is held.")})
        grade.lowered_to = lowered_to
    return grade


def propose_revoking(pk, *, by, today, reason, ground, answer_days, clause="", bar_months=None):
    """Propose that a level is revoked; the person is asked first."""
    given = {"by": by, "today": today, "reason": reason, "clause": clause, "ground": ground}
    with _proposing(
        "propose_revoking", pk, answer_days=answer_days, bar_months=bar_months, **given
    ) as grade:
        pass
    return grade


def answer_proposal(pk, *, by, today, answer):
    """Take what the person says to the proposal; it may be said once, until it is decided.

    :raises Refused: if nothing is proposed, it was answered, or nothing is said.
    """
    with transaction.atomic():
        grade = Grade.objects.select_for_update(of=("self",)).get(pk=pk)
        if grade.state not in CONTESTED:
            raise Refused(_("Nothing is proposed about this level."))
        if grade.answered_on is not None:
            raise Refused(_("You answered already."))
        if not answer.strip():
            raise Refused({"answer": _("Write your answer.")})
        grade.answer, grade.answered_on = answer.strip(), today
        _save(grade, "answer", by=by, reason="", told=["answered_on"])
    return grade


def lower_grade(pk, *, by, today, reason):
    """Lower a level or title as the second officer: it ends today, the lower one begins."""
    with _deciding("lower", pk, by=by, today=today, reason=reason) as grade:
        below = grade.version.rules.level(grade.lowered_to)
        holding = None
        if not grade.is_title:
            holding = _enter(grade, below, by=by, today=today, reason=reason)
        _end(grade, by, today)
    follower = Grade(
        mediator=grade.mediator,
        version=grade.version,
        title_of_id=grade.title_of_id,
        code=below.code,
        label=below.label,
        holding=holding,
        from_on=today,
        until_on=grade.until_on,
        recheck_on=grade.recheck_on,
    )
    follower.full_clean()
    follower.save()
    after = ledger.filled(follower)
    ledger.append("grading.grade.give", follower, by=by, reason=reason, after=after)
    return grade


def revoke_grade(pk, *, by, today, reason):
    """Revoke a level or title as the second officer: it ends today; the other ones stay."""
    with _deciding("revoke", pk, by=by, today=today, reason=reason) as grade:
        if not grade.is_title:
            end_level_today(grade.mediator_id, by=by, today=today, reason=reason)
        _end(grade, by, today)
    return grade


def keep_grade(pk, *, by, today, reason):
    """Leave a level as it is, as the second officer; the ledger keeps what was proposed."""
    with _deciding("keep", pk, by=by, today=today, reason=reason) as grade:
        grade.ground = grade.clause = grade.lowered_to = grade.answer = ""
        grade.proposed_by = grade.proposed_on = grade.answer_by = grade.answered_on = None
        grade.bar_months = None
    return grade


@contextmanager
def _proposing(name, pk, *, by, today, reason, ground, clause, answer_days, bar_months):
    with taking(name, Grade.objects, pk, by=by, today=today, reason=reason) as grade:
        if not ground.strip():
            raise Refused({"ground": _("Say on what ground.")})
        grade.ground, grade.clause = ground.strip(), clause.strip()
        grade.bar_months = bar_months
        grade.proposed_by, grade.proposed_on = by, today
        grade.answer, grade.answered_on = "", None
        term = Term(answer_days, Unit.WORKING)
        grade.answer_by = last_day(due(Calendar.load(), today, term))
        yield grade


@contextmanager
def _deciding(name, pk, *, by, today, reason):
    """Decide as another officer than the one who proposed; the person's entry is locked first."""
    with transaction.atomic():
        Mediator.objects.select_for_update(of=("self",)).get(grades=pk)
        with taking(name, Grade.objects, pk, by=by, today=today, reason=reason) as grade:
            if grade.proposed_by_id == by.pk:
                raise Refused(_("Whoever proposed it does not decide on it. Ask a colleague."))
            yield grade


def _end(grade, by, today):
    grade.ended_by, grade.ended_on = by, today
    if grade.bar_months:
        grade.bar_until_on = months_later(today, grade.bar_months)


def _enter(grade, below, *, by, today, reason):
    """Let the lower level begin in the register; returns its entry."""
    gains = [(grade.mediator, _of_the_register(grade, below), grade.until_on)]
    made = record_levels(gains, by=by, today=today, reason=reason, source=grade.ground[:120])
    return made[grade.mediator_id]


def _of_the_register(grade, level):
    """Return the register's level for one of the rule. :raises Refused: if it has none."""
    rows = Level.objects.filter(rank=level.rank)
    if grade.holding_id:
        rows = rows.filter(scale=grade.holding.level.scale)
    found = rows.first()
    if found is None:
        raise Refused(
            _("The register has no level of the rank of “%(level)s”.") % {"level": level.label}
        )
    return found


def _save(grade, act, *, by, reason, told):
    grade.revision += 1
    grade.full_clean()
    grade.save()
    after = {name: value for name, value in ledger.snapshot(grade).items() if name in told}
    ledger.append(f"grading.grade.{act}", grade, by=by, reason=reason, after=after)
