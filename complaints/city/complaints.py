"""Complaints of the demo city at every point of their way up to acceptance, and out of it."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from complaints import actions
from complaints.models import Channel, Mode
from office.models import User
from registry.models import Appointment, Division

ZHUJI, OTHER = "330681", "330602"
FACTS = {
    "partiality": "调解宅基地纠纷时，调解员只听对方一家之言，不让我方陈述，还催我按对方意见签字。",
    "insult": "调解现场，调解员当众说我“胡搅蛮缠”，并多次打断我说话，态度恶劣。",
    "property": "调解结束后，调解员收下对方送的两条香烟和一箱水果，我在场看见。",
    "leak": "我家的家庭矛盾在调解后第二天就在村里传开，只有调解员知道这些细节。",
    "fees": "调解赡养纠纷时，被要求交二百元“误工费”，没有开票据。",
    "other": "约好上午九点调解，等到十一点无人到场，电话也无人接听，前后已有三次。",
}
NAMES = ["钱一民", "周小芳", "孙建国", "吴丽君", "郑海波", "冯桂英", "陈志远", "褚秋月"]
STREETS = ["浣东街道", "陶朱街道", "枫桥镇", "店口镇"]


@dataclass(frozen=True)
class Told:
    """A complaint of the demo: how long ago it came, by which way, on what, and what became of it.

    ``after`` are the days that passed between its coming and the last act on it.
    """

    days_ago: int
    channel: str
    mode: str
    ground: str
    course: str
    after: int = 1
    place: str = ZHUJI


W, X, H, L, U, D = (
    Channel.WEB, Channel.WECHAT, Channel.HOTLINE, Channel.LETTER, Channel.UPPER, Channel.WINDOW,
)  # fmt: skip
N, C, A = Mode.NAMED, Mode.CONFIDENTIAL, Mode.ANONYMOUS
COMPLAINTS = [
    # Within the limit, near its end, and past it.
    Told(0, W, N, "partiality", "new"), Told(1, X, A, "insult", "new"),
    Told(5, D, N, "other", "new"), Told(6, H, N, "partiality", "new"),
    Told(13, W, C, "fees", "new"), Told(20, L, N, "property", "new"),
    Told(2, W, N, "other", "new", place=OTHER),
    Told(2, W, N, "insult", "screened"), Told(4, H, N, "fees", "screened"),
    Told(6, X, A, "property", "screened"), Told(12, D, C, "leak", "screened"),
    Told(3, U, N, "partiality", "screened", place=OTHER),
    Told(6, W, N, "property", "asked"), Told(14, X, N, "leak", "asked", 2),
    Told(30, W, C, "fees", "asked", 3), Told(9, D, N, "insult", "answered", 5),
    Told(7, W, N, "partiality", "accepted", 3), Told(16, H, N, "insult", "accepted", 4),
    Told(25, L, C, "fees", "accepted", 4), Told(48, D, N, "property", "accepted", 4),
    Told(60, W, N, "leak", "extended", 20), Told(10, X, N, "other", "accepted", 2, OTHER),
    Told(64, W, N, "other", "refused crime", 3), Told(118, X, N, "other", "refused petition", 4),
    Told(175, H, N, "other", "refused court", 5), Told(214, L, N, "other", "refused other_body", 2),
    Told(268, D, N, "other", "refused not_mediation", 3),
    Told(331, W, A, "other", "refused no_facts", 4),
    Told(402, W, N, "partiality", "refused court", 4, OTHER),
    Told(40, W, A, "property", "lead", 3), Told(95, X, A, "fees", "lead", 4),
    Told(35, W, A, "property", "pursued", 12),
    Told(52, D, N, "insult", "withdrawn", 6), Told(150, W, N, "partiality", "withdrawn", 3),
    Told(77, W, C, "property", "withdrawn but followed", 8),
    Told(140, W, N, "leak", "lapsed", 25), Told(377, H, N, "fees", "lapsed", 25),
    Told(33, W, N, "insult", "suspended", 9), Told(58, L, N, "partiality", "resumed", 30),
    Told(21, U, N, "fees", "passed on", 3), Told(44, H, C, "property", "passed up", 5),
    Told(19, W, N, "partiality", "main", 2), Told(18, X, C, "partiality", "joined", 3),
    Told(17, D, A, "partiality", "joined", 3),
    Told(11, W, N, "leak", "taken back", 4), Told(26, X, N, "property", "taken back followed", 7),
]  # fmt: skip


def make_cases(today):
    """File the complaints of the demo and take each as far as it went; returns how many."""
    people = _Hands()
    main = None
    for number, told in sorted(enumerate(COMPLAINTS), key=lambda pair: -pair[1].days_ago):
        row = _file(number, told, today, people, main)
        by = people.handler(told.place, number)
        _go(row, told, by=by, on=today - timedelta(days=told.days_ago), people=people, main=main)
        if told.course == "main":
            main = row
    return len(COMPLAINTS)


class _Hands:
    """The handlers of the demo, and whom people complain of."""

    def __init__(self):
        named = User.objects.filter(username__in=["handler", "handler2", "reviewer"])
        self.accounts = {one.username: one for one in named}
        self.places = {one.code: one for one in Division.objects.filter(code__in=[ZHUJI, OTHER])}
        self.city = Division.objects.get(code=ZHUJI[:4])
        self.posts = {code: self._posts(place) for code, place in self.places.items()}

    def handler(self, place, number):
        """Who takes a complaint up: in the other county the city's reviewer stands in."""
        if place == OTHER:
            return self.accounts["reviewer"]
        return self.accounts["handler2" if number % 3 == 2 else "handler"]

    def _posts(self, place):
        posts = Appointment.objects.in_division(place).filter(state="in_post", until_on=None)
        # The account of the demo's own mediator is complained of elsewhere.
        posts = posts.filter(mediator__user=None).select_related("mediator", "organization")
        return list(posts.order_by("pk")[:120])


def _file(number, told, today, people, main):
    posts = people.posts[told.place]
    post = posts[number * 7 % len(posts)]
    mediator, organization = post.mediator, post.organization
    if told.course == "joined":
        mediator, organization = main.mediator, main.organization
    about_body = told.ground == "other" and number % 2 == 0
    on = today - timedelta(days=told.days_ago)
    row, _code = actions.file_complaint(
        submission=f"demo-{number}",
        channel=told.channel,
        mode=told.mode,
        facts=FACTS[told.ground],
        identity=_identity(number),
        files=[(_picture(), ".png", "现场照片.png")] if number % 5 == 0 else [],
        today=on,
        division=people.places[told.place],
        about="organization" if about_body else "mediator",
        mediator=None if about_body else mediator,
        organization=organization,
        grounds=[told.ground],
        happened_on=on - timedelta(days=9),
        source_number=f"演示{number:03d}" if told.channel in (H, L, U) else "",
    )
    return row


def _identity(number):
    name, street = NAMES[number % len(NAMES)], STREETS[number % len(STREETS)]
    return {"name": name, "phone": f"1390575{number:04d}", "address": street}


def _picture():
    """A small picture without anybody on it."""
    picture, file = Image.new("RGB", (320, 200), "white"), BytesIO()
    ImageDraw.Draw(picture).rectangle((20, 20, 300, 180), outline="gray", width=3)
    picture.save(file, "PNG")
    return file.getvalue()


def _go(row, told, *, by, on, people, main):
    """Take a complaint as far as it went."""
    course, _blank, detail = told.course.partition(" ")
    if course == "new":
        return
    actions.take_up(row.pk, by=by, today=on)
    note = {"by": by, "today": on + timedelta(days=told.after)}
    begun = {"by": by, "today": on + timedelta(days=1)}
    if take := COURSES.get(course):
        take(row.pk, begun, note)
    elif course == "refused":
        actions.reject(row.pk, ground=detail, reason="经初步核实。", **note)
    elif course == "joined":
        actions.give_access(main, by, "handler", by=by, today=note["today"])
        actions.merge(row.pk, into=main, reason="反映同一事实。", **note)
    elif course == "withdrawn":
        facts = "有人反映该调解员多次收受当事人财物，请核查。" if detail else ""
        actions.withdraw_complaint(row.pk, facts=facts, reason="本人来电撤回。", **note)
    elif course == "taken":
        _withdrawn_with_the_code(row.pk, detail, note)
    elif course == "passed":
        division = people.city if detail == "up" else people.places[OTHER]
        actions.transfer(row.pk, division=division, reason="被投诉单位属对方管辖。", **note)


def _withdrawn_with_the_code(pk, detail, note):
    actions.withdraw_by_code(pk, text="问题已经解决。", today=note["today"])
    if detail.endswith("followed"):
        actions.go_on_as_lead(pk, facts="有人反映该调解员调解后收取财物，请核查。", **note)


ITEMS = "1. 调解协议或者受理登记表的照片；\n2. 事情发生的具体日期和地点。"


def _ask(pk, begun, note):
    actions.ask_material(pk, items=ITEMS, **begun)


def _answered(pk, begun, note):
    _ask(pk, begun, note)
    actions.go_on(pk, **note)


def _lapsed(pk, begun, note):
    _ask(pk, begun, note)
    actions.lapse(pk, reason="期限内未补充。", **note)


def _accepted(pk, begun, note):
    actions.accept(pk, reason="事实具体，属于受理范围。", **note)


def _extended(pk, begun, note):
    actions.accept(pk, **begun)
    actions.extend(pk, days=30, reason="需要向多名当事人核实。", **note)


def _suspended(pk, begun, note):
    actions.accept(pk, **begun)
    actions.suspend(pk, ground="court", reason="相关合同纠纷已立案。", **note)


def _resumed(pk, begun, note):
    actions.accept(pk, **begun)
    actions.suspend(pk, ground="review", **begun)
    actions.resume(pk, **note)


def _lead(pk, begun, note):
    actions.make_lead(pk, reason="匿名，事实可查。", **note)


def _pursued(pk, begun, note):
    actions.make_lead(pk, **begun)
    actions.pursue(pk, reason="初步核查属实。", **note)


def _nothing(pk, begun, note):
    """It waits with the handler."""


COURSES = {
    "screened": _nothing,
    "main": _nothing,
    "asked": _ask,
    "answered": _answered,
    "lapsed": _lapsed,
    "accepted": _accepted,
    "extended": _extended,
    "suspended": _suspended,
    "resumed": _resumed,
    "lead": _lead,
    "pursued": _pursued,
}
