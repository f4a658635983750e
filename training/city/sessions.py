"""Training bases, sessions in every state and the hours they brought, of the demo city."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.timezone import get_default_timezone

from office.models import User
from registry.models import Division, Mediator
from training import actions
from training.models import ContentClass, HoursRule, Requirement, TrainingBase, TrainingSession

WHY = "演示城市。"
HOME = "330681"
ADOPTED = "雅安"
PLANNED_BEFORE = timedelta(days=40)
OPENED_BEFORE = timedelta(days=30)
PARTS = [(time(9), time(11, 30)), (time(14), time(16, 30))]
REMARKS = ["案例再多一些。", "希望增加模拟调解。", "", "时间安排合适。", ""]
LECTURERS = ["周文渊", "章立勤", "陶思远", "胡静安"]
C, R = ContentClass, Requirement


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A session to be made up: ``ahead`` is the number of days until its first day."""

    title: str
    base: str
    ahead: int
    lessons: tuple
    content: str = C.LAW
    audience: str = R.YEARLY
    hours: str = "8.0"
    seats: int = 30
    people: int = 18
    approval: bool = False
    # Whether the account of the demo takes part.
    mine: bool = False
    state: str = "closed"


PLANS = [
    Plan(
        title="人民调解法与司法确认专题班",
        mine=True, base="TB-01", ahead=-150, people=30, seats=60,
        lessons=("人民调解法逐条讲解", "司法确认程序与材料"),
    ),
    Plan(
        title="调解技能提升班（第一期）", base="TB-09", ahead=-110, content=C.SKILLS,
        audience=R.SPECIAL, hours="14.0",
        lessons=("倾听与归纳", "背对背调解", "情绪疏导", "协议条款的拟写"),
    ),
    Plan(
        title="邻里与物业纠纷现场调解班", base="TB-03", ahead=-80, content=C.KNOWLEDGE,
        lessons=("相邻关系与民法典", "物业服务合同纠纷"),
    ),
    Plan(
        title="新任调解员岗前培训班", base="TB-02", ahead=-60, audience=R.PRE_SERVICE,
        hours="10.0", lessons=("职责与纪律", "受理与登记", "卷宗与回访"),
    ),
    Plan(
        title="医患沟通与保密义务专题班",
        mine=True, base="TB-06", ahead=-45, content=C.ETHICS, hours="4.0",
        lessons=("告知、沟通与保密",),
    ),
    Plan(
        title="社会形势与矛盾纠纷排查班", base="TB-10", ahead=-25, content=C.SITUATION,
        hours="4.0", lessons=("矛盾纠纷排查与预警",),
    ),
    Plan(
        title="婚姻家庭纠纷调解实训班",
        mine=True, base="TB-11", ahead=0, content=C.SKILLS, state="running",
        lessons=("家事调解的步骤", "子女抚养与探望"), people=20,
    ),
    Plan(
        title="劳动争议调解实务班", base="TB-05", ahead=16, content=C.KNOWLEDGE, state="open",
        lessons=("工资与工时计算", "工伤待遇纠纷"),
    ),
    Plan(
        title="调解协议书写作小班",
        mine=True, base="TB-08", ahead=12, content=C.SKILLS, hours="4.0", seats=12,
        people=18, state="open", lessons=("协议书写作与评改",),
    ),
    Plan(
        title="骨干调解员研修班", base="TB-01", ahead=25, content=C.SKILLS, hours="14.0", seats=20,
        people=14, approval=True, state="open",
        lessons=("疑难纠纷会商", "群体性纠纷应对", "调解公信力", "带教方法"),
    ),
    Plan(
        title="商会调解与知识产权班",
        mine=True, base="TB-04", ahead=20, content=C.KNOWLEDGE, people=6,
        state="cancelled", lessons=("知识产权纠纷的调解",),
    ),
    Plan(
        title="道路交通事故损害赔偿调解班", base="TB-07", ahead=45, content=C.KNOWLEDGE, people=0,
        state="draft", lessons=("损害赔偿项目与计算",),
    ),
]  # fmt: skip


@transaction.atomic
def make_sessions(today):
    """Enter the bases, adopt rules on hours for the city, and hold sessions; returns their number.

    Deterministic: the same city and day make the same rows.
    """
    officer = User.objects.filter(username="city").first()
    city = Division.objects.filter(level="city").order_by("pk").first()
    load_bases(city, officer, today)
    adopt_rules(city, officer, today)
    mine = Mediator.objects.filter(user__username="mediator").first()
    for number, plan in enumerate(PLANS):
        Making(plan, number, officer, mine, today).make()
    return TrainingSession.objects.count()


def load_bases(city, officer, today):
    """Enter all bases; in a city of few divisions those of the missing ones belong to the city."""
    there = set(Division.objects.values_list("code", flat=True))
    path = settings.BASE_DIR / "fixtures" / "training_bases.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for values in content:
        if values["division"] not in there:
            values["division"] = city.code
    actions.load_bases(content, by=officer, today=today, reason=WHY)


def adopt_rules(city, officer, today):
    """The city adopts a published set of rules from the first day of the year."""
    first = date(today.year, 1, 1)
    if HoursRule.objects.filter(division=city).exists():
        return
    for rule in HoursRule.objects.templates().filter(name__startswith=ADOPTED).order_by("pk"):
        actions.adopt_hours_rule(
            rule.pk, by=officer, today=first, reason=WHY, division=city, from_on=first
        )


@dataclass
class Making:
    """Leads one session through its life as far as its plan says."""

    plan: Plan
    number: int
    officer: User
    mine: Mediator
    today: date

    def __post_init__(self):
        self.base = TrainingBase.objects.select_related("division").get(code=self.plan.base)
        self.first = self.today + timedelta(days=self.plan.ahead)

    @property
    def division(self):
        """The county of the demo's officers holds its own sessions, the city all others."""
        code = self.base.division.code
        return Division.objects.get(code=HOME if code.startswith(HOME) else code[:4])

    def note(self, today):
        return {"by": self.officer, "today": today, "reason": WHY}

    def make(self):
        self.session = self.planned()
        if self.plan.state == "draft":
            return
        opened = min(self.today, self.first - OPENED_BEFORE)
        actions.open_session(self.session.pk, **self.note(opened))
        self.enrol(opened)
        if self.plan.state == "cancelled":
            told = {**self.note(self.today), "reason": "讲师临时公务，班次取消，另行通知。"}
            actions.cancel_session(self.session.pk, **told)
        elif self.plan.state in {"running", "closed"}:
            self.hold()

    def planned(self):
        day = min(self.today, self.first) - PLANNED_BEFORE
        session = actions.add_session(
            **self.note(day),
            title=self.plan.title,
            division=self.division,
            base=self.base,
            content_class=self.plan.content,
            audience=self.plan.audience,
            hours=Decimal(self.plan.hours),
            seats=min(self.plan.seats, self.base.seats),
            enrol_until_on=self.first - timedelta(days=2),
            needs_approval=self.plan.approval,
        )
        for number, title in enumerate(self.plan.lessons):
            start, end = PARTS[number % 2]
            on = self.first + timedelta(days=number // 2)
            actions.add_part(
                session.pk,
                **self.note(day),
                starts_at=moment(on, start),
                ends_at=moment(on, end),
                title=title,
                lecturer=LECTURERS[(self.number + number) % len(LECTURERS)],
            )
        return session

    def people(self):
        """Who comes: people of around the base, another slice of them for each session."""
        county = Division.objects.get(code=self.base.division.code[:6])
        rows = Mediator.objects.in_division(county).in_post(self.today).filter(merged_into=None)
        if self.mine is not None:
            rows = rows.exclude(pk=self.mine.pk)
        skip = self.number % 3 * 4
        found = list(rows.order_by("pk")[skip : skip + self.plan.people])
        if self.mine is None or not self.plan.mine:
            return found
        # On a full list the account of the demo waits.
        return [*found, self.mine] if self.plan.seats < self.plan.people else [self.mine, *found]

    def enrol(self, day):
        rows = [
            actions.enrol(self.session.pk, mediator=one, by=one.user, today=day)
            for one in self.people()
        ]
        if self.plan.approval:
            for row in rows[: len(rows) // 2]:
                actions.approve(row.pk, **self.note(self.today))
            told = {**self.note(self.today), "reason": "本期面向从事调解三年以上的骨干。"}
            actions.reject(rows[-1].pk, **told)
        elif len(rows) > 2:
            leaving = rows[2]
            actions.leave(self.session.pk, mediator=leaving.mediator, by=None, today=day)

    def hold(self):
        session = self.session
        actions.start_session(session.pk, **self.note(self.first))
        enrolled = session.enrolments.filter(state="enrolled").order_by("pk")
        pks = list(enrolled.values_list("pk", flat=True))
        # One in nine misses the whole session.
        there = {pk for number, pk in enumerate(pks) if number % 9 != 5}
        parts = list(session.parts.all())
        for part in parts if self.plan.state == "closed" else parts[:1]:
            actions.tick(session.pk, **self.note(self.first), part=part, present=there)
        if self.plan.state == "closed":
            last = self.first + timedelta(days=(len(parts) - 1) // 2)
            actions.close_session(session.pk, **self.note(last))
            self.answer()

    def answer(self):
        """Most of those who stayed say what they thought of it; the account of the demo has not."""
        completed = self.session.enrolments.filter(state="completed")
        if self.mine is not None:
            completed = completed.exclude(mediator=self.mine)
        rows = completed.select_related("mediator").order_by("pk")
        for number, row in enumerate(rows[:12]):
            actions.give_feedback(
                self.session.pk,
                mediator=row.mediator,
                content=5 - number % 2,
                lecturers=5 - number % 3 // 2,
                arrangement=3 + number % 3,
                usefulness=4 + number % 2,
                comment=REMARKS[number % len(REMARKS)],
            )


def moment(day, hour):
    return datetime.combine(day, hour, tzinfo=get_default_timezone())
