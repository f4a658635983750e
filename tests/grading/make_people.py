"""Invented people with every kind of fact, drawn from a seed: gaps, overlaps, missing values."""

from random import Random

from casework.models import Opinion
from registry.models import Appointment, Award, Discipline, Mediator
from tests import make
from tests.casework import make_cases
from tests.make import DAY, TODAY
from training.models import HourEntry

STATES = ["accepted", "succeeded", "succeeded", "succeeded", "failed", "withdrawn", "void"]


def people(count, seed):
    """Make so many mediators and return them; nothing here goes through the desks."""
    draw = Random(seed)  # noqa: S311 - nothing here is a secret
    bodies = [make.organization() for _n in range(3)] + [make.organization("deregistered")]
    kinds = [make_cases.dispute_type(), make_cases.dispute_type("family", "婚姻家庭", "Family")]
    made = [_person(draw) for _n in range(count)]
    for person in made:
        posts = _posts(draw, person, bodies)
        _discipline(draw, posts)
        _awards(draw, person)
        _hours(draw, person)
        for _n in range(draw.choice([0, 0, 1, 5, 12])):
            _case(draw, person, made, bodies, kinds)
    return made


def _day(draw, years=8):
    return TODAY - draw.randrange(365 * years) * DAY


def _person(draw):
    return make.saved(
        Mediator(
            division=make.division(),
            name=f"评定{draw.randrange(10**9)}",
            born_on=draw.choice([None, _day(draw, 60), TODAY, TODAY.replace(year=1980)]),
            education=draw.choice(["", "senior", "bachelor"]),
            political_status=draw.choice(["", "中共党员"]),
        )
    )


def _posts(draw, person, bodies):
    posts, begins = [], _day(draw, 10)
    for body in draw.sample(bodies, draw.choice([0, 1, 1, 2, 3])):
        length = draw.choice([30, 31, 200, 365, 366, 900])
        ends = begins + length * DAY
        over = ends <= TODAY and draw.random() < 0.7
        fields = make.left(ends) if over else {"state": draw.choice(["in_post", "suspended"])}
        posts.append(
            make.saved(
                Appointment(
                    mediator=person,
                    organization=body,
                    from_on=begins,
                    employment=draw.choice(["part_time", "invited"]),
                    route=draw.choice(["", "elected", "appointed"]),
                    **fields,
                )
            )
        )
        begins = min(TODAY, ends + draw.choice([-20, 0, 0, 40]) * DAY)
    return posts


def _discipline(draw, posts):
    for post in posts:
        if draw.random() < 0.1:
            ground = draw.choice(["leak", "insult"])
            when = min(TODAY, post.from_on + 20 * DAY)
            make.saved(
                Discipline(
                    appointment=post, kind="criticism", ground=ground, unit="调委会",
                    decided_on=when, text="批评",
                )
            )  # fmt: skip


def _awards(draw, person):
    for _n in range(draw.choice([0, 0, 0, 1, 3])):
        make.saved(
            Award(
                level=draw.choice(["county", "city", "province"]), awarded_on=_day(draw),
                title="先进", awarded_by="司法局", mediator=person,
            )
        )  # fmt: skip


def _case(draw, person, everybody, bodies, kinds):
    state = draw.choice(STATES)
    fields = {
        "accepted_on": min(_day(draw), TODAY - 11 * DAY),
        "dispute_type": draw.choice(kinds),
        "amount": draw.choice([None, "0.10", "1000.35", "20000.00"]),
        "source": draw.choice(["applied", "found"]),
    }
    if state == "succeeded":
        fields["agreement"] = draw.choice(["", "written", "oral", "oral"])
        fields["fulfilment"] = draw.choice(["", "pending", "fulfilled", "fulfilled", "refused"])
        if fields["fulfilment"] == "fulfilled":
            fields["is_voluntary"] = draw.choice([None, True, False])
    others = draw.sample(everybody, draw.choice([0, 0, 1]))
    named = [person, *(one for one in others if one != person)]
    case = make_cases.case(state, body=draw.choice(bodies), mediators=named, **fields)
    for _n in range(draw.choice([0, 0, 1, 2])):
        _opinion(draw, case)


def _opinion(draw, case):
    score = draw.choice([None, 1, 3, 4, 5])
    make.saved(
        Opinion(
            case=case, channel="visit", means="phone", side="applicant", score=score,
            outcome="reached" if score else "declined", visited_by=make.user(),
            given_on=min(TODAY, case.accepted_on + draw.choice([1, 30, 400]) * DAY),
        )
    )  # fmt: skip


def _hours(draw, person):
    for _n in range(draw.choice([0, 0, 1, 4])):
        done_on = _day(draw)
        make.saved(
            HourEntry(
                mediator=person, kind="credited", hours=draw.choice(["0.5", "2.0", "7.5"]),
                content_class=draw.choice(["law", "skills"]), done_on=done_on, entered_on=done_on,
                source_type="drawn", source_id=make.next_number(), source_title="课程",
            )
        )  # fmt: skip
