"""Panels: seats by the rule, people and posts in them, alternates, successors, convening."""

import pytest

from grading.actions import panels
from grading.models import Panel, PanelMember, PanelTenure
from office.flow import Refused, Stale
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.grading import make_grading, make_rounds
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WHY = {"today": TODAY, "reason": "By order."}
SETTINGS = {"limit_points": 15, "third_rule": "nearest_two"}


def seats(**rows):
    """The demo's rule set with another committee, whose seats are held by people."""
    return make_grading.document(committee={"seats": rows})


def panel_of(content=None, **fields):
    of = make_rounds.grading_round("reviewing", content=content)
    levels = list(of.levels.order_by("pk"))
    given = {"name": "委员会", "levels": levels, **SETTINGS, **fields}
    return panels.add_panel(by=make.user(), grading_round=of, **WHY, **given)


def account(role=Role.PANEL):
    return make.officer(role, make.division("330681"))


def seated(panel, seat, user=None, **fields):
    user = user or account()
    given = {"from_on": TODAY - 10 * DAY, **fields}
    return panels.seat_member(panel.pk, by=make.user(), seat=seat, user=user, **WHY, **given)


def test_the_seats_are_those_of_the_rule():
    panel = panel_of()

    assert list(panel.seats.order_by("pk").values_list("code", "count", "bound")) == [
        ("bureau_deputy_director", 1, "post"),
        ("grass_roots_section", 1, "post"),
        ("justice_office_head", 1, "post"),
        ("senior_mediator", 2, "post"),
        ("lawyer", 1, "post"),
        ("citizen_representative", 1, "post"),
    ]
    assert set(panel.levels.values_list("is_scored", flat=True)) == {True}
    assert LedgerEntry.objects.get(act="grading.panel.add").after["levels"] == sorted(
        panel.levels.values_list("pk", flat=True)
    )


def test_chair_deputy_label_and_a_range_are_read_from_the_rule():
    content = seats(
        head={"count": 1, "chair": True, "label": "主任"}, second={"role": "deputy"}, other="3-5"
    )
    panel = panel_of(content)

    found = panel.seats.order_by("pk").values_list("label", "count", "is_chair", "is_deputy")
    assert list(found) == [
        ("主任", 1, True, False),
        ("second", 1, False, True),
        ("other", 3, False, False),
    ]


def test_a_rule_without_seats_asks_how_many_sit():
    content = make_grading.document(committee={"size": 3})

    with pytest.raises(Refused, match="say how many sit"):
        panel_of(content)
    assert Panel.objects.count() == 0
    assert panel_of(content, places=3).seats.get().count == 3


def test_a_level_has_one_panel_and_a_round_past_its_scoring_none():
    panel = panel_of()
    levels = list(panel.levels.all())
    given = {"by": make.user(), "name": "另一个", "levels": levels, **WHY}

    with pytest.raises(Refused, match="has a panel already"):
        panels.add_panel(grading_round=panel.grading_round, **given)
    with pytest.raises(Refused, match="a level of another round"):
        panels.add_panel(grading_round=make_rounds.grading_round("reviewing"), **given)
    ranking = make_rounds.grading_round("ranking")
    with pytest.raises(Refused, match="past its scoring"):
        panels.add_panel(grading_round=ranking, **{**given, "levels": list(ranking.levels.all())})
    with pytest.raises(Refused, match="Choose the levels"):
        panels.add_panel(grading_round=panel.grading_round, **{**given, "levels": []})
    assert Panel.objects.count() == 1


def test_a_draft_is_changed_and_a_panel_that_reads_is_not():
    panel = panel_of()
    first = panel.levels.order_by("pk").first()
    changed = panels.change_panel(
        panel.pk, by=make.user(), revision=panel.revision, levels=[first], reads=3, **WHY
    )

    assert (changed.reads, list(panel.levels.all())) == (3, [first])
    given_up = panel.grading_round.levels.exclude(pk=first.pk).get()
    assert (given_up.panel, given_up.is_scored) == (None, False)
    with pytest.raises(Stale):
        panels.change_panel(panel.pk, by=make.user(), revision=panel.revision, name="X", **WHY)
    Panel.objects.update(state="sitting")
    with pytest.raises(Refused):
        panels.change_panel(panel.pk, by=make.user(), name="X", **WHY)


def test_an_account_without_a_confirmed_post_is_no_member():
    panel = panel_of(seats(member=2))
    seat = panel.seats.get()
    over = make.officer(Role.PANEL, make.division(), until_on=TODAY)
    waiting = account()
    waiting.posts.update(is_confirmed=False)

    for user in (make.user(), over, waiting):
        with pytest.raises(Refused, match="has no post"):
            seated(panel, seat, user)
    assert seated(panel, seat, account(Role.JUSTICE_OFFICE)).user is not None
    assert PanelMember.objects.count() == 1


def test_nobody_sits_twice_on_a_panel_at_a_time():
    panel = panel_of(seats(one=1, two=2))
    one, two = panel.seats.order_by("pk")
    user = account()
    seated(panel, one, user, until_on=TODAY + 10 * DAY)

    for alternate in (0, 1):
        with pytest.raises(Refused, match="sits on this panel already"):
            seated(panel, two, user, from_on=TODAY + 9 * DAY, alternate=alternate)
    seated(panel, two, user, from_on=TODAY + 10 * DAY)
    assert PanelMember.objects.count() == 2


def test_a_place_has_one_holder_and_any_number_of_alternates():
    panel = panel_of(seats(member=1))
    seat = panel.seats.get()
    holder, first, second = account(), account(), account()
    seated(panel, seat, holder)
    seated(panel, seat, second, alternate=2)
    seated(panel, seat, first, alternate=1)

    with pytest.raises(Refused, match="all places are taken"):
        seated(panel, seat)
    assert panel.sitting(TODAY).people == (holder.pk,)
    assert panel.sitting(TODAY, recused={holder.pk}).people == (first.pk,)
    assert panel.sitting(TODAY, recused={holder.pk, first.pk}).people == (second.pk,)


def test_a_seat_of_another_panel_is_refused():
    panel, other = panel_of(seats(member=1)), panel_of(seats(member=1))

    with pytest.raises(Refused, match="a seat of another panel"):
        seated(panel, other.seats.get())
    member = seated(other, other.seats.get())
    with pytest.raises(Refused, match="a member of another panel"):
        panels.end_membership(panel.pk, by=make.user(), member=member, until_on=TODAY, **WHY)


def test_a_successor_takes_over_on_the_day_the_former_ends():
    panel = panel_of()
    seat = panel.seats.get(code="lawyer")
    former, successor = account(), account()
    with pytest.raises(Refused, match="name the post"):
        seated(panel, seat, former)
    member = seated(panel, seat, former, post="公律科科长")
    given = {"by": make.user(), "member": member, "user": successor, **WHY}

    with pytest.raises(Refused, match="begins after"):
        panels.add_tenure(panel.pk, from_on=TODAY - 10 * DAY, **given)
    panels.add_tenure(panel.pk, from_on=TODAY, **given)

    found = PanelTenure.objects.order_by("from_on").values_list("user", "from_on", "until_on")
    assert list(found) == [
        (former.pk, TODAY - 10 * DAY, TODAY),
        (successor.pk, TODAY, None),
    ]
    assert panel.sitting(TODAY - DAY).people == (former.pk,)
    assert panel.sitting(TODAY).people == (successor.pk,)
    entry = LedgerEntry.objects.get(act="grading.panel.succeed")
    assert (entry.before["member"], entry.after["member"]) == (former.pk, successor.pk)


def test_somebody_on_the_panel_does_not_succeed_in_another_post():
    panel = panel_of()
    lawyer, citizen = panel.seats.get(code="lawyer"), panel.seats.get(code="citizen_representative")
    user = account()
    seated(panel, citizen, user, post="代表")
    member = seated(panel, lawyer, post="公律科科长")

    with pytest.raises(Refused, match="sits on this panel already"):
        panels.add_tenure(panel.pk, by=make.user(), member=member, user=user, from_on=TODAY, **WHY)
    assert member.tenures.get().until_on is None


def test_the_end_of_a_membership_ends_who_is_in_the_post():
    panel = panel_of()
    member = seated(panel, panel.seats.get(code="lawyer"), post="公律科科长")
    panels.end_membership(panel.pk, by=make.user(), member=member, until_on=TODAY, **WHY)

    assert member.tenures.get().until_on == TODAY
    assert panel.sitting(TODAY).people == ()
    with pytest.raises(Refused, match="ended by then"):
        panels.end_membership(panel.pk, by=make.user(), member=member, until_on=TODAY, **WHY)


def test_a_panel_is_convened_once_its_seats_are_filled_and_its_settings_decided():
    panel = panel_of(seats(member=2), limit_points=None, third_rule="")
    seat = panel.seats.get()
    seated(panel, seat)
    with pytest.raises(Refused) as refusal:
        panels.convene_panel(panel.pk, by=make.user(), **WHY)
    assert refusal.value.messages == [
        "member: 1 places are not filled.",
        "Decide by how many points two readers may be apart.",
        "Decide what a third reading settles.",
    ]

    seated(panel, seat)
    panels.change_panel(panel.pk, by=make.user(), **SETTINGS, **WHY)
    assert panels.convene_panel(panel.pk, by=make.user(), **WHY).state == "sitting"


def test_members_of_a_panel_that_has_ended_its_reading_stay():
    panel = panel_of(seats(member=2))
    member = seated(panel, panel.seats.get())
    Panel.objects.update(state="revealed")

    with pytest.raises(Refused, match="members stay"):
        seated(panel, panel.seats.get())
    with pytest.raises(Refused, match="members stay"):
        panels.end_membership(panel.pk, by=make.user(), member=member, until_on=TODAY, **WHY)


@pytest.mark.parametrize(
    ("quorum", "sentences"),
    [
        (2, []),
        (3, ["The rule asks for 3 members, and 2 sit on the panel."]),
        ("2/3", []),
        ("majority", []),
        ("百人", ["“百人” is no number."]),
        ("UNK", []),
    ],
)
def test_a_panel_that_cannot_reach_the_quorum_of_the_rule_is_not_convened(quorum, sentences):
    content = make_grading.document(committee={"seats": {"one": 2}, "quorum": quorum})
    panel = panel_of(content)
    for _one in range(2):
        seated(panel, panel.seats.get())

    found = Panel.objects.get().quorum_faults(TODAY)

    assert found == sentences
    if sentences:
        with pytest.raises(Refused) as refusal:
            panels.convene_panel(panel.pk, by=make.user(), **WHY)
        assert refusal.value.messages == sentences
