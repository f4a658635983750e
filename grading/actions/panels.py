"""Panels are put together by the rule's committee: seats, members, alternates, successors."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from grading.flows.panel import PanelState
from grading.models import GradingRound, Panel, PanelMember, PanelSeat, PanelTenure, RoundLevel
from grading.rules import committees
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK, is_known
from office import ledger
from office.flow import Refused, changing, taking
from registry.models import Post

BEFORE_THE_RANKING = ("draft", "open", "reviewing", "scoring")
AT_WORK = (PanelState.DRAFT, PanelState.SITTING)
A_MEMBER = "member"


@transaction.atomic
def add_panel(*, by, today, reason="", grading_round, name, levels, places=None, **settings):
    """Set up the panel of some levels of a round, with the seats of the rule; returns it.

    :param places: how many sit on it, where the rule names no seats.
    :raises Refused: if a level has a panel already, or nobody says how many sit on it.
    """
    of = GradingRound.objects.select_for_update(of=("self",)).get(pk=grading_round.pk)
    if of.state not in BEFORE_THE_RANKING:
        raise Refused(_("The round is past its scoring: nobody reads for it any more."))
    panel = Panel(grading_round=of, name=name, **settings)
    panel.full_clean()
    panel.save()
    _take_levels(panel, levels)
    for seat in seats_of_rule(of.rules, places):
        seat.panel = panel
        seat.full_clean()
        seat.save()
    after = {**ledger.filled(panel), "levels": sorted(level.pk for level in levels)}
    ledger.append("grading.panel.add", panel, by=by, reason=reason, after=after)
    return panel


def seats_of_rule(rules, places=None):
    """Return the seats that a rule names, not stored; else one kind with so many places.

    :raises Refused: if neither says how many there are.
    """
    try:
        typed = committees.seats_of(rules)
    except SchemeFault as fault:
        raise Refused([sentence for _path, sentence in fault.faults]) from fault
    section = rules.section("committee")
    bound = PanelSeat.Bound.POST if section.get("seat_by_post") is True else PanelSeat.Bound.PERSON
    if not typed:
        if not places:
            raise Refused(_("The rule names no seats: say how many sit on the panel."))
        return [PanelSeat(code=A_MEMBER, label=_("Panel member"), count=places, bound=bound)]
    written = _written_seats(section)
    return [_seat(one, written.get(one.name), section, bound) for one in typed]


def _written_seats(section):
    rows = section.get("seats")
    if isinstance(rows, dict):
        return {str(name): row for name, row in rows.items()}
    named = [row for row in rows or [] if isinstance(row, dict)]
    return {
        str(row[name]): row
        for row in named
        for name in ("seat", "category", "id", "code", "name")
        if is_known(row.get(name))
    }


def _seat(typed, row, section, bound):
    row = row if isinstance(row, dict) else {}
    # A number that the rule leaves open is one place: convening says that it is not the rule's.
    count = 1 if typed.count is UNK else max(typed.count.least, 1)
    by_post = row.get("by_post") is True or is_known(row.get("post"))
    return PanelSeat(
        code=typed.name[:60],
        label=str(row.get("label", typed.name))[:120],
        count=count,
        is_chair=row.get("chair") is True or typed.name in _words(section.get("chair")),
        is_deputy=row.get("role") == "deputy" or typed.name in _words(section.get("deputy")),
        bound=PanelSeat.Bound.POST if by_post else bound,
    )


def _words(written):
    return [str(one) for one in (written if isinstance(written, list) else [written])]


def _take_levels(panel, levels):
    pks = sorted(level.pk for level in levels)
    if not pks:
        raise Refused(_("Choose the levels the panel reads for."))
    rows = RoundLevel.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    for level in rows:
        if level.grading_round_id != panel.grading_round_id:
            raise Refused(_("%(level)s is a level of another round.") % {"level": level.label})
        if level.panel_id not in (None, panel.pk):
            raise Refused(_("%(level)s has a panel already.") % {"level": level.label})
        level.panel, level.is_scored = panel, True
        level.save(update_fields=["panel", "is_scored"])
    panel.levels.exclude(pk__in=pks).update(panel=None, is_scored=False)


@transaction.atomic
def change_panel(pk, *, by, today, reason, revision=None, levels=None, **settings):
    """Change name, levels and settings of a panel that nobody reads for yet; returns it.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(Panel.objects, pk, by=by, reason=reason, revision=revision) as panel:
        for name, value in settings.items():
            setattr(panel, name, value)
        if levels is not None:
            _take_levels(panel, levels)
    return panel


def convene_panel(pk, *, by, today, reason=""):
    """Let the panel begin to read, each member alone.

    :raises Refused: with everything that is not decided, and every seat that is not filled.
    """
    with taking("convene", Panel.objects, pk, by=by, today=today, reason=reason) as panel:
        return panel


def close_panel(pk, *, by, today, reason=""):
    """Close a panel whose round is over."""
    with taking("close", Panel.objects, pk, by=by, today=today, reason=reason) as panel:
        return panel


@transaction.atomic
def seat_member(pk, *, by, today, reason, seat, user, from_on, post="", alternate=0, until_on=None):
    """Give somebody, or a post with who is in it, a right to a seat of a panel; returns it.

    :param alternate: 0 for who holds the seat, else the order in which alternates step in.
    :raises Refused: if the account has no post, or sits on the panel in that time already.
    """
    panel = _at_work(pk)
    if seat.panel_id != panel.pk:
        raise Refused(_("This is a seat of another panel."))
    is_post = seat.bound == PanelSeat.Bound.POST
    if is_post and not post.strip():
        raise Refused(_("The seat goes with a post: name the post."))
    _require_an_officer(user, today)
    _require_no_other_seat(panel, user, from_on, until_on)
    _require_a_place(seat, alternate, from_on, until_on)
    member = PanelMember(
        seat=seat, alternate=alternate, from_on=from_on, until_on=until_on,
        post=post.strip() if is_post else "", user=None if is_post else user,
    )  # fmt: skip
    member.full_clean()
    member.save()
    if is_post:
        _enter(PanelTenure(member=member, user=user, from_on=from_on, until_on=until_on))
    after = {
        "seat": seat.label, "member": user.pk, "post": member.post, "alternate": alternate,
        "from_on": from_on, "until_on": until_on,
    }  # fmt: skip
    ledger.append("grading.panel.seat", panel, by=by, reason=reason, after=after)
    return member


@transaction.atomic
def end_membership(pk, *, by, today, reason, member, until_on):
    """End somebody's right to a seat, and who is in the post with it; returns it.

    What was handed in until then keeps counting; open sheets go to others at the next assignment.
    """
    panel = _at_work(pk)
    row = _member_of(panel, member)
    if row.until_on is not None and row.until_on <= until_on:
        raise Refused(_("It has ended by then."))
    row.until_on = until_on
    row.full_clean()
    row.save(update_fields=["until_on"])
    running = Q(until_on=None) | Q(until_on__gt=until_on)
    row.tenures.filter(running, from_on__gte=until_on).delete()
    row.tenures.filter(running).update(until_on=until_on)
    after = {"seat": row.seat.label, "member": str(row), "until_on": until_on}
    ledger.append("grading.panel.end_seat", panel, by=by, reason=reason, after=after)
    return row


@transaction.atomic
def add_tenure(pk, *, by, today, reason, member, user, from_on):
    """Note who is in the post of a seat from a day on; the former one ends the same day.

    :raises Refused: if the seat goes with no post, or the account sits on the panel already.
    """
    panel = _at_work(pk)
    row = _member_of(panel, member)
    if not row.post:
        raise Refused(_("This seat is held by a person, not by a post."))
    _require_an_officer(user, today)
    before = row.tenures.select_related("user").filter(until_on=None).first()
    if before is not None and before.from_on >= from_on:
        raise Refused(_("The successor begins after the one before."))
    if before is not None and before.user_id == user.pk:
        raise Refused(_("The account is in this post already."))
    _require_no_other_seat(panel, user, from_on, row.until_on, apart_from=before)
    if before is not None:
        before.until_on = from_on
        before.save(update_fields=["until_on"])
    tenure = _enter(PanelTenure(member=row, user=user, from_on=from_on, until_on=row.until_on))
    told = {"before": {"member": before and before.user_id}, "after": {"member": user.pk}}
    told["after"] |= {"post": row.post, "from_on": from_on}
    ledger.append("grading.panel.succeed", panel, by=by, reason=reason, **told)
    return tenure


def _at_work(pk):
    panel = Panel.objects.select_for_update(of=("self",)).get(pk=pk)
    if panel.state not in AT_WORK:
        raise Refused(_("The panel has ended its reading: its members stay as they are."))
    return panel


def _member_of(panel, member):
    if member.seat.panel_id != panel.pk:
        raise Refused(_("This is a member of another panel."))
    return PanelMember.objects.select_for_update(of=("self",)).get(pk=member.pk)


def _enter(tenure):
    tenure.full_clean()
    tenure.save()
    return tenure


def _require_an_officer(user, today):
    if not user.is_active or not Post.objects.in_force(today).filter(user=user).exists():
        raise Refused(
            _("%(name)s has no post: a panel member needs a confirmed one.")
            % {"name": user.get_full_name()}
        )


def _overlapping(from_on, until_on, prefix=""):
    later = Q(**{f"{prefix}until_on": None}) | Q(**{f"{prefix}until_on__gt": from_on})
    return later if until_on is None else later & Q(**{f"{prefix}from_on__lt": until_on})


def _require_no_other_seat(panel, user, from_on, until_on, apart_from=None):
    when = _overlapping(from_on, until_on)
    seated = PanelMember.objects.filter(when, seat__panel=panel, user=user)
    in_posts = PanelTenure.objects.filter(when, member__seat__panel=panel, user=user)
    if apart_from is not None:
        in_posts = in_posts.exclude(pk=apart_from.pk)
    if seated.exists() or in_posts.exists():
        raise Refused(_("%(name)s sits on this panel already.") % {"name": user.get_full_name()})


def _require_a_place(seat, alternate, from_on, until_on):
    """Each place has one holder at a time; alternates may be as many as are named."""
    if alternate:
        return
    held = seat.members.filter(_overlapping(from_on, until_on), alternate=0)
    if held.count() >= seat.count:
        raise Refused(_("%(seat)s: all places are taken.") % {"seat": seat.label})
