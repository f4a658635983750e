"""Rounds, applications, panels, readings and levels of every state, built through the models."""

from grading.flows.application import ApplicationState
from grading.models import (
    Application,
    Grade,
    GradingRound,
    Panel,
    PanelMember,
    PanelSeat,
    Reading,
    RoundLevel,
)
from grading.rules.stars import stars_of
from registry.models import Policy, PublicNotice
from tests import make
from tests.grading import make_grading
from tests.make import DAY, TODAY

COUNTY, CITY = "330681", "3306"
# Levels of the demo's rule set: the county decides on three and four, the city on one and two.
OF_THE_COUNTY, OF_THE_CITY = ("l3", "l4"), ("l1", "l2")
AT_WORK = ("reviewing", "scoring", "ranking", "notice", "confirmed", "archived")


def grading_round(state="open", *, division=None, codes=None, content=None, version=None, **fields):
    """A round with its levels; its windows are open, or over where its state says so."""
    division = division or make.division(COUNTY)
    if version is None:
        version = make_grading.version("active", content=content, division=make.division(CITY))
    fields.setdefault("title", f"评定批次{make.next_number()}")
    fields.setdefault("as_of", TODAY - 20 * DAY)
    fields.setdefault("opened_by", make.user())
    if state in ("notice",):
        fields.setdefault("notice", running_notice(division))
        fields.setdefault("announced_by", make.user())
    if state in ("confirmed", "archived"):
        fields.setdefault("proposed_by", make.user())
        fields.setdefault("confirmed_by", make.user())
        fields.setdefault("confirmed_on", TODAY - DAY)
    made = make.saved(GradingRound(division=division, version=version, state=state, **fields))
    for code in codes or (OF_THE_COUNTY if division.level == "county" else OF_THE_CITY):
        round_level(made, code)
    return made


def round_level(grading_round, code, **fields):
    """A level of a round, named as in the rule set."""
    of_rule = grading_round.rules.level(code)
    over = grading_round.state in AT_WORK
    if grading_round.is_of_bodies:
        fields.setdefault("stars", stars_of(grading_round.rules, code))
    elif not grading_round.is_of_titles:
        fields.setdefault("level", make.level(of_rule.rank))
    fields.setdefault("opens_on", TODAY - 18 * DAY)
    fields.setdefault("closes_on", TODAY - 2 * DAY if over else TODAY + 10 * DAY)
    return make.saved(
        RoundLevel(
            grading_round=grading_round,
            code=code,
            label=of_rule.label,
            rank=of_rule.rank,
            **fields,
        )
    )


def running_notice(division, **fields):
    """A published notice of results that runs today."""
    make.policies()
    policy = Policy.objects.filter(key="edition_notice").first()
    fields.setdefault("starts_on", TODAY - 2 * DAY)
    fields.setdefault("ends_on", TODAY + 5 * DAY)
    return make.saved(
        PublicNotice(
            kind="grading", title="评定结果公示", body="公示", division=division, policy=policy,
            number=f"公示〔2026〕{make.next_number()}号", published_by=make.user(),
            state="published", **fields,
        )
    )  # fmt: skip


def person(*, body=None, user=None, full=True, **fields):
    """A mediator in post with what the demo's rule set asks of the file."""
    body = body or make.organization()
    fields.setdefault("education", "bachelor" if full else "")
    fields.setdefault("photo", "photo.jpg" if full else "")
    fields.setdefault("born_on", make.BORN_ON)
    someone = make.mediator(in_division=body.division, user=user, **fields)
    make.appointment(
        someone, body, from_on=TODAY - 2000 * DAY, route="elected", employment="part_time"
    )
    return someone


def application(state="submitted", *, of=None, code="l4", mediator=None, body=None, **fields):
    """An application with all that goes with its state."""
    of = of or grading_round("open" if state in ("draft", "submitted") else "reviewing")
    level = of.levels.get(code=code)
    if of.is_of_bodies:
        organization = body or make.organization()
    else:
        mediator = mediator or person(body=body)
        post = mediator.appointments.select_related("organization__division").first()
        organization = body or post.organization
    fields.setdefault("opened_on", TODAY - 15 * DAY)
    fields.setdefault("first_body", "justice_office" if code in OF_THE_COUNTY else "county_bureau")
    fields.setdefault("deciding_body", "county_bureau" if code in OF_THE_COUNTY else "city_bureau")
    if state not in ("draft", "withdrawn"):
        fields.setdefault("declared_on", TODAY - 14 * DAY)
        fields.setdefault("submitted_on", TODAY - 14 * DAY)
    if state == "returned":
        fields.setdefault("returned_on", TODAY - 5 * DAY)
        fields.setdefault("return_reasons", "Unclear.")
        fields.setdefault("correct_by", TODAY + 2 * DAY)
    if state not in ("draft", "withdrawn", "submitted", "returned"):
        fields.setdefault("first_reviewed_by", make.user())
        fields.setdefault("first_reviewed_on", TODAY - 10 * DAY)
    if state not in ("draft", "withdrawn", "submitted", "returned", "first_reviewed", "pending"):
        fields.setdefault("decided_by", make.user())
        fields.setdefault("decided_on", TODAY - 8 * DAY)
    return make.saved(
        Application(
            grading_round=of, round_level=level, mediator=mediator, organization=organization,
            is_of_body=of.is_of_bodies,
            division=organization.division, state=ApplicationState(state), **fields,
        )
    )  # fmt: skip


def panel(of=None, state="sitting", *, members=(), levels=(), **fields):
    """A panel whose members each hold a place of one seat."""
    of = of or grading_round("scoring")
    fields.setdefault("name", f"评审委员会{make.next_number()}")
    fields.setdefault("limit_points", 15)
    fields.setdefault("third_rule", "nearest_two")
    fields.setdefault("seed", "seed")
    made = make.saved(Panel(grading_round=of, state=state, **fields))
    seat = make.saved(
        PanelSeat(panel=made, code="member", label="委员", count=max(len(members), 1))
    )
    for account in members:
        make.saved(PanelMember(seat=seat, user=account, from_on=TODAY - 300 * DAY))
    for level in levels or of.levels.all():
        level.panel, level.is_scored = made, True
        level.save()
    return made


def reading(of, application, member, state="open", *, scores=None, **fields):
    """A member's sheet; one that was handed in holds points."""
    fields.setdefault("assigned_on", TODAY - 6 * DAY)
    if state in ("submitted", "abstained"):
        fields.setdefault("handed_in_on", TODAY - 3 * DAY)
    if state == "submitted" and scores is None:
        scores = {"skill": "30", "law": "20", "conduct": "20"}
    if state == "abstained":
        fields.setdefault("reason", "Known to me.")
    return make.saved(
        Reading(
            panel=of, application=application, member=member, state=state, scores=scores or {},
            **fields,
        )
    )  # fmt: skip


def grade(person=None, *, code="l4", state="held", **fields):
    """A level given, with its entry in the register."""
    person = person or make.mediator()
    version = fields.pop("version", None) or make_grading.version("active")
    label = version.rules.level(code).label
    fields.setdefault("from_on", TODAY - 200 * DAY)
    if state in ("lowering", "revoking", "lowered", "revoked"):
        fields.setdefault("ground", "依据")
        fields.setdefault("proposed_by", make.user())
        fields.setdefault("proposed_on", TODAY - 20 * DAY)
        fields.setdefault("answer_by", TODAY - 5 * DAY)
    if state in ("lowered", "revoked"):
        fields.setdefault("ended_by", make.user())
        fields.setdefault("ended_on", TODAY - 2 * DAY)
    holding = make.level_holding(person, rank=int(code[1:]), from_on=fields["from_on"])
    return make.saved(
        Grade(
            mediator=person, version=version, code=code, label=label, holding=holding,
            state=state, **fields,
        )
    )  # fmt: skip
