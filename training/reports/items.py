"""What the questions of an exam turned out to be: their statistics, and who chose what.

Only attempts that are marked and not voided count.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q

from training.models import AttemptItem, QuestionVersion, Rekey, RekeyKind
from training.queries.marking import to_mark
from training.rules.items import effective_weights, item_statistics
from training.rules.rekeying import right_options
from training.rules.wording import answer_in_words

# Of typed answers so many of the most frequent are shown.
MOST_TYPED = 5
# One or two who have it wrong say nothing about the question.
FEWEST = 3
WIDTH, HEIGHT, EDGE = 320, 240, 24


@dataclass
class Line:
    """One question of an exam: how it is marked, its statistics, and how often what was chosen."""

    version: QuestionVersion
    full_marks: Decimal
    statistics: object
    weight: Decimal | None
    rekey: Rekey | None
    chosen: list = field(default_factory=list)

    @property
    def is_doubtful(self):
        return self.statistics.attempts >= FEWEST and self.statistics.is_doubtful

    @property
    def is_cancelled(self):
        return self.rekey is not None and self.rekey.kind != RekeyKind.KEY


def lines_of(exam):
    """Return a ``Line`` for every question asked in the attempts that count, doubtful ones first.

    A question drawn at random is compared with the whole attempt, one of a fixed paper with the
    rest of it; only the latter have an effective weight.
    """
    ruling = Rekey.objects.ruling(exam)
    answers = _answers(exam)
    observed, worth = _observed(answers, exam, ruling)
    drawn = exam.paper.is_drawn
    weights = {} if drawn else effective_weights(observed)
    versions = QuestionVersion.objects.select_related("question").in_bulk(observed)
    lines = [
        Line(
            version=versions[pk],
            full_marks=worth[pk],
            statistics=item_statistics(seen, worth[pk], drawn=drawn),
            weight=weights.get(pk),
            rekey=ruling.get(pk),
            chosen=_chosen(versions[pk], ruling.get(pk), answers[pk]),
        )
        for pk, seen in observed.items()
    ]
    return sorted(lines, key=lambda one: (not one.is_doubtful, one.version.question.code))


def doubtful(exam):
    """The numbers of the questions that are worth a look before results are released."""
    return [one.version.question.code for one in lines_of(exam) if one.is_doubtful]


def _answers(exam):
    """Return {version: [(attempt, mark, full mark, answer)]} of the attempts that count."""
    items = AttemptItem.objects.filter(attempt__in=exam.attempts.counted()).order_by("version")
    found = defaultdict(list)
    for version, *row in items.values_list("version", "attempt", "score", "marks", "answer"):
        found[version].append(row)
    return found


def _observed(answers, exam, ruling):
    """Return {version: [(mark, marks of the attempt)]} and {version: full marks}."""
    left_out = {version for version, one in ruling.items() if one.kind == RekeyKind.LEFT_OUT}
    totals = defaultdict(Decimal)
    for version, rows in answers.items():
        for attempt, mark, _full, _answer in rows:
            totals[attempt] += 0 if version in left_out else mark
    worth = {version: max(row[2] for row in rows) for version, rows in answers.items()}
    observed = {
        version: [(_scaled(mark, full, worth[version]), totals[attempt])
                  for attempt, mark, full, _answer in rows]
        for version, rows in answers.items() if version not in left_out
    }  # fmt: skip
    return observed, worth


def _scaled(mark, full, worth):
    """Lines of a blueprint may give one question different marks: then its share counts."""
    return mark if full == worth else mark * worth / full


def _chosen(version, rekey, rows):
    """Return (words, whether right, how often) of each option, or of the most frequent answers."""
    kind = version.question.kind
    content = (rekey and rekey.content) or version.content
    if kind in {"essay", "matching"}:
        return []
    if "options" in content:
        counts = Counter()
        for *_marks, answer in rows:
            counts.update(answer if isinstance(answer, list) else [answer])
        right = right_options(content)
        return [(one["text"], one["id"] in right, counts[one["id"]]) for one in content["options"]]
    counts = Counter(answer_in_words(kind, content, answer) for *_marks, answer in rows)
    full = {answer_in_words(kind, content, a) for _n, mark, most, a in rows if mark == most}
    return [(words, words in full, number) for words, number in counts.most_common(MOST_TYPED)]


@dataclass(frozen=True)
class Point:
    """A question in the drawing: right is easy, high tells the candidates apart."""

    x: float
    y: float
    text: str
    is_doubtful: bool


def scatter(lines):
    """Return the points of the drawing of facility and discrimination, where both are known."""
    return [
        Point(
            x=round(EDGE + float(one.statistics.facility) / 100 * (WIDTH - 2 * EDGE), 1),
            # From -100 at the bottom to 100 at the top.
            y=round(
                EDGE + (100 - float(one.statistics.discrimination)) / 200 * (HEIGHT - 2 * EDGE), 1
            ),
            text=one.version.question.code,
            is_doubtful=one.is_doubtful,
        )
        for one in lines
        if one.statistics.facility is not None and one.statistics.discrimination is not None
    ]


def progress(exam):
    """Return how many answers wait for a marker, are in hand, and for a third of these."""
    essays = AttemptItem.objects.filter(attempt__exam=exam)
    waiting = to_mark(essays)
    marks = exam.markings.aggregate(
        marked=Count("pk", filter=Q(state="marked")), in_hand=Count("pk", filter=Q(state="claimed"))
    )
    return {"waiting": waiting.count(), "third": waiting.filter(taken=2).count(), **marks}
