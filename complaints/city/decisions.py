"""Invented complaints that were decided, told, reviewed and closed, and what became of it."""

from datetime import timedelta
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from complaints import actions, vault
from complaints.actions.stepping import stepping
from complaints.models import Consequence, StatementKind
from office.models import User
from registry.actions.departures import remove_mediator
from registry.models import Appointment, Division

COUNTY = "330681"
DAY = timedelta(days=1)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PEOPLE = [("金阿桂", "13900005201"), ("阮小英", "13900005202"), ("斯有田", "13900005203")]
STORIES = [
    ("partiality", "调解时偏向对方，不让我把话说完。"),
    ("property", "调解员收下对方送的两盒茶叶以后，劝我少要赔偿。"),
    ("insult", "当众说我不讲道理，让我很难堪。"),
    ("fees", "收了一百元“误工费”才开始调解。"),
    ("leak", "把调解室里说的家事告诉了旁人。"),
]
REASONS = "经两名调查人员询问双方和在场人员，查阅调解卷宗，事实清楚。"
FOUND, NOT_FOUND = "founded", "unfounded"
# What each case comes to: its last step, the finding, the measures, and how many days ago.
PLANS = [
    ("report", FOUND, [], 20), ("report", FOUND, [], 12),
    ("decide", FOUND, ["criticism"], 18), ("decide", NOT_FOUND, [], 15),
    ("reply", FOUND, ["criticism", "order"], 24), ("reply", NOT_FOUND, [], 22),
    ("ask_review", FOUND, ["criticism"], 40), ("take_up", NOT_FOUND, [], 42),
    ("extend", FOUND, ["criticism"], 25), ("review", FOUND, ["order"], 60),
    ("change", FOUND, ["criticism"], 62),
    ("look_again", NOT_FOUND, [], 61),
    ("ask_recheck", NOT_FOUND, [], 80), ("recheck", FOUND, ["criticism"], 100),
    ("close", NOT_FOUND, [], 110), ("close_early", NOT_FOUND, [], 50),
    ("criticise", FOUND, ["criticism"], 120), ("leave", FOUND, ["order"], 118),
    ("retaliate", FOUND, ["criticism"], 30),
]  # fmt: skip
PATH = ["report", "decide", "reply", "ask_review", "take_up", "review", "ask_recheck", "recheck"]
# Where a case that comes to something else leaves that way, and after how many days.
BRANCHES = {
    "extend": "take_up", "change": "take_up", "look_again": "take_up",
    "close": "reply", "close_early": "reply",
    "criticise": "reply", "leave": "reply", "retaliate": "reply",
}  # fmt: skip
WAITING = {"close": 45, "criticise": 45, "leave": 45}


def make_decisions(today):
    """Put invented complaints through the acts, into every state from the findings on.

    Returns how many there are; none where nobody holds a post.
    """
    names = ["handler", "handler2", "reviewer", "clerk"]
    officers = {name: User.objects.get(username=name) for name in names}
    low, high = Division.objects.get(code=COUNTY).span
    held = Appointment.objects.filter(
        state="in_post", organization__state="listed", organization__division_id__gte=low,
        organization__division_id__lt=high, from_on__lt=today - 150 * DAY, mediator__user=None,
    )  # fmt: skip
    posts = list(held.select_related("mediator", "organization").order_by("-pk")[: len(PLANS) + 9])
    made = 0
    for number, (plan, post) in enumerate(zip(PLANS, posts, strict=False)):
        Story(number, post, officers, today).run(*plan)
        made += 1
    return made + _removal(officers, held, len(PLANS), today)


class Story:
    """One complaint from its receipt on; ``day`` moves with its steps."""

    def __init__(self, number, post, officers, today):
        self.number, self.post, self.officers = number, post, officers
        self.handler, self.reviewer = officers["handler"], officers["reviewer"]
        self.today = self.day = today
        self.ground, self.facts = STORIES[number % len(STORIES)]

    def run(self, last, finding, measures, days_ago):
        """Take the steps up to the last one."""
        self.day, self.finding, self.measures = self.today - days_ago * DAY, finding, measures
        self.receive()
        end = BRANCHES.get(last, last)
        for step in PATH[: PATH.index(end) + 1]:
            getattr(self, step)()
        if last in BRANCHES:
            self.later(WAITING.get(last, 1))
            getattr(self, last)()

    def receive(self):
        name, phone = PEOPLE[self.number % len(PEOPLE)]
        self.case, _code = actions.file_complaint(
            submission=f"decisions {self.number}", channel="web", mode="named", facts=self.facts,
            today=self.day, identity={"name": name, "phone": phone, "address": ""},
            division=Division.objects.get(code=COUNTY), about="mediator",
            mediator=self.post.mediator, organization=self.post.organization,
            grounds=[self.ground], happened_on=self.day - 9 * DAY,
        )  # fmt: skip
        actions.take_up(self.case.pk, **self.note())
        actions.accept(self.case.pk, **self.note())
        self.later(1)
        sheet = actions.draw_sheet(self.fresh(), **self.note())
        second = self.officers["handler2"]
        actions.propose_sheet(sheet.pk, second=second, **self.note())
        self.sheet = actions.approve_sheet(sheet.pk, by=second, today=self.day)

    def report(self):
        self.later(4)
        actions.report_findings(
            self.sheet.pk, by=self.officers["clerk"], today=self.day,
            investigators=["何建明", "宣国强"], is_heard=True, said="当面听取了本人陈述。",
            grounds={self.ground: {"finding": self.finding, "text": "走访在场人员后核实。"}},
            proposal="按规定处理。",
        )  # fmt: skip

    def decide(self):
        self.later(2)
        actions.decide(
            self.case.pk, items=[(self.ground, self.finding)], reasons=REASONS,
            measures=self.measures, **self.note(),
        )  # fmt: skip

    def reply(self):
        self.later(2)
        actions.reply(self.case.pk, **self.note(), **self.told())

    def ask_review(self):
        self._ask("ask_review", actions.begin_review)

    def take_up(self):
        self.later(2)
        actions.take_up_review(self.case.pk, by=self.reviewer, today=self.day)

    def review(self, outcome="upheld", items=(), measures=()):
        self.later(6)
        actions.review(
            self.case.pk, by=self.reviewer, today=self.day, outcome=outcome, items=items,
            measures=measures, reasons="调阅全部材料并听取双方意见后作出。", **self.told(),
        )  # fmt: skip

    def change(self):
        self.review("changed", [(self.ground, "partly")], ["order"])

    def extend(self):
        reason = "需要向两名在外地的证人核实。"
        actions.extend_review(
            self.case.pk, days=15, reason=reason, by=self.reviewer, today=self.day
        )

    def look_again(self):
        actions.look_again(
            self.case.pk, by=self.reviewer, today=self.day, reasons="关键证人未询问，重新调查。"
        )

    def ask_recheck(self):
        self._ask("ask_recheck", actions.begin_recheck)

    def recheck(self):
        self.later(9)
        actions.recheck(
            self.case.pk, **self.note(), number=f"浙司复〔{self.day.year}〕{self.number}号（演示）",
            decided_on=self.day, body="省司法行政机关（演示）", outcome="upheld",
            reasons="维持复查意见。", document=_paper("复核意见.pdf"),
        )  # fmt: skip

    def close(self):
        actions.close(self.case.pk, **self.note(), reason="申请复查期限已过，双方未提出。")

    def close_early(self):
        actions.close_early(self.case.pk, **self.note(), reason="双方均书面表示不申请复查。")

    def criticise(self):
        task = self.tasks().get(kind="criticism")
        actions.discipline(
            task.pk, by=self.officers["clerk"], today=self.day, reason="委员会已开会批评。",
            ground="partiality", decided_on=self.day, text="经查属实，在委员会会议上批评教育。",
            document=_paper("批评决定.pdf"),
        )  # fmt: skip

    def leave(self):
        task = self.tasks().get(kind="order")
        given = {"by": self.officers["clerk"], "today": self.day, "why_not": "declined"}
        actions.leave(task.pk, **given, reason="委员会讨论后另行帮教。")

    def retaliate(self):
        actions.report_retaliation(
            self.fresh(), text="投诉以后，有人上门要我撤回，还说以后别想再来调解。",
            today=self.day, submission=f"retaliation {self.number}",
        )  # fmt: skip

    def tasks(self):
        return Consequence.objects.filter(decision__complaint=self.case)

    def told(self):
        said = "属实" if self.finding == FOUND else "不属实"
        return {
            "to_complainant": f"你反映的问题已经查清，经查{said}。感谢你的监督。",
            "to_respondent": f"有关你的投诉已经办结，经查{said}。",
        }

    def note(self):
        return {"by": self.handler, "today": self.day}

    def later(self, days):
        self.day = min(self.day + days * DAY, self.today)

    def fresh(self):
        return type(self.case).objects.get(pk=self.case.pk)

    def _ask(self, step, begin):
        self.later(3)
        with stepping(step, self.case.pk, by=None, today=self.day) as complaint:
            text = "我不同意这个结论，还有证人没有问到。"
            vault.say(complaint, StatementKind.REVIEW, text, today=self.day)
            begin(complaint, self.day)


def _removal(officers, held, number, today):
    """One case after which the unit that elected somebody removed him: filing and roster follow."""
    post = held.filter(route="elected").exclude(unit="").order_by("pk").first()
    if post is None:
        return 0
    story = Story(number, post, officers, today)
    story.run("reply", FOUND, ["removal"], 70)
    story.later(45)
    by_clerk = {"by": officers["clerk"], "today": story.day}
    settle = partial(actions.note_done, **by_clerk)
    remove_mediator(
        post.pk, **by_clerk, reason="推选单位会议决定。", ground="property", serious=True,
        unit=post.unit, decided_on=story.day, until_on=story.day, document=_paper("罢免决定.pdf"),
        without_criticism_because="情节严重。",
    )  # fmt: skip
    settle(story.tasks().get(kind="removal").pk, reason="推选单位已罢免。")
    settle(story.tasks().get(kind="filing").pk, reason="已按规定报备。")
    return 1


def _paper(name):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")
