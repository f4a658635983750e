"""One person, one level, one day: what the rule says, clause by clause."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from grading.rules.predicates import FAIL, PASS, PENDING, Judge, least
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK, is_known
from grading.rules.unknowns import unknowns_of_level

VETOED, BLOCKED, NOT_OPEN = "vetoed", "blocked_rule", "level_not_open"


@dataclass(frozen=True)
class Judgment:
    """What a rule says of one person and one level.

    ``result`` is one of pass, fail, pending, vetoed, blocked_rule, level_not_open; ``vetoes`` are
    (id, effect, verdict) of all vetoes; ``parts`` the verdicts of population, base and level;
    ``blockers`` the paths of what the rule does not say.
    """

    result: str
    level: str
    parts: tuple = ()
    vetoes: tuple = ()
    blockers: tuple = ()

    def leaves(self):
        """Yield every single condition, vetoes first, in the order of the rule."""
        for _id, _effect, verdict in self.vetoes:
            yield from verdict.leaves()
        for verdict in self.parts:
            yield from verdict.leaves()


def population(scheme, facts):
    """Return whether the rule is for this person at all: pass, fail, pending or blocked_rule."""
    result = Judge(scheme, facts).judge(scheme.document.get("population", {})).result
    return BLOCKED if result == "unknown" else result


def grade(scheme, level, facts):
    """Judge a person for a level.

    Vetoes come before everything else; a rule with an unknown on this level's path judges nobody.

    :param facts: ``Facts`` of the person, with the day ``as_of``.
    :raises SchemeFault: if the scheme has no such level, or is no rule.
    """
    level = str(level)
    if level not in {one.code for one in scheme.levels}:
        raise SchemeFault([("levels", _("There is no level “%s”.") % level)])
    if level not in scheme.open_levels:
        return Judgment(NOT_OPEN, level)
    if blockers := unknowns_of_level(scheme, level):
        return Judgment(BLOCKED, level, blockers=tuple(blockers))
    judge = Judge(scheme, facts)
    vetoes = tuple(_veto(judge, veto, at) for at, veto in enumerate(scheme.rows("vetoes")))
    judge = replace(judge, lifted=_lifted(scheme, judge))
    parts = tuple(judge.judge(node, path) for node, path in _conditions(scheme, level))
    barred = [_barred(scheme, effect, verdict, level) for _id, effect, verdict in vetoes]
    if VETOED in barred:
        result = VETOED
    else:
        result = least([*barred, *(verdict.result for verdict in parts)])
    return Judgment(result, level, parts, vetoes)


def _conditions(scheme, level):
    yield scheme.document.get("population", {}), "population"
    yield scheme.document.get("base", {}), "base"
    yield scheme.requirement(level), f"req.{level}"


def when_of(veto):
    """Return the condition of a veto; the span it names is that of the flag it asks for."""
    when = veto["when"]
    if "window" in veto and isinstance(when, dict) and "flag" in when:
        return {"window": veto["window"], **when}
    return when


def _veto(judge, veto, at):
    verdict = judge.judge(when_of(veto), f"vetoes[{at}].when")
    clause = veto.get("clause", verdict.clause)
    named = replace(verdict, id=str(veto.get("id", "")), clause=str(clause))
    return named.id, veto.get("effect", "reject"), named


def _barred(scheme, effect, verdict, level):
    """Return what a veto does to this level; one sent for a ruling waits for it."""
    if verdict.result == FAIL:
        return PASS
    cap = effect.get("cap", UNK) if isinstance(effect, dict) else UNK
    if is_known(cap) and scheme.level(level).rank >= scheme.level(cap).rank:
        return PASS
    if verdict.result == PENDING or effect == "ruling":
        return PENDING
    return VETOED


def _lifted(scheme, judge):
    """Return the ids of the conditions a waiver lifts: its own condition holds, and who is to
    approve it agreed. Vetoes are never lifted.
    """
    agreed = judge.facts.find("waived") or {}
    return frozenset(
        str(node)
        for waiver in scheme.rows("waivers")
        for node in waiver.get("nodes", ())
        if (not is_known(waiver.get("approver")) or node in agreed)
        and judge.judge(waiver.get("when", {}), f"waivers.{node}").result == PASS
    )
