"""Terms that end, reappointments of every state, and the rule they are recommended by."""

from datetime import date

from grading.actions import renewals
from grading.models import Renewal, ReviewCycle
from registry.models import Appointment
from tests import make
from tests.grading import make_cycles
from tests.make import DAY, TODAY
from tests.registry.cases import county_officer

COUNTY = "330681"
UNIT = "枫桥村村民会议"
REASON = "村民会议纪要。"
FROM_ON, ENDS_ON = date(2023, 12, 10), date(2026, 12, 10)
YEARS = (2024, 2025)
RULE = {
    "recommend": {
        "all": [
            {"cmp": ["reviews.latest", "in", ["优秀", "称职"]], "clause": "第十一条"},
            {"cmp": ["reviews.without", "=", 0]},
        ]
    },
    "against": {
        "any": [
            {"cmp": ["reviews.bands.不称职", ">=", 2], "clause": "第十二条"},
            {"cmp": ["complaints.founded", ">=", 3], "clause": "第十三条"},
        ]
    },
}


def note(by=None, today=TODAY):
    return {"by": by or county_officer(), "today": today, "reason": REASON}


def rule(**changes):
    """A rule of the annual review in force in the city that says what is recommended."""
    return make_cycles.version(content=make_cycles.rule(renewal=RULE, **changes))


def post(**fields):
    """A post of somebody elected whose term ends within the lead time."""
    fields = {
        "from_on": FROM_ON, "term_until_on": ENDS_ON, "route": "elected", "unit": UNIT,
        "unit_body": "villagers", **fields,
    }  # fmt: skip
    return make.appointment(fields.pop("person", None), fields.pop("body", None), **fields)


def cycle(year, version, length="year"):
    """The decided review of a year in the county; one for all its sheets."""
    begins, ends = date(year, 1, 1), date(year + 1, 1, 1)
    found = ReviewCycle.objects.filter(from_on=begins, length=length).first()
    return found or make_cycles.cycle(
        "decided", version=version, from_on=begins, until_on=ends, length=length,
        title=f"{year}年度考核",
    )  # fmt: skip


def reviewed(held, *bands, version, years=YEARS):
    """Decided sheets of the holder of a post, a band for each year."""
    return [
        make_cycles.sheet(
            "decided", of=cycle(year, version), mediator=held.mediator, body=held.organization,
            band=band,
        )
        for year, band in zip(years, bands, strict=True)
    ]  # fmt: skip


def renewal(
    state="open", *, bands=("称职", "优秀"), version=None, choice="renew", by=None, **fields
):
    """A case brought to a state by the acts, all by one officer."""
    version = version or rule()
    held = fields.pop("held", None) or post(**fields)
    reviewed(held, *bands, version=version, years=YEARS[: len(bands)])
    case = make.saved(
        Renewal(appointment=held, term_until_on=held.term_until_on, opened_on=TODAY - 5 * DAY)
    )
    by = by or county_officer()
    for name in ROADS[state]:
        STEPS[name](case, choice, by)
    return now(case)


def recommend(case, choice, by):
    renewals.take_pack(case.pk, **note(by))
    renewals.recommend(case.pk, advice=choice, note="综合考虑。", **note(by))


def decide(case, choice, by, **changes):
    given = {
        "choice": choice, "unit": UNIT, "unit_document": "村民会议决议1号",
        "unit_decided_on": TODAY - DAY, "no_reviews_because": "新建档案。", **changes,
    }  # fmt: skip
    return renewals.decide(case.pk, **given, **note(by))


def tell(case, choice, by):
    renewals.tell(case.pk, told_on=TODAY, reply_until=TODAY + 5 * DAY, **note(by))


def reply(case, choice, by):
    user = case.appointment.mediator.user
    renewals.reply(case.pk, by=user, today=TODAY, text="考核年度有误，请求复核。")


def carry_out(case, choice, by):
    renewals.carry_out(case.pk, **note(by, TODAY if choice == "renew" else TODAY + 6 * DAY))


STEPS = {
    "pack": lambda case, choice, by: renewals.take_pack(case.pk, **note(by)),
    "recommend": recommend,
    "decide": decide,
    "tell": tell,
    "reply": reply,
    "carry_out": carry_out,
}
ROADS = {
    "open": [],
    "packed": ["pack"],
    "recommended": ["recommend"],
    "decided": ["recommend", "decide"],
    "told": ["recommend", "decide", "tell"],
    "in_review": ["recommend", "decide", "tell", "reply"],
    "ended": ["recommend", "decide", "tell", "carry_out"],
}


def now(case):
    return Renewal.objects.with_all().get(pk=case.pk)


def standing(held):
    return Appointment.objects.get(pk=held.pk)
