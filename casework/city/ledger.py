"""Two years of the ledger of a county, as they would come from the provincial platform.

The figures are invented; their proportions are those a county's yearly table shows.
"""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from casework.models import (
    CaseParty,
    CaseRecord,
    CaseSeries,
    CaseShare,
    DifficultyScheme,
    Opinion,
)
from casework.models.case_words import FileDocument
from casework.models.opinion import Means
from casework.models.terms import DisputeType
from casework.rules.cases import case_number
from office import ledger
from registry.models import Appointment, Division

COUNTY = "330681"
BATCH = 2_000
YEAR = 365
# Share of each type among a thousand disputes; what is not named here is rare.
TYPES = {
    "neighbours": 240, "marriage": 170, "labour": 110, "damages": 90, "contract": 80,
    "traffic": 70, "homestead": 60, "property": 55, "consumer": 40, "land": 30, "medical": 12,
    "expropriation": 10, "village-affairs": 10, "other": 23,
}  # fmt: skip
SOURCES = {"applied": 52, "found": 30, "court": 8, "police": 7, "petition": 2, "procuratorate": 1}
CLASSES = {"simple": 55, "general": 38, "major": 6, "very-major": 1}
OUTCOMES = {"succeeded": 955, "failed": 25, "withdrawn": 12, "transferred": 8}
FULFILLED = {"fulfilled": 90, "pending": 6, "partly": 2, "refused": 2}
# Of ten ended cases one was visited; marks of one to five.
VISITED = 0.1
MARKS = {5: 60, 4: 28, 3: 8, 2: 3, 1: 1}
SURNAMES = "陈王张李周吴徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜"
D = FileDocument
WRITTEN_FILE = [
    D.APPLICATION, D.NOTICE, D.IDENTITY, D.INQUIRY, D.RECORD, D.AGREEMENT, D.VISIT, D.COVER,
]  # fmt: skip
ORAL_FILE = [D.APPLICATION, D.RECORD, D.COVER]
# Cases whose parties are still needed for a return visit; of the others no name is kept.
NAMED_DAYS = 60


def make_ledger(rng, today, *, cases):
    """Add ``cases`` cases of the last year, and nine tenths as many of the year before it.

    Returns the number added: all, or none where nobody serves in the county.
    """
    places = _places(today)
    if not places:
        return 0
    drawing = _Drawing(rng, today, places)
    rows = [drawing.case(age) for age in _ages(rng, cases)]
    CaseRecord.objects.bulk_create([row for row, _people in rows], batch_size=BATCH)
    CaseShare.objects.bulk_create(
        [
            CaseShare(case=row, mediator_id=person, role="together" if place else "lead")
            for row, people in rows
            for place, person in enumerate(people)
        ],
        batch_size=BATCH,
    )
    CaseParty.objects.bulk_create(
        [party for row, _people in rows for party in drawing.parties(row)], batch_size=BATCH
    )
    visits = [drawing.visit(row) for row, _people in rows if row.closed_on]
    Opinion.objects.bulk_create([visit for visit in visits if visit], batch_size=BATCH)
    drawing.keep_numbers()
    note = {"cases": len(rows), "first": rows[0][0].number, "last": rows[-1][0].number}
    county = Division.objects.get(code=COUNTY)
    ledger.append("casework.caserecord.load", county, by=None, reason="演示城市。", after=note)
    return len(rows)


def _ages(rng, cases):
    """Return how many days ago each case was accepted, the oldest first."""
    ages = [rng.randint(1, YEAR) for _case in range(cases)]
    ages += [rng.randint(YEAR + 1, 2 * YEAR) for _case in range(cases * 9 // 10)]
    return sorted(ages, reverse=True)


def _places(today):
    """Return (organisation, division, people in post the longest first) of the county's bodies."""
    county = Division.objects.filter(code=COUNTY).first()
    if county is None:
        return []
    posts = Appointment.objects.in_division(county).on_the_roster(today)
    serving = defaultdict(list)
    for body, place, person, since in posts.values_list(
        "organization_id", "organization__division_id", "mediator_id", "from_on"
    ).order_by("organization_id", "from_on", "pk"):
        serving[body, place].append((person, since))
    return [(body, place, people) for (body, place), people in serving.items()]


class _Drawing:
    """Draws the rows of the ledger one after another."""

    def __init__(self, rng, today, places):
        self.rng, self.today, self.places = rng, today, places
        self.weights = [len(people) for _body, _place, people in places]
        self.types = dict(DisputeType.objects.values_list("code", "pk"))
        scheme = DifficultyScheme.objects.get(division=None, until_on=None)
        self.classes = dict(scheme.classes.values_list("code", "pk"))
        self.serials = defaultdict(
            int, CaseSeries.objects.filter(county=COUNTY).values_list("year", "last")
        )

    def one_of(self, shares):
        return self.rng.choices(list(shares), shares.values())[0]

    def number(self, accepted_on):
        self.serials[accepted_on.year] += 1
        return case_number(COUNTY, accepted_on.year, self.serials[accepted_on.year])

    def keep_numbers(self):
        """Let the next case entered by hand go on where the drawn ones ended."""
        for year, last in self.serials.items():
            CaseSeries.objects.update_or_create(county=COUNTY, year=year, defaults={"last": last})

    def case(self, age):
        """Return a case accepted so many days ago, and the people who mediated it."""
        rng, accepted_on = self.rng, self.today - timedelta(days=age)
        body, place, people = rng.choices(self.places, self.weights)[0]
        difficulty = self.one_of(CLASSES)
        row = CaseRecord(
            number=self.number(accepted_on),
            organization_id=body,
            division_id=place,
            dispute_type_id=self.types[self.one_of(TYPES)],
            difficulty_id=self.classes[difficulty],
            source=self.one_of(SOURCES),
            accepted_on=accepted_on,
            people=rng.choice([2, 2, 2, 3, 4, 6]),
            amount=self.amount(difficulty),
            attempts=rng.choices([1, 2, 3], [80, 16, 4])[0],
            state="accepted",
            origin="imported",
        )
        self.end(row, difficulty)
        return row, self.mediators(people, accepted_on, difficulty)

    def mediators(self, people, accepted_on, difficulty):
        """Return who mediated: people who were in post on the day, two of them in grave cases."""
        serving = [person for person, since in people if since <= accepted_on]
        # One in several hundred is dated outside a post, as real tables are.
        serving = serving or [people[0][0]]
        wanted = 2 if difficulty in {"major", "very-major"} else self.rng.choice([1, 1, 1, 2])
        return self.rng.sample(serving, min(wanted, len(serving)))

    def amount(self, difficulty):
        if self.rng.random() < 0.3:
            return None
        most = {"simple": 50, "general": 600, "major": 6_000, "very-major": 30_000}[difficulty]
        return Decimal(self.rng.randint(1, most) * 100)

    def end(self, row, difficulty):
        """Say how the case ended; some of the last weeks are still open."""
        days = self.rng.choice([0, 0, 1, 3, 5, 8, 14, 25])
        closed_on = row.accepted_on + timedelta(days=days)
        if closed_on >= self.today:
            return
        row.closed_on, row.state = closed_on, self.one_of(OUTCOMES)
        if row.state == "failed":
            row.agreement = "none"
        if row.state == "succeeded":
            self.agree(row, difficulty)

    def agree(self, row, difficulty):
        is_written = difficulty != "simple" or self.rng.random() < 0.3
        row.agreement = "written" if is_written else "oral"
        row.agreed_on = row.closed_on
        row.documents = [str(code) for code in (WRITTEN_FILE if is_written else ORAL_FILE)]
        if self.rng.random() < 0.06:
            row.documents.remove(D.RECORD)
        row.due_on = row.closed_on + timedelta(days=self.rng.choice([0, 0, 7, 15, 30]))
        row.fulfilment = "pending" if row.due_on >= self.today else self.one_of(FULFILLED)
        if row.fulfilment in {"fulfilled", "partly"}:
            row.fulfilled_on = row.due_on
            row.is_voluntary = self.rng.random() < 0.97
        if is_written and self.rng.random() < 0.04:
            row.confirmation = self.rng.choices(["confirmed", "refused"], [97, 3])[0]
            row.confirmation_on = min(row.closed_on + timedelta(days=12), self.today)

    def parties(self, row):
        if row.accepted_on < self.today - timedelta(days=NAMED_DAYS):
            return []
        return [
            CaseParty(case=row, side=side, name=f"{self.rng.choice(SURNAMES)}某{mark}")
            for side, mark in [("applicant", "甲"), ("respondent", "乙")]
        ]

    def visit(self, row):
        """Return what a party said when visited a week after the end, or nothing."""
        given_on = row.closed_on + timedelta(days=7)
        if given_on >= self.today or self.rng.random() > VISITED:
            return None
        return Opinion(
            case=row, channel="visit", means=Means.PHONE, side="applicant", outcome="reached",
            score=self.one_of(MARKS), given_on=given_on,
        )  # fmt: skip
