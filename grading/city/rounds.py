"""Rounds of the demo city, one in each part of its life, led there by the actions of officers."""

from datetime import timedelta

from grading.actions import (
    announcing,
    awarding,
    confirming,
    deciding,
    panels,
    reviewing,
    round_scoring,
    rounds,
)
from grading.actions.acting import office_for
from grading.city.applying import hand_in, people_for
from grading.city.careers import make_careers
from grading.city.officers import office_of, officer, panelists
from grading.city.reading import read_and_rank
from grading.flows import ApplicationState
from grading.models import GradingRound, SchemeVersion
from office.roles import Role
from registry.models import Division

CITY, COUNTY = "3306", "330681"
NOTE = "演示：按评定办法办理。"
OF_THE_COUNTY, OF_THE_CITY = ("l3", "l4"), ("l1", "l2")
S = ApplicationState


def make_rounds(today, applicants):
    """Hold rounds of every state.

    :param applicants: how many apply for each level of the round that is over.
    """
    version = _ruling(today)
    if version is None:
        return
    county, city = (Division.objects.get(code=code) for code in (COUNTY, CITY))
    make_careers(county, today, scale=1 + applicants // 40)
    over = _held(version, county, OF_THE_COUNTY, today - timedelta(days=150), applicants)
    to_the_notice(over, today - timedelta(days=110))
    finish(over)
    on_notice = _held(version, county, OF_THE_COUNTY, today - timedelta(days=60), 6)
    to_the_notice(on_notice, today - timedelta(days=3))
    _panel_at_work(_held(version, city, OF_THE_CITY, today - timedelta(days=30), 5), today)
    _under_review(version, county, today)
    _open(version, county, today)


def _ruling(today):
    rows = SchemeVersion.objects.in_force(today).filter(scheme__code="DEMO-shaoxing")
    return rows.with_scheme().first()


def bureau(division):
    """Return the two officers of the bureau of a division."""
    name = "county" if division.code == COUNTY else "city"
    return officer(name), officer(f"{name}2")


def set_up(version, division, codes, window, title):
    """Set a round up and open it on the first day of its windows."""
    opens_on, closes_on = window
    first, _second = bureau(division)
    note = {"by": first, "today": opens_on, "reason": NOTE}
    made = rounds.add_round(
        division=division, version=version, title=title, as_of=opens_on, levels=list(codes), **note
    )
    for level in made.levels.all():
        rounds.set_window(level.pk, opens_on=opens_on, closes_on=closes_on, **note)
    return rounds.open_round(made.pk, **note)


def _held(version, division, codes, opened_on, applicants):
    """A round whose applications are all decided."""
    closes_on = opened_on + timedelta(days=14)
    title = f"{division.name}{opened_on:%Y}年{opened_on.month}月人民调解员等级评定（演示）"
    made = set_up(version, division, codes, (opened_on, closes_on), title)
    taken, home = set(), Division.objects.get(code=COUNTY)
    for level in made.levels.all():
        people = people_for(level, home, applicants, taken)
        hand_in(level, people, today=opened_on + timedelta(days=5))
    return judge(made, closes_on + timedelta(days=1))


def judge(made, today):
    """Close the windows of a round, review what was handed in, and decide on it."""
    first, _second = bureau(made.division)
    rounds.review_round(made.pk, by=first, today=today, reason=NOTE)
    for row in made.applications.with_all().order_by("pk"):
        review(row, today)
    return GradingRound.objects.get(pk=made.pk)


def review(row, today):
    """Answer what the rule asks, pass the application on, and let the bureau decide."""
    reviewer = _reviewer(row, today)
    for name in row.questions():
        reviewing.answer_question(
            row.pk, name=name, answer=True, by=reviewer, today=today, reason="演示：经核实。"
        )
    reviewing.pass_first(row.pk, by=reviewer, today=today, reason="演示：材料齐全。")
    row.refresh_from_db()
    decider = bureau(row.grading_round.division)[1]
    take = {"pass": deciding.find_eligible, "fail": deciding.find_ineligible}.get(row.result)
    if take is None:
        take = deciding.find_ineligible
    take(row.pk, by=decider, today=today, reason="演示：按条件逐项审核。")


def _reviewer(row, today):
    role, place = office_for(row, row.first_body)
    if role == Role.JUSTICE_OFFICE:
        return office_of(place, today)
    return officer("county" if role == Role.COUNTY_BUREAU else "city")


def _panel(made, today, members):
    """Put the panel of a round together, with the seats of the rule, and convene it."""
    first, _second = bureau(made.division)
    note = {"by": first, "today": today, "reason": NOTE}
    panel = panels.add_panel(
        grading_round=made, name="等级评定委员会（演示）", levels=list(made.levels.all()),
        limit_points=20, third_rule="nearest_two", calibration_minimum=3, **note,
    )  # fmt: skip
    people = iter(members)
    for seat in panel.seats.order_by("pk"):
        for at in range(seat.count):
            panels.seat_member(
                panel.pk, seat=seat, user=next(people), from_on=today,
                post=f"{seat.label}{at + 1}" if seat.bound == "post" else "", **note,
            )  # fmt: skip
    panels.convene_panel(panel.pk, **note)
    return panel


def _read(made, today):
    """Have a panel read the applications of a round whose levels are scored."""
    first, _second = bureau(made.division)
    panel = _panel(made, today, panelists(made.division, today))
    round_scoring.score_round(made.pk, by=first, today=today, reason=NOTE)
    read_and_rank(panel, by=first, today=today)


def to_the_notice(made, today, *, is_scored=True):
    """Rank a round, give its places, and put the results on public notice."""
    first, second = bureau(made.division)
    note = {"today": today, "reason": NOTE}
    if is_scored:
        _read(made, today)
    else:
        round_scoring.score_round(made.pk, by=first, **note)
    round_scoring.rank_round(made.pk, by=first, **note)
    for level in made.levels.all():
        awarding.award_level(level.pk, by=second, **note)
    announcing.announce_round(made.pk, by=first, **note)


def finish(made):
    """Confirm the results when their notice is over, and put the round away."""
    first, second = bureau(made.division)
    later = GradingRound.objects.select_related("notice").get(pk=made.pk).notice.ends_on
    note = {"today": later + timedelta(days=1), "reason": NOTE}
    confirming.propose_confirmation(made.pk, by=first, **note)
    confirming.confirm_round(made.pk, by=second, **note)
    rounds.archive_round(made.pk, by=first, **note)


def _panel_at_work(made, today):
    """A panel that reads: some sheets are in, those of the demo's own member wait."""
    first, _second = bureau(made.division)
    panel = _panel(made, today, panelists(made.division, today))
    round_scoring.score_round(made.pk, by=first, today=today, reason=NOTE)
    read_and_rank(panel, by=first, today=today, apart_from=officer("panel"))


def _under_review(version, county, today):
    """A round whose windows are over, with applications in every state of the review."""
    opened_on = today - timedelta(days=20)
    closes_on = today - timedelta(days=2)
    title = f"{county.name}{today:%Y}年第二批人民调解员等级评定（演示）"
    made = set_up(version, county, OF_THE_COUNTY, (opened_on, closes_on), title)
    taken = set()
    for level in made.levels.all():
        hand_in(level, people_for(level, county, 5, taken), today=today - timedelta(days=9))
    first, _second = bureau(county)
    rounds.review_round(made.pk, by=first, today=today, reason=NOTE)
    rows = list(made.applications.with_all().order_by("pk"))
    for row in rows[: len(rows) // 3]:
        review(row, today)
    if len(rows) > 3:
        reviewing.send_back(
            rows[-1].pk, by=_reviewer(rows[-1], today), today=today, reason="演示：请补充学历证明。"
        )


def _open(version, county, today):
    """A round that may be applied for today; the demo's own mediator begins there."""
    title = f"{county.name}{today:%Y}年第三批人民调解员等级评定（演示）"
    opens_on = today - timedelta(days=3)
    window = opens_on, today + timedelta(days=20)
    made = set_up(version, county, OF_THE_COUNTY, window, title)
    taken = set()
    for level in made.levels.all():
        hand_in(level, people_for(level, county, 2, taken), today=today - timedelta(days=1))
