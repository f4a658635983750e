"""Panels that sit, members with posts, and readings on the way, as the tests of them need."""

from grading.flows.panel import ReadingState
from grading.models import Panel, PanelMember
from tests import make
from tests.grading import make_grading, make_rounds
from tests.make import DAY, TODAY

WHY = {"today": TODAY, "reason": "By order."}


def accounts(number, role="panel"):
    return [make.officer(role, make.division("330681")) for _one in range(number)]


def small(quorum=2, **changes):
    """The demo's rule set for a panel of few: so many have to read at least."""
    committee = {**make_grading.document()["committee"], "quorum": quorum}
    return make_grading.document(committee=committee, **changes)


def scoring(applications=2, members=3, *, alternates=0, code="l4", of=None, **fields):
    """A round that is being scored, its panel of one seat, and eligible applications.

    Returns (panel, applications, accounts of the members with the alternates after them).
    """
    of = of or make_rounds.grading_round("scoring", codes=[code], content=small())
    people = accounts(members + alternates)
    panel = make_rounds.panel(of, members=people[:members], **{"seed": "", **fields})
    seat = panel.seats.get()
    for order, account in enumerate(people[members:], 1):
        make.saved(PanelMember(seat=seat, user=account, alternate=order, from_on=TODAY - 300 * DAY))
    rows = [make_rounds.application("eligible", of=of, code=code) for _one in range(applications)]
    return panel, rows, people


def sheet(skill, law=20, conduct=20):
    return {"skill": str(skill), "law": str(law), "conduct": str(conduct)}


def ranking(points, *, code="l4", members=2, content=None, of=None, **fields):
    """A round that is being ranked: {skill points of each member} for each application.

    Returns (level, applications).
    """
    of = of or make_rounds.grading_round("scoring", codes=[code], content=content)
    panel, rows, people = scoring(len(points), members, code=code, of=of, **fields)
    for row, given in zip(rows, points, strict=True):
        skills = given if isinstance(given, tuple) else (given,) * members
        for account, skill in zip(people, skills, strict=True):
            make_rounds.reading(panel, row, account, ReadingState.SUBMITTED, scores=sheet(skill))
    begin_ranking(of)
    return of.levels.get(code=code), rows


def begin_ranking(of):
    Panel.objects.filter(grading_round=of).update(state="revealed")
    of.levels.update(seed="drawn")
    of.state = "ranking"
    of.save()
