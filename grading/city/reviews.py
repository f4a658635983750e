"""Annual reviews of the demo city: of two years, decided, held by the actions of officers."""

from datetime import date, timedelta
from decimal import Decimal

from grading import actions
from grading.actions import consequences, review_results, review_sheets, reviews
from grading.actions.review_moving import locked_sheets, move_all
from grading.city.officers import office_of, officer
from grading.flows.review import SheetState
from grading.models import ReviewConsequence, ReviewCycle, ReviewMark, ReviewSheet
from grading.models.review_parts import Actor
from grading.rules.documents import written
from grading.rules.reading import read
from office import ledger
from office.roles import Role
from registry.models import Division, DivisionLevel, Post

CITY, COUNTY = "3306", "330681"
# The only rule of the file in which nothing is unknown.
WHOLE, CODE = "R3-shaoxing-four", "DEMO-review"
TITLE = "绍兴示范市人民调解员年度考核办法（演示用虚构规则）"
NOTE = "演示：按年度考核办法办理。"
DAY = timedelta(days=1)
S = SheetState
# So many of the consequences the bureau has carried out by today.
SETTLED = 12


# Points that organisation and bureau give by hand, each half of them.
BY_HAND = {"id": "conduct", "label": "工作表现", "weight": 10, "manual": True}
ASKED = {"organization": "50%", "bureau": "50%"}
# Of ten; most have nearly all, nobody knows why who has which.
POINTS = (9, 10, 8, 9, 7, 10, 9, 6)


def make_reviews(rules, today):
    """Put a rule in force and hold the reviews of two years; returns how many sheets there are.

    Each was opened in January; where the year is young the last is still with the mediators.

    :param rules: the text of the file with the published rules of reviews.
    """
    opened_on = date(today.year, 1, 12)
    if today < opened_on:
        opened_on = date(today.year - 1, 1, 12)
    before = opened_on.replace(year=opened_on.year - 1)
    document = {**demo_rule(example_of(rules)), "id": CODE, "title": TITLE}
    version = enter_rule(document, before - 200 * DAY)
    county = Division.objects.get(code=COUNTY)
    _held(_opened(version, county, before), before)
    cycle = _opened(version, county, opened_on)
    if today > opened_on + 120 * DAY:
        _held(cycle, opened_on)
    return {"reviews": ReviewCycle.objects.count(), "sheets": ReviewSheet.objects.count()}


def demo_rule(document):
    """Return the rule of the demo: with points by hand, and a word on most terms that end.

    As published it leaves whoever has no class hours of last year open, which would be nearly all.
    """
    review = document["review"]
    work, *others = review["indicators"]
    success, *rest = work["of"]
    work = {**work, "of": [{**success, "weight": success["weight"] - BY_HAND["weight"]}, *rest]}
    steps = [
        {**one, "indicators": [BY_HAND["id"]], "share": ASKED[one["id"]]}
        if one["id"] in ASKED
        else one
        for one in review["steps"]
    ]
    renewal = {
        "recommend": {"all": [
            {"cmp": ["reviews.count", ">=", 1], "clause": "示例：任期内至少一次年度考核"},
            {"cmp": ["reviews.latest", "in", ["优秀", "称职", "基本称职"]],
             "clause": "示例：最近一次考核基本称职以上"},
            {"cmp": ["reviews.bands.不称职", "<", 1], "clause": "示例：任期内没有不称职"},
        ]},
        "against": {"any": [
            {"cmp": ["reviews.latest", "in", ["不称职"]], "clause": "示例：最近一次考核不称职"},
            {"all": [{"cmp": ["reviews.bands.不称职", ">=", 1]},
                     {"cmp": ["reviews.latest", "in", ["基本称职"]]}],
             "clause": "示例：任期内有过不称职，最近一次考核仍为基本称职"},
            {"cmp": ["complaints.founded", ">=", 3],
             "clause": "示例：任期内经查属实的投诉三件以上"},
            {"flag": "misconduct", "clause": "示例：有人民调解法第十五条情形受到处理"},
        ]},
    }  # fmt: skip
    told = {"indicators": [work, *others, BY_HAND], "steps": steps, "renewal": renewal}
    return {**document, "review": {**review, **told}}


def example_of(rules):
    """Return the published rule in which nothing is unknown."""
    return next(one["ruleset"] for one in read(rules) if one.get("ruleset", {}).get("id") == WHOLE)


def enter_rule(document, on):
    """Enter a rule for the city and put it into force by the second officer."""
    city, second = officer("city"), officer("city2")
    note = {"today": on, "reason": "演示：录入年度考核办法。"}
    place = Division.objects.get(code=CITY)
    (version,) = actions.enter_schemes(written(document), division=place, by=city, **note)
    actions.change_version(version.pk, by=city, effective_from=on, **note)
    return actions.activate_version(version.pk, by=second, **note)


def _opened(version, county, on):
    """Set the review of the year before up and open it."""
    note = {"by": officer("county"), "today": on, "reason": NOTE}
    title = f"{county.name}{on.year - 1}年度人民调解员考核（演示）"
    made = reviews.add_cycle(
        division=county, version=version, title=title, length="year",
        from_on=date(on.year - 1, 1, 1), until_on=date(on.year, 1, 1),
        self_until=on + 15 * DAY, organization_until=on + 30 * DAY, office_until=on + 45 * DAY,
        **note,
    )  # fmt: skip
    return reviews.open_cycle(made.pk, **note)


def _held(cycle, opened_on):
    """Lead a review from the mediators to its decision."""
    first, second = officer("county"), officer("county2")
    on = opened_on + 16 * DAY
    reviews.collect_sheets(cycle.pk, by=first, today=on, reason=NOTE)
    _through_the_offices(cycle, on + 10 * DAY)
    note = {"today": on + 32 * DAY, "reason": NOTE}
    reviews.take_over_sheets(cycle.pk, by=first, **note)
    _give(cycle.sheets.filter(state=S.BUREAU), Actor.BUREAU, first, on + 32 * DAY)
    review_sheets.check_all(cycle.pk, by=first, **note)
    if not cycle.sheets.exclude(score=None).exists():
        # A city without cases: there is nothing to announce.
        return
    review_results.propose_results(cycle.pk, by=first, **note)
    told = review_results.announce_results(cycle.pk, by=first, **note)
    last = max(told.notice.ends_on, review_results.last_day_to_object(told))
    later = {"today": last + 2 * DAY, "reason": NOTE}
    review_results.decide_results(cycle.pk, by=second, **later)
    _settle(cycle, by=first, today=last + 9 * DAY)


def _through_the_offices(cycle, on):
    """Have each township's office score and hand on the sheets of its places."""
    for by, places in _offices(cycle, on).items():
        rows = locked_sheets(cycle.sheets.filter(division__in=places, state=S.ORGANIZATION))
        _give(rows, Actor.ORGANIZATION, by, on)
        for name in ("score", "pass_on"):
            move_all(name, rows, by=by, reason=NOTE)


def _offices(cycle, on):
    """Return {who acts: the divisions of sheets}: the bureau where a township has no office."""
    bureau, of_town, found = officer("county"), {}, {}
    has_offices = Post.objects.filter(role=Role.JUSTICE_OFFICE).exists()
    lie = Division.objects.filter(pk__in=cycle.sheets.values("division")).order_by("pk")
    for place in lie.select_related("parent__parent"):
        town = _town_of(place)
        if town not in of_town:
            of_town[town] = office_of(town, on) if town and has_offices else bureau
        found.setdefault(of_town[town], []).append(place.pk)
    return found


def _town_of(place):
    """Return the township a place lies in, None if it lies in none."""
    while place is not None and place.level != DivisionLevel.TOWNSHIP:
        place = place.parent
    return place


def _give(sheets, actor, by, on):
    """Give the points by hand that a step asks for, as the action does one by one."""
    marks, entries = [], []
    for sheet in sheets:
        points = Decimal(POINTS[(sheet.mediator_id + len(actor)) % len(POINTS)])
        given = {"indicator": BY_HAND["id"], "actor": actor, "points": points}
        marks.append(ReviewMark(sheet=sheet, by=by, on=on, **given))
        told = {"before": {"actor": str(actor)}, "after": {"actor": str(actor)}}
        told["after"][BY_HAND["id"]] = str(points)
        entries.append(ledger.draft("grading.reviewsheet.mark", sheet, by=by, reason=NOTE, **told))
    ReviewMark.objects.bulk_create(marks, batch_size=500)
    if entries:
        ledger.append_all(entries)


def _settle(cycle, *, by, today):
    rows = ReviewConsequence.objects.filter(sheet__cycle=cycle, state="open").order_by("pk")
    for row in rows[:SETTLED]:
        consequences.carry_out_consequence(row.pk, by=by, today=today, reason="演示：已办理。")
