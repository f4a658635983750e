"""Invented marking of the demo city: essays half marked, keys corrected, appeals in every state."""

from decimal import Decimal

from office.models import User
from office.roles import Role
from registry.actions import grant_post
from registry.models import Division
from training import actions
from training.models import Exam, RekeyKind

CITY = "3306"
WHY = "演示。"
MARKERS = [("trainer2", "何知言"), ("marker2", "孟若兰")]
# Of the most that each point is worth: near to one another, and apart.
FIRST, NEAR, APART = Decimal("0.8"), Decimal("0.7"), Decimal("0.2")
WRONG_KEY = "题干表述有歧义，两个选项均可成立。"
NO_FAULT = "经复核，原答案符合《人民调解法》条文。"
OVERLOOKED = "评阅时漏看答题要点，补记分数。"
TEXTS = ["第1题的参考答案与条文不一致，请复核。", "我认为第2题判错。", "请核对我的得分。"]


def make_marking(today, now):
    """Mark, correct and appeal in the exams that are there; returns the number of markings.

    Without an exam in marking or with results nothing is made.
    """
    maker = Marking(today, now)
    maker.appeals()
    return maker.essays()


class Marking:
    """What markers, candidates and officers do after the papers are collected."""

    def __init__(self, today, now):
        self.today, self.now = today, now
        self.when = {"now": now, "today": today}
        self.trainer = User.objects.get(username="trainer")
        self.bureau = User.objects.get(username="county")
        self.markers = [self.trainer, *(self._marker(*one) for one in MARKERS)]

    def _marker(self, username, name):
        """A trainer of the city who marks; one who is made here signs in nowhere."""
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User(username=username, name=name)
            user.set_unusable_password()
            user.save()
            city = Division.objects.get(code=CITY)
            grant_post(
                user=user, role=Role.TRAINER, division=city, from_on=self.today, by=None, reason=WHY
            )
        return user

    def essays(self):
        """Leave essays unmarked, in hand, handed back, marked once, twice, and for a third."""
        exam = Exam.objects.filter(state="marking").order_by("pk").first()
        if exam is None:
            return 0
        self._propose(exam, RekeyKind.LEFT_OUT)
        actions.name_markers(
            exam.pk, by=self.trainer, today=self.today, users=self.markers, reason=WHY
        )
        first, second, third = self.markers
        for marker, share in [(first, FIRST), (second, NEAR), (first, FIRST), (second, APART)]:
            self._mark(exam, marker, share)
        if row := self._claim(exam, third):
            actions.hand_back(row.pk, by=third, today=self.today, reason="字迹熟悉，回避。")
        self._mark(exam, first, FIRST)
        self._claim(exam, first)
        return exam.markings.count()

    def _claim(self, exam, marker):
        if not actions.marking.answers_for(exam, marker, self.today).exists():
            return None
        return actions.claim_answer(exam.pk, by=marker, **self.when)

    def _mark(self, exam, marker, share):
        row = self._claim(exam, marker)
        if row is None:
            return
        points = [(most * share).quantize(Decimal("0.01")) for _point, most in row.guide]
        actions.mark_answer(row.pk, by=marker, points=points, comment="层次清楚。", **self.when)

    def appeals(self):
        """Correct a key after the release, and let three who failed appeal: one waits."""
        exam = Exam.objects.filter(state="released").order_by("pk").first()
        if exam is None:
            return
        confirmed = self._propose(exam, RekeyKind.FULL_MARKS)
        actions.confirm_rekey(confirmed.pk, by=self.bureau, reason=WHY, **self.when)
        dropped = self._propose(exam, RekeyKind.LEFT_OUT)
        actions.drop_rekey(dropped.pk, by=self.bureau, reason="题目无误。", **self.when)
        failed = exam.attempts.filter(state="failed").order_by("pk")
        rows = [
            actions.file_appeal(
                attempt.pk, by=attempt.candidate.mediator.user, today=self.today, text=text
            )
            for attempt, text in zip(failed, TEXTS, strict=False)
        ]
        for decide, row in zip([self._reject, self._uphold], rows[1:], strict=False):
            decide(row)

    def _propose(self, exam, kind):
        """Propose to correct the question that most have wrong of those nobody proposed yet."""
        items = exam.attempts.exclude(state="voided").first().items.exclude(score=None)
        taken = exam.rekeys.values("version")
        item = items.exclude(version__in=taken).order_by("score", "position").first()
        return actions.propose_rekey(
            exam.pk, by=self.trainer, today=self.today, reason=WRONG_KEY, version=item.version,
            kind=kind,
        )  # fmt: skip

    def _reject(self, appeal):
        actions.reject_appeal(appeal.pk, by=self.bureau, today=self.today, reason=NO_FAULT)

    def _uphold(self, appeal):
        item = appeal.attempt.items.order_by("score", "position").first()
        marks = {item.position: item.marks}
        actions.uphold_appeal(
            appeal.pk, by=self.bureau, reason=OVERLOOKED, marks=marks, **self.when
        )  # fmt: skip
