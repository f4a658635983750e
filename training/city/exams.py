"""Invented exams of the demo city, in every state, from the questions that are in use."""

from collections import Counter
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from office.models import User
from registry.models import Division, Mediator
from training import actions
from training.models import AttemptItem, ExamPurpose, PaperKind, Question, ScoringRule

CITY, TOWNSHIP = "3306", "330681109"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# Of each kind so many at most, and the marks for each.
BLUEPRINT = {"single": (6, 2), "multiple": (3, 3), "true_false": (3, 1), "fill_in": (1, 2)}
SITTERS = 12
# Everybody is asked the same so many questions in one of the exams: that has good statistics.
LISTED = 12
WHY = "演示。"
CHEAT = "考场内使用手机查阅答案。"
ANSWERS = ["双方当事人应当自愿、平等协商。", "先听取双方陈述，再分开做工作。"]


def make_exams(rng, *, today, now):
    """Make papers and exams in every state; returns the number of exams.

    Whoever is signed in as the demo's mediator can sit one now. Without questions in use there is
    nothing to ask, and nothing is made.
    """
    maker = Exams(rng, today, now)
    return maker.make() if maker.paper is not None else 0


class Exams:
    """Makes the exams of one place, through the acts of officers and candidates."""

    def __init__(self, rng, today, now):
        self.rng, self.today, self.now = rng, today, now
        self.trainer = User.objects.get(username="trainer")
        self.bureau = User.objects.get(username="county")
        self.note = {"by": self.trainer, "reason": WHY}
        self.place = Division.objects.get(code=TOWNSHIP)
        self.paper = self._paper("人民调解员年度考试卷")

    def make(self):
        """Make all; the exams that are over were sat some weeks ago."""
        self._retired()
        self._exam("下季度专题考试", 40 * DAY, purpose=ExamPurpose.SPECIAL)
        self._scheduled("冬季年度考试", 9 * DAY)
        self._open()
        essay = self._paper("案例分析卷", essays=1) or self.paper
        self._over("案例分析专题考试", -20 * DAY, paper=essay, cheat=True)
        self._asked(self._over("初冬补训考试", -12 * DAY, paper=self._listed_paper()))
        self._released("秋季年度考试", -45 * DAY)
        archived = self._released("夏季年度考试", -150 * DAY)
        actions.archive_exam(archived.pk, now=self.now, **self.note)
        return 7

    def _paper(self, name, essays=0):
        paper = actions.add_paper(
            name=name, division=Division.objects.get(code=CITY), kind=PaperKind.DRAWN,
            rule=ScoringRule.WRONG_ZERO, today=self.today, **self.note,
        )  # fmt: skip
        there = Counter(entry.kind for entry in paper.pool(self.today))
        wanted = dict(BLUEPRINT)
        if essays:
            wanted["essay"] = (essays, 10)
        lines = {kind: min(there[kind], most) for kind, (most, _marks) in wanted.items()}
        if not any(lines.values()) or (essays and not lines["essay"]):
            paper.delete()
            return None
        for kind, number in lines.items():
            if number:
                line = {"kind": kind, "number": number, "marks": Decimal(wanted[kind][1])}
                actions.add_line(paper.pk, today=self.today, **line, **self.note)
        return actions.make_paper_ready(paper.pk, today=self.today, **self.note)

    def _listed_paper(self):
        paper = actions.add_paper(
            name="补训统一试卷", division=Division.objects.get(code=CITY), kind=PaperKind.FIXED,
            rule=ScoringRule.PARTIAL, today=self.today, **self.note,
        )  # fmt: skip
        asked = [one.question for one in paper.pool(self.today) if one.kind in BLUEPRINT][:LISTED]
        codes = list(Question.objects.filter(pk__in=asked).values_list("code", flat=True))
        given = {"marks": Decimal(2), "today": self.today, **self.note}
        actions.add_questions(paper.pk, codes=codes, **given)
        return actions.make_paper_ready(paper.pk, today=self.today, **self.note)

    def _retired(self):
        old = self._paper("旧年度考试卷")
        actions.retire_paper(old.pk, today=self.today, **self.note)
        self._paper("新年度考试卷（拟定中）")
        draft = self._paper("备用卷")
        actions.reopen_paper(draft.pk, today=self.today, **self.note)

    def _exam(self, title, begins, *, paper=None, hours=2, **fields):
        day = timezone.localtime(self.now + begins).date()
        opens_at = timezone.make_aware(datetime.combine(day, time(9)))
        fields = {"purpose": ExamPurpose.YEARLY, "opens_at": opens_at, **fields}
        fields.setdefault("closes_at", fields["opens_at"] + hours * HOUR)
        return actions.add_exam(
            title=title, division=self.place, paper=paper or self.paper, today=self.today,
            **fields, **self.note,
        )  # fmt: skip

    def _scheduled(self, title, begins, **fields):
        exam = self._exam(title, begins, **fields)
        before = exam.opens_at - DAY
        return actions.schedule_exam(exam.pk, now=before, today=self.today, **self.note)

    def _open(self):
        """One that can be begun now and for some days, by the demo's mediator as well."""
        window = {"opens_at": self.now - HOUR, "closes_at": self.now + 7 * DAY}
        exam = self._scheduled("线上年度考试", 0 * DAY, minutes=60, **window)
        own = Mediator.objects.filter(user__username="mediator").first()
        if own and not exam.candidates.filter(mediator=own).exists():
            actions.add_candidate(exam.pk, mediator=own, today=self.today, **self.note)
        others = exam.candidates.exclude(mediator=own).order_by("pk")[:2]
        for place, hands_in in zip(others, [False, True], strict=False):
            self._sat(place, self.now - timedelta(minutes=40), skill=0.8, hands_in=hands_in)

    def _over(self, title, begins, *, cheat=False, **fields):
        exam = self._scheduled(title, begins, **fields)
        rooms = [("一号考场", 400), ("二号考场", 4_000)]
        actions.set_rooms(exam.pk, rooms=rooms, today=self.today, **self.note)
        for number, place in enumerate(exam.candidates.order_by("pk")[:SITTERS]):
            at = exam.opens_at + timedelta(minutes=number)
            skill = 0.9 if number % 3 else 0.2
            attempt = self._sat(place, at, skill=skill, hands_in=number != 0)
        if cheat:
            actions.ask_void(attempt.pk, by=self.trainer, today=self.today, reason=CHEAT)
            actions.void_attempt(attempt.pk, by=self.bureau, now=self.now, reason=WHY)
        return actions.collect_exam(exam.pk, now=self.now, **self.note)

    def _released(self, title, begins):
        exam = self._over(title, begins)
        self._asked(exam)
        return actions.release_exam(exam.pk, by=self.bureau, now=self.now, reason=WHY)

    def _asked(self, exam):
        return actions.ask_release(exam.pk, now=self.now, **self.note)

    def _sat(self, place, at, *, skill, hands_in):
        """Let somebody sit; ``skill`` is the share of right answers."""
        device = f"demo-{place.pk}"
        attempt = actions.start_attempt(
            place.pk, by=place.mediator.user, device=device, now=at,
            seed=self.rng.getrandbits(60),
        )  # fmt: skip
        items = AttemptItem.objects.filter(attempt=attempt).select_related("version__question")
        for item in items:
            at += timedelta(seconds=self.rng.randint(15, 60))
            value = self._answer(item, is_right=self.rng.random() < skill)
            actions.save_answer(
                attempt.pk, by=place.mediator.user, position=item.position, value=value,
                device=device, now=at,
            )  # fmt: skip
        if hands_in:
            actions.submit_attempt(attempt.pk, by=place.mediator.user, device=device, now=at)
        return attempt

    def _answer(self, item, *, is_right):
        content, frozen = item.version.content, item.frozen
        if "accepted" in content:
            return content["accepted"][0].get("text", "0") if is_right else "不清楚"
        if "options" not in frozen:
            return None
        right = {one["id"] for one in content.get("options", []) if Decimal(one["weight"]) > 0}
        names = {own: name for name, own in frozen["options"]}
        if not names:
            return self.rng.choice(ANSWERS)
        chosen = sorted(right) if is_right else [self.rng.choice(sorted(names))]
        shown = [names[own] for own in chosen]
        return shown if item.version.question.kind == "multiple" else shown[0]
