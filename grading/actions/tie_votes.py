"""The vote of a panel on equals at the cut, recorded member by member, and what follows from it."""

from dataclasses import replace

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.rank_moves import keep_moves, locked_level, require_no_order
from grading.actions.ranking import ranking_of
from grading.models import PanelMember, PanelTenure, Recusal
from grading.rules import awards
from grading.rules.cutting import selected
from grading.rules.scheme import SchemeFault
from grading.rules.ties import by_vote, vote_rule
from grading.rules.unknown import is_known
from office.flow import Refused


@transaction.atomic
def record_vote(pk, *, by, today, reason, held_on, ballots):
    """Record how the panel voted on the equals of a level; a second officer confirms the order.

    :param ballots: a ``Ballot`` of each member who was present; everybody else was absent.
    :raises Refused: if there is no tie, the rule asks for no vote, or it settles nothing.
    """
    level = locked_level(pk)
    require_no_order(level)
    ranking = ranking_of(level)
    if bars := bars_to_voting(level, ranking):
        raise Refused(bars)
    if held_on > today:
        raise Refused({"held_on": _("This day lies in the future.")})
    rule, ballots = _rule_of(level), _called(ballots)
    sitting = _sitting(level, ranking.tied, held_on, {one.member for one in ballots})
    found = by_vote(ballots, ranking.tied, rule, sitting, lambda order: _winners(ranking, order))
    if found.faults:
        raise Refused(list(found.faults))
    record = _record(level, sitting, rule, found, ballots=ballots, held_on=held_on)
    places = list(range(1, len(found.order) + 1))
    return keep_moves(
        level, list(found.order), places, "vote", by=by, today=today, reason=reason, vote=record
    )


def bars_to_voting(level, ranking=None):
    """Return the sentences by which the panel does not vote on equals of a level."""
    ranking = ranking or ranking_of(level)
    if not ranking.tied:
        return [_("No tie at the cut is to be decided.")]
    if not ranking.terms.by_vote:
        return [_("The rule leaves equals to no vote of the panel.")]
    return [] if level.panel else [_("No panel reads for this level.")]


def members_of(level):
    """Return everybody with a seat on the panel of a level, alternates as well, as accounts."""
    if level.panel is None:
        return []
    seats = PanelMember.objects.filter(seat__panel=level.panel)
    posts = PanelTenure.objects.filter(member__seat__panel=level.panel)
    pks = {*seats.values_list("user_id", flat=True), *posts.values_list("user_id", flat=True)}
    return list(get_user_model().objects.filter(pk__in=pks - {None}).order_by("pk"))


class _Account(int):
    """The key of an account that is called by its name in sentences."""

    name = ""

    def __str__(self):
        return self.name


def _called(ballots):
    people = get_user_model().objects.in_bulk([one.member for one in ballots])
    return [replace(one, member=_account(people[one.member])) for one in ballots]


def _account(user):
    found = _Account(user.pk)
    found.name = user.get_full_name()
    return found


def _rule_of(level):
    try:
        rule = vote_rule(level.grading_round.rules)
    except SchemeFault as fault:
        raise Refused([sentence for _path, sentence in fault.faults]) from fault
    if not is_known(rule):
        raise Refused(_("The rule does not say how the panel votes."))
    return rule


def _sitting(level, tied, day, present):
    """Return who sits in the matter of the equals: who is recused from one of them does not."""
    recusals = Recusal.objects.standing().filter(application__in=tied)
    recused = set(recusals.values_list("user_id", flat=True))
    entitled = level.panel.sitting(day, recused=frozenset(recused))
    absent = set(entitled.people) - present
    sitting = level.panel.sitting(day, recused=frozenset(recused | absent))
    there = frozenset(present) & set(sitting.people)
    try:
        needed = level.panel.needed
    except SchemeFault as fault:
        raise Refused([sentence for _path, sentence in fault.faults]) from fault
    return replace(sitting, present=there, needed=needed or None)


def _winners(ranking, order):
    """Return who of the equals gets a place if they come in this order."""
    passing = [line for line in ranking.lines if ranking.standings[line.person].passes]
    terms = ranking.terms
    ties = awards.ties(terms, seed="", senior=order)
    found = selected(passing, terms.places, ties=ties, coverage=terms.coverage, limits=terms.limits)
    return {line.person for line in found.chosen} & set(order)


def _record(level, sitting, rule, found, *, ballots, held_on):
    """Return what is kept of a vote, as plain values."""
    return {
        "panel": level.panel_id,
        "held_on": held_on.isoformat(),
        "rule": {"kind": rule.kind, "of": rule.of, "tie": str(rule.tie)},
        "places": sitting.places,
        "needed_present": sitting.needed,
        "present": sorted(int(one) for one in sitting.present),
        "chair": sitting.chair,
        "ballots": [
            {
                "member": int(one.member),
                "for": sorted(one.choices),
                "abstained": one.abstains,
                "reason": one.reason,
            }
            for one in sorted(ballots, key=lambda ballot: ballot.member)
        ],
        "counts": {
            str(pk): [one.yes, one.no, one.abstained, one.needed]
            for pk, one in found.counts.items()
        },
    }
