"""Levels of a round on the officer's desk: ranked, moved by two officers, their places given."""

from django.db.models import Exists, OuterRef
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.actions import awarding, covering, rank_moves, reserve_orders, tie_votes
from grading.actions.ranking import ranking_shown
from grading.forms.panels import OptionalReasonForm
from grading.forms.ranks import (
    ChooseMoveForm,
    ConfirmMoveForm,
    MoveForm,
    OrderForm,
    ReserveOrderForm,
    VoteForm,
)
from grading.models import Application, GradingRound, RankMove, RoundLevel
from grading.models.reserve import first_in_reserve
from grading.reports.ranks import moves_of, paged, table_of, votes_of
from grading.rules.awards import is_by_vote
from grading.rules.selection import coverage_of
from office.desk.acts import Act
from office.desk.columns import Column, Section
from office.desk.history import name_acts
from office.desk.records import InspectView
from office.desk.viewset import DESKS, DeskViewSet
from office.policies import permission_for, rows_for

name_acts(
    award=gettext_lazy("Give the places"),
    undo_award=gettext_lazy("Take the places back"),
    move=gettext_lazy("Propose a move"),
    order=gettext_lazy("Propose an order of equals"),
    vote=gettext_lazy("Record the vote on equals"),
    leave_coverage=gettext_lazy("Leave the minimum of each place aside"),
    confirm_leaving=gettext_lazy("Confirm that the minimum is left aside"),
    keep_coverage=gettext_lazy("Let the minimum of each place count again"),
    confirm_move=gettext_lazy("Confirm a move"),
    drop_move=gettext_lazy("Take a move back"),
    order_reserve=gettext_lazy("Propose an order of equals in the reserve"),
    confirm_order_reserve=gettext_lazy("Confirm the order of equals in the reserve"),
    drop_order_reserve=gettext_lazy("Take the order of equals in the reserve back"),
)
# Before that nobody sees a mean, a count or an order.
RANKED = ["ranking", "notice", "confirmed", "archived"]
# What there is to read here is all that rests on single scores.
READING = "statistics"


def is_open(level):
    return level.grading_round.state == "ranking" and level.awarded_on is None


def may_be_undone(level):
    return level.grading_round.state == "ranking" and level.awarded_on is not None


def has_moves(level):
    moves = RankMove.objects.filter(round_level=level, dropped_on=None)
    return is_open(level) and moves.exists()


def has_waiting(level):
    moves = RankMove.objects.filter(round_level=level, dropped_on=None, confirmed_on=None)
    return is_open(level) and moves.exists()


def bars_to_award(level, today):
    return list(table_of(level).faults)


def order_effects(level, today):
    """How many of the equals get a place; a second officer is asked for."""
    ranking = ranking_shown(level)
    if not ranking.tied:
        return []
    free = ranking.selection.places - len(ranking.selection.certain)
    return [
        _("%(free)d of these %(equals)d equals get a place: the first in the order you give.")
        % {"free": free, "equals": len(ranking.tied)},
        _("A second officer confirms the order; both names and the reason are kept."),
    ]


def confirming_move_effects(level, today):
    """What waits, who proposed it and why; an order of equals with all its places."""
    rows = RankMove.objects.filter(
        round_level=level, dropped_on=None, confirmed_on=None, in_reserve=False
    )
    rows = list(
        rows.select_related("application__mediator", "application__organization", "by").order_by(
            "place", "pk"
        )
    )
    if not rows:
        return []
    told = {"name": rows[0].by.get_full_name(), "reason": rows[0].reason}
    proposed = _("Proposed by %(name)s: %(reason)s") % told
    if not rows[0].decides_tie:
        return [proposed]
    names = "、".join(row.application.applicant_name for row in rows)
    return [_("In this order: %(names)s.") % {"names": names}, proposed]


def bars_to_order(level, today):
    return [] if ranking_shown(level).tied else [_("No tie at the cut is to be decided.")]


def is_left_to_officers(level):
    return is_open(level) and not is_left_to_a_vote(level)


def is_left_to_a_vote(level):
    by_vote = is_by_vote(level.grading_round.rules) and level.panel_id is not None
    return is_open(level) and by_vote


def bars_to_voting(level, today):
    return tie_votes.bars_to_voting(level)


def vote_effects(level, today):
    return [
        _("Who of the equals has more votes comes first, if the rule's majority carries it."),
        _("A second officer confirms it; each member's vote is kept."),
    ]


def has_coverage(level):
    by, _least = coverage_of(level.grading_round.rules)
    return is_open(level) and level.uncovered_by_id is None and bool(by)


def leaving_waits(level):
    return is_open(level) and level.uncovered_by_id is not None and level.uncovered_on is None


def is_left_aside(level):
    return is_open(level) and level.uncovered_by_id is not None


def bars_to_leaving(level, today):
    return covering.bars_to_leaving(level)


def leaving_effects(level, today):
    return [
        _("The places are given by rank alone, once a second officer has confirmed it."),
        _("The reason is kept with the award."),
    ]


def confirming_effects(level, today):
    if level.uncovered_by is None:
        return []
    return [
        _("Proposed by %(name)s: %(reason)s")
        % {"name": level.uncovered_by.get_full_name(), "reason": level.uncovered_reason}
    ]


def award_effects(level, today):
    table = table_of(level)
    return [
        _("%(chosen)d applicants are proposed for the level, the others get none.")
        % {"chosen": table.chosen},
        _("All that the places rest on is kept with its digest."),
    ]


def undo_effects(level, today):
    return [_("Scores and places of all applicants of this level are taken back.")]


def has_equals_in_reserve(level):
    """While the results are on notice: equals stand first, and no order of them waits."""
    return level.grading_round.state == "notice" and not reserve_orders.bars_to_ordering(level)


def has_waiting_order(level):
    waits = reserve_orders.orders(level).filter(confirmed_on=None)
    return level.grading_round.state == "notice" and waits.exists()


def ordering_effects(level, today):
    return [
        _("Once a second officer has confirmed it, the first of them may move up."),
        _("Each of them reads the own place and the reason in the statement of reasons."),
    ]


def confirming_order_effects(level, today):
    rows = reserve_orders.orders(level).filter(confirmed_on=None).select_related(
        "application__mediator", "application__organization", "by"
    )  # fmt: skip
    rows = list(rows.order_by("place"))
    if not rows:
        return []
    names = "、".join(row.application.applicant_name for row in rows)
    told = {"name": rows[0].by.get_full_name(), "reason": rows[0].reason}
    return [
        _("In this order: %(names)s.") % {"names": names},
        _("Proposed by %(name)s: %(reason)s") % told,
        _("What two officers decided on the order is not taken back."),
    ]


def act(name, label, take, **given):
    return Act(name=name, label=label, take=take, permission="award", **given)


def _left_aside(record):
    """Why the minimum of each place was left aside and by whom, if it was."""
    if record.uncovered_by is None:
        return []
    return [
        (_("Minimum of each place left aside because"), record.uncovered_reason),
        (_("Proposed by"), record.uncovered_by),
        (_("Confirmed by"), record.uncovered_second),
    ]


class RankView(InspectView):
    """The ranking of a level. Rights are those on its round."""

    def may(self, action):
        return self.desk.permits(self.request.user, action) and (
            self.rows(action).filter(pk=self.record.pk).exists()
        )


class RankDesk(DeskViewSet):
    name = "grading_levels"
    icon = "list-ol"
    model = RoundLevel
    help = gettext_lazy(
        "Rankings of the levels of a round. A move by hand is proposed by one officer and confirmed"
        " by a second; the places of a level are given all at once."
    )
    related = (
        "grading_round__version__scheme",
        "grading_round__version__parent__scheme",
        "grading_round__division",
        "panel__grading_round__version__parent__scheme",
    )
    list_columns = (
        Column(name="level", label=gettext_lazy("Level"), value=lambda row: row.label),
        Column(
            name="round", label=gettext_lazy("Round"), value=lambda row: row.grading_round.title,
            sort="grading_round__title",
        ),
        "is_scored",
        "awarded_on",
    )  # fmt: skip
    acts = (
        act("award", gettext_lazy("Give the places"), awarding.award_level, offered=is_open,
            form_class=OptionalReasonForm, refusals=bars_to_award, consequences=award_effects),
        act("move", gettext_lazy("Propose a move"), rank_moves.propose_move, offered=is_open,
            form_class=MoveForm, icon="arrow-up"),
        act("order", gettext_lazy("Propose an order of equals"), rank_moves.propose_order,
            offered=is_left_to_officers, form_class=OrderForm, refusals=bars_to_order,
            consequences=order_effects,
            icon="list-ol"),
        act("vote", gettext_lazy("Record the vote on equals"), tie_votes.record_vote,
            offered=is_left_to_a_vote, form_class=VoteForm, refusals=bars_to_voting,
            consequences=vote_effects, icon="group"),
        act("confirm_move", gettext_lazy("Confirm a move"), rank_moves.confirm_move,
            offered=has_waiting, form_class=ConfirmMoveForm, consequences=confirming_move_effects),
        act("drop_move", gettext_lazy("Take a move back"), rank_moves.drop_move,
            offered=has_moves, form_class=ChooseMoveForm, icon="cross"),
        act("order_reserve", gettext_lazy("Propose an order of equals in the reserve"),
            reserve_orders.propose_reserve_order, offered=has_equals_in_reserve,
            form_class=ReserveOrderForm, consequences=ordering_effects, icon="list-ol"),
        act("confirm_order_reserve",
            gettext_lazy("Confirm the order of equals in the reserve"),
            reserve_orders.confirm_reserve_order, offered=has_waiting_order,
            form_class=OptionalReasonForm, consequences=confirming_order_effects),
        act("drop_order_reserve",
            gettext_lazy("Take the order of equals in the reserve back"),
            reserve_orders.drop_reserve_order, offered=has_waiting_order, icon="cross"),
        act("leave_coverage", gettext_lazy("Leave the minimum of each place aside"),
            covering.leave_coverage, offered=has_coverage, refusals=bars_to_leaving,
            consequences=leaving_effects, icon="warning"),
        act("confirm_leaving", gettext_lazy("Confirm that the minimum is left aside"),
            covering.confirm_leaving, offered=leaving_waits, form_class=OptionalReasonForm,
            consequences=confirming_effects),
        act("keep_coverage", gettext_lazy("Let the minimum of each place count again"),
            covering.keep_coverage, offered=is_left_aside, icon="rotate"),
        act("undo_award", gettext_lazy("Take the places back"), awarding.undo_award,
            offered=may_be_undone, consequences=undo_effects, grave=True, icon="rotate"),
    )  # fmt: skip

    @staticmethod
    def _of_round(action):
        return READING if action == "view" else action

    def permits(self, user, action):
        """Rights on a level are those on its round."""
        return user.has_perm(permission_for(self._of_round(action), GradingRound))

    def rows(self, user, action="view"):
        """Levels that are ranked; none of which the user is recused from an application."""
        rounds = rows_for(user, self._of_round(action), GradingRound).filter(state__in=RANKED)
        seen = Application.objects.not_recused(user).values("pk")
        hidden = Application.objects.filter(round_level=OuterRef("pk")).exclude(pk__in=seen)
        rows = RoundLevel.objects.filter(grading_round__in=rounds).filter(~Exists(hidden))
        return rows.select_related(*self.related)

    def get_urlpatterns(self):
        return [
            path("<int:pk>/", self.page(RankView), name="inspect"),
            *(one for one in super().get_urlpatterns() if one.name != "inspect"),
        ]

    def ways_on(self, record, page):
        """While the results are on notice: the way to whoever may take a place that is free."""
        desk = DESKS["grading.application"]
        if record.grading_round.state != "notice" or not desk.permits(page.request.user, "move_up"):
            return
        first = first_in_reserve(record)
        if len(first) > 1:
            # Equals are put in order before one of them moves up.
            return
        for row in desk.rows(page.request.user, "move_up").filter(pk__in=first):
            said = _("Move up from the reserve: %(name)s") % {"name": row.applicant_name}
            yield said, desk.url("act", row.pk, "move_up"), "arrow-up", False

    def tags(self, record):
        if record.awarded_on:
            return [(_("places given"), "ok")]
        return [(_("being ranked"), "warn")]

    def sections(self, record, page):
        facts = [
            (_("Round"), record.grading_round.title),
            (_("Level"), record.label),
            (_("Panel"), record.panel),
            (_("Seed of the lot"), record.seed),
            *_left_aside(record),
            (_("Places given by"), record.awarded_by),
            (_("Places given on"), record.awarded_on),
        ]
        table = table_of(record)
        lines, cut = paged(table.lines, page.request.GET.get("p"))
        context = {"table": table, "page_obj": lines, "cut_page": cut}
        found = [
            Section(
                name="ranking", heading=_("Ranking"), icon="list-ol",
                template="grading/desk/ranking.html", context=context,
            ),
            Section(name="data", heading=_("Data"), facts=facts),
        ]  # fmt: skip
        moves = list(moves_of(record))
        if moves:
            found.append(
                Section(
                    name="moves", heading=_("Moves by hand"), icon="user",
                    template="grading/desk/rank_moves.html",
                    context={"moves": moves, "votes": votes_of(moves)},
                )
            )  # fmt: skip
        if record.awarded_on:
            found.append(self._check(record))
        return found

    @staticmethod
    def _check(record):
        faults = awarding.award_faults(record, ranking_shown(record))
        context = {"faults": faults, "digest": record.award_digest}
        return Section(
            name="check", heading=_("Checked anew"), icon="check",
            template="grading/desk/award_check.html", context=context,
        )  # fmt: skip
