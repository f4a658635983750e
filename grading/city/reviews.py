"""Annual reviews of the demo city: last year's decided, held by the actions of officers."""

from datetime import date, timedelta

from grading import actions
from grading.actions import consequences, review_results, review_sheets, reviews
from grading.actions.review_moving import locked_sheets, move_all
from grading.city.officers import office_of, officer
from grading.flows.review import SheetState
from grading.models import ReviewConsequence, ReviewCycle, ReviewSheet
from grading.rules.documents import written
from grading.rules.reading import read
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


def make_reviews(rules, today):
    """Put a rule in force and hold the review of last year; returns how many sheets there are.

    It was opened in January; where the year is young it is still with the mediators.

    :param rules: the text of the file with the published rules of reviews.
    """
    opened_on = date(today.year, 1, 12)
    if today < opened_on:
        opened_on = date(today.year - 1, 1, 12)
    document = {**example_of(rules), "id": CODE, "title": TITLE}
    version = enter_rule(document, opened_on - 200 * DAY)
    cycle = _opened(version, Division.objects.get(code=COUNTY), opened_on)
    if today > opened_on + 120 * DAY:
        _held(cycle, opened_on)
    return {"reviews": ReviewCycle.objects.count(), "sheets": ReviewSheet.objects.count()}


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
    """Have each township's office hand on the sheets of its place, for the organisation as well."""
    bureau = officer("county")
    for place in cycle.sheets.order_by("division").values_list("division", flat=True).distinct():
        by = _acting(Division.objects.get(pk=place), on) or bureau
        for name in ("score", "pass_on"):
            source = S.ORGANIZATION if name == "score" else S.OFFICE
            rows = locked_sheets(cycle.sheets.filter(division=place, state=source))
            move_all(name, rows, by=by, reason=NOTE)


def _acting(place, on):
    """Return the office of the township a place lies in, None where there is none."""
    while place is not None and place.level != DivisionLevel.TOWNSHIP:
        place = place.parent
    if place is None or not Post.objects.filter(role=Role.JUSTICE_OFFICE).exists():
        return None
    return office_of(place, on)


def _settle(cycle, *, by, today):
    rows = ReviewConsequence.objects.filter(sheet__cycle=cycle, state="open").order_by("pk")
    for row in rows[:SETTLED]:
        consequences.carry_out_consequence(row.pk, by=by, today=today, reason="演示：已办理。")
