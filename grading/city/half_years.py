"""The review of a half-year in the demo city: with the mediators now, some sheets further on."""

from datetime import date
from decimal import Decimal

from django.db.models import Case, When

from grading.actions import review_marks, review_sheets, reviews
from grading.actions.review_moving import locked_sheets, move_all
from grading.city.officers import officer
from grading.city.reviews import DAY, enter_rule
from grading.flows.review import SheetState
from grading.models import Length
from registry.actions.appointments import change_appointment
from registry.flows import AppointmentState
from registry.models import Appointment, Organization, Post
from registry.rules import years_later

CODE = "DEMO-review-half"
TITLE = "绍兴示范市人民调解员半年考核办法（演示用虚构规则）"
NOTE = "演示：按半年考核办法办理。"
STATEMENT = "上半年参与辖区矛盾纠纷排查和调解，按要求参加业务培训，回访当事人并督促协议履行。"
OWN = "mediator"
# So many sheets were handed in, so many of them handed on to the office.
HANDED_IN, HANDED_ON = 6, 3
BY_HAND = {"id": "conduct", "label": "工作纪律", "weight": 10, "manual": True}
STEPS = [("self", "本人自评", 0), ("organization", "调委会评议", "30%"),
         ("office", "司法所初审", "30%"), ("bureau", "司法局审定", "40%")]  # fmt: skip


def let_serve(county, today):
    """Have the demo's own mediator in post since last year, so that there is a review to read."""
    first = date(today.year - 1, 1, 4)
    posts = Appointment.objects.in_division(county).filter(
        mediator__user__username=OWN, state=AppointmentState.IN_POST, renewal_of=None,
        from_on__gt=first,
    )  # fmt: skip
    for post in posts.select_related("mediator"):
        if post.mediator.appointments.count() > 1:
            # Earlier terms are on record: the person has served.
            continue
        change_appointment(
            post.pk, by=officer("county"), today=today, reason="演示：任职起始日更正。",
            revision=post.revision, decided_on=first - DAY, from_on=first,
            term_until_on=min(post.term_until_on, years_later(first, 3)),
        )  # fmt: skip


def make_half_year(document, county, today):
    """Open the review of the last half-year from January on that is over, and begin it."""
    year = today.year if today.month > 6 else today.year - 1
    on = max(date(year, 7, 1), today - 3 * DAY)
    version = enter_rule({**document, **_rule(document)}, on - 30 * DAY)
    note = {"by": officer("county"), "today": on, "reason": NOTE}
    made = reviews.add_cycle(
        division=county, version=version, length=Length.HALF_YEAR,
        title=f"{county.name}{year}年上半年人民调解员考核（演示）",
        from_on=date(year, 1, 1), until_on=date(year, 7, 1),
        self_until=on + 15 * DAY, organization_until=on + 30 * DAY, office_until=on + 45 * DAY,
        **note,
    )  # fmt: skip
    cycle = reviews.open_cycle(made.pk, **note)
    _begin(cycle, today)


def _rule(document):
    """The year's rule with shorter periods, and with points that four give by hand."""
    review = document["review"]
    work, *others = review["indicators"]
    success, *rest = work["of"]
    work = {**work, "of": [{**success, "weight": 30}, *rest]}
    asked = {"indicators": [BY_HAND["id"]], "days": 10, "day_kind": "working", "note": "示例"}
    steps = [{"id": name, "label": label, "share": share, **asked} for name, label, share in STEPS]
    return {
        "id": CODE,
        "title": TITLE,
        "review": {
            **review,
            "cycle": "half_year",
            "rollup": {"how": "mean", "missing": "skip", "least": 1},
            "indicators": [work, *others, BY_HAND],
            "minimum_service": {"months": 3, "label": "不定等次", "note": "示例"},
            "steps": steps,
        },
    }


def _begin(cycle, today):
    """Hand in sheets, those of the demo's clerk and place first, and hand the last of them on."""
    clerk, bureau = officer("clerk"), officer("county")
    body = Organization.objects.get(pk=Post.objects.get(user=clerk).organization_id)
    low, high = body.division.span
    near = Case(
        When(organization=body, then=0),
        When(division__gte=low, division__lt=high, then=1),
        default=2,
    )
    rows = cycle.sheets.filter(state=SheetState.SELF, mediator__user=None)
    first = list(rows.order_by(near, "pk").values_list("pk", flat=True)[:HANDED_IN])
    sheets = locked_sheets(cycle.sheets.filter(pk__in=first))
    for sheet in sheets:
        sheet.statement = STATEMENT
    # The people of a demo have no accounts of their own.
    told = {"told": ["statement"], "handed_in_on": today}
    move_all("hand_in", sheets, by=None, reason="演示：本人已自评。", **told)
    sheets.sort(key=lambda sheet: first.index(sheet.pk))
    for number, sheet in enumerate(sheets[-HANDED_ON:]):
        by = clerk if sheet.organization_id == body.pk else bureau
        note = {"by": by, "today": today, "reason": NOTE}
        points = {BY_HAND["id"]: Decimal(9 - number)}
        review_marks.give_points(sheet.pk, actor="organization", points=points, **note)
        review_sheets.score(sheet.pk, **note)
