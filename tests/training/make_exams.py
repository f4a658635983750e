"""Questions in use, papers, exams and attempts in every state, made through the real acts."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from office.clocks import read_calendar, store_calendar
from office.models import CalendarYear
from registry.actions import load_policies
from tests import make
from tests.make import TODAY
from training import actions
from training.models import (
    Attempt,
    AttemptItem,
    Exam,
    ExamCandidate,
    ExamPaper,
    PaperItem,
    PaperLine,
    Question,
    QuestionVersion,
    Topic,
    TrainingPolicy,
)

FIXTURES = Path(__file__).parents[2] / "fixtures"
# Nine in the morning of the day.
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
LAW_FROM = date(2011, 1, 1)
CONTENT = {
    "single": {"options": [
        {"id": "k1", "text": "甲", "weight": "100", "feedback": "批注甲"},
        {"id": "k2", "text": "乙", "weight": "0", "feedback": "批注乙"},
        {"id": "k3", "text": "丙", "weight": "0", "feedback": ""},
    ]},
    "multiple": {"options": [
        {"id": "k1", "text": "甲", "weight": "50", "feedback": "批注甲"},
        {"id": "k2", "text": "乙", "weight": "50", "feedback": ""},
        {"id": "k3", "text": "丙", "weight": "-50", "feedback": ""},
    ]},
    "true_false": {"options": [
        {"id": "k1", "text": "正确", "weight": "100", "feedback": "批注"},
        {"id": "k2", "text": "错误", "weight": "0", "feedback": ""},
    ]},
    "fill_in": {"accepted": [{"text": "钥匙文本", "weight": "100", "feedback": "批注"}]},
    "numerical": {"accepted": [{"low": "30", "high": "30", "weight": "100", "feedback": "批注"}]},
    "matching": {"pairs": [
        {"id": "k1", "left": "左一", "right": "右一"},
        {"id": "k2", "left": "左二", "right": "右二"},
        {"id": "k3", "left": "", "right": "右三"},
    ]},
    "essay": {"guide": [{"point": "要点钥匙", "marks": "3"}]},
}  # fmt: skip
RIGHT = {
    "single": "k1", "multiple": ["k1", "k2"], "true_false": "k1", "fill_in": "钥匙文本",
    "numerical": "30", "matching": {"k1": "k1", "k2": "k2"}, "essay": "甲乙双方自愿。",
}  # fmt: skip
OBJECTIVE = [kind for kind in CONTENT if kind != "essay"]


def rules():
    """The figures and the calendar that come with the product."""
    if not TrainingPolicy.objects.exists():
        path = FIXTURES / "training" / "policies.json"
        load_policies(json.loads(path.read_text(encoding="utf-8")), TrainingPolicy)
    if not CalendarYear.objects.exists():
        calendar = read_calendar((FIXTURES / "calendars" / "2026.json").read_text())
        store_calendar(calendar, by=None, now=NOW)


def topic(code="law"):
    return Topic.objects.get_or_create(code=code, defaults={"name": code, "name_en": code})[0]


def question(kind="single", *, at=None, state="in_use", **fields):
    """A question with one version; in use if nothing else is said."""
    version = {
        "content": CONTENT[kind], "stem": f"题干{make.next_number()}", "valid_from_on": LAW_FROM,
        "explanation": "解析钥匙", "written_on": LAW_FROM,
    }  # fmt: skip
    version |= {name: fields.pop(name) for name in ["valid_until_on"] if name in fields}
    fields = {"difficulty": 1, "topic": topic(), "reviewed_by": make.user(), **fields}
    row = make.saved(
        Question(
            code=f"Q{make.next_number()}", kind=kind, division=at or make.division(), state=state,
            **fields,
        )
    )  # fmt: skip
    row.current = make.saved(QuestionVersion(question=row, number=1, **version))
    return make.saved(row)


def paper(kinds=OBJECTIVE, *, state="ready", at=None, marks="2", **fields):
    """A fixed paper with a question of each kind."""
    fields = {"name": f"试卷{make.next_number()}", "rule": "wrong_zero", "kind": "fixed", **fields}
    row = make.saved(ExamPaper(division=at or make.division(), state=state, **fields))
    for position, kind in enumerate(kinds, start=1):
        version = question(kind, at=row.division).current
        make.saved(PaperItem(paper=row, version=version, position=position, marks=Decimal(marks)))
    return row


def drawn_paper(*lines, state="ready", at=None, **fields):
    """A paper with a blueprint; each line is a dict."""
    row = paper([], state=state, at=at, kind="drawn", **fields)
    for line in lines:
        make.saved(PaperLine(paper=row, marks=Decimal(line.pop("marks", 2)), **line))
    return row


def exam(state="open", *, of=None, **fields):
    """An exam in a state; its window is open from an hour before ``NOW`` to an hour after."""
    rules()
    of = of or paper()
    figures = {
        "minutes": 90, "pass_share": 60, "attempts_allowed": 1, "grace_seconds": 30,
        "must_sit_age": 60, "may_sit_age": 60,
        "resit_policy": TrainingPolicy.objects.get(key="resit_gap"),
    }  # fmt: skip
    figures = {} if state == "draft" else figures
    if state in {"asked", "released", "archived"}:
        figures |= {"release_asked_by": make.user(), "release_asked_at": NOW}
    if state in {"released", "archived"}:
        figures |= {"released_by": make.user(), "released_at": NOW}
    window = {"opens_at": NOW - HOUR, "closes_at": NOW + HOUR}
    given = {
        "title": f"考试{make.next_number()}",
        "purpose": "yearly",
        **window,
        **figures,
        **fields,
    }
    return make.saved(Exam(paper=of, division=of.division, state=state, **given))


def release(of, *, now, reason="-"):
    """Release the results of an exam: one officer asks, another releases; returns the exam."""
    actions.ask_release(of.pk, by=make.user(), now=now, reason=reason)
    return actions.release_exam(of.pk, by=make.user(), now=now, reason=reason)


def candidate(of=None, person=None, **fields):
    """A place in an exam, of a mediator with an account."""
    of = of or exam()
    person = person or make.mediator(in_division=of.division, user=make.user())
    fields = {"must_sit": True, "may_sit": False, "added_on": TODAY, **fields}
    return make.saved(ExamCandidate(exam=of, mediator=person, **fields))


@dataclass
class Sitting:
    """An attempt, and what its candidate does in it."""

    attempt: Attempt
    device: str = "device-one"

    @property
    def user(self):
        return self.attempt.candidate.mediator.user

    def item(self, kind_or_position):
        rows = self.attempt.items.select_related("version__question")
        if isinstance(kind_or_position, int):
            return rows.get(position=kind_or_position)
        return rows.get(version__question__kind=kind_or_position)

    def save(self, position, value, *, now=NOW, device=None, **sent):
        return actions.save_answer(
            self.attempt.pk, by=self.user, position=position, value=value,
            device=device or self.device, now=now, **sent,
        )  # fmt: skip

    def answer(self, kind, value, **sent):
        """Answer the question of a kind, in the ids of the bank."""
        item = self.item(kind)
        return self.save(item.position, shown(item, value), **sent)

    def submit(self, *, now=NOW, device=None):
        return actions.submit_attempt(
            self.attempt.pk, by=self.user, device=device or self.device, now=now
        )

    def again(self):
        """The attempt as it is in the database."""
        self.attempt = Attempt.objects.get(pk=self.attempt.pk)
        return self.attempt


def sitting(of=None, *, now=NOW, device="device-one", place=None, seed=7):
    """An attempt begun now."""
    place = place or candidate(of)
    attempt = actions.start_attempt(
        place.pk, by=place.mediator.user, device=device, now=now, seed=seed
    )
    return Sitting(attempt, device)


def shown(item, value):
    """An answer in the ids the candidate sees."""
    kind, frozen = item.version.question.kind, item.frozen
    if kind == "matching":
        left = {own: name for name, own in frozen["left"]}
        right = {own: name for name, own in frozen["right"]}
        return {left[one]: right[other] for one, other in value.items()}
    names = {own: name for name, own in frozen.get("options", [])}
    if isinstance(value, list):
        return [names[one] for one in value]
    return names.get(value, value)


def attempt(state="in_progress", of=None):
    """An attempt in any state."""
    row = sitting(of).attempt
    if state == "in_progress":
        return row
    fields = {"submitted_at": NOW, "how_it_ended": "handed_in"}
    if state in {"marked", "passed", "failed"}:
        AttemptItem.objects.filter(attempt=row).update(score=1)
        fields["score"] = 6
    if state == "voided":
        fields = {"void_reason": "作弊", "void_asked_by": make.user(), "voided_by": make.user()}
    Attempt.objects.filter(pk=row.pk).update(state=state, **fields)
    return Attempt.objects.get(pk=row.pk)
