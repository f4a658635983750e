"""Task sheets in every state for the Fengqiao committee, its justice office and the county."""

from datetime import timedelta

from complaints import actions
from complaints.actions.sheet_words import draft_of
from complaints.models import ComplaintClock, TaskSheet
from office.models import User
from registry.models import Mediator, Organization, PostHeld

PLACE = "330681109"
COUNTY = "330681"
FILED, ACCEPTED, LATE = timedelta(days=6), timedelta(days=3), timedelta(days=40)
SHEETS = [
    # (state, ground, who complains, what happened)
    ("draft", "insult", ("章素芬", "13957500101"), "调解时大声训斥我，说我不懂法，旁边还有邻居。"),
    ("proposed", "fees", ("冯国梁", "13957500102"), "调解结束后向我收了二百元“资料费”。"),
    ("returned", "leak", ("许小琴", "13957500103"), "把我和我丈夫的事说给小店里的人听。"),
    ("sent", "property", ("何水英", "13957500104"), "收了对方两条香烟，签字时只听对方讲。"),
    ("late", "partiality", ("汤根法", "13957500105"), "不让我说话，照着对方的意思写协议。"),
    ("objected", "other", ("边月娟", "13957500106"), "通知我去调解，到了却没有人。"),
    ("reported", "property", ("周阿毛", "13957500107"), "调解前在饭店接受对方请客。"),
    ("sent_back", "partiality", ("郦爱珍", "13957500108"), "现场没有看就说责任在我。"),
    ("done", "insult", ("魏建江", "13957500109"), "骂我是无赖，把我的材料扔在地上。"),
    ("dropped", "other", ("斯美丽", "13957500110"), "两次改期都没有告诉我。"),
    ("recalled", "fees", ("寿国兴", "13957500115"), "调解结束后要我补交“材料费”。"),
]
ABOVE = [
    ("sent", "partiality", ("杨柏林", "13957500111"), "主任偏袒自己的亲戚，不同意换人调解。"),
    ("reported", "fees", ("陈桂花", "13957500112"), "主任说不交误工费就不开调解协议。"),
    ("county", "leak", ("骆铁军", "13957500113"), "主任把录音放给对方的律师听。"),
]
FOUND = {
    "investigators": ["宣国平", "陈晓燕"],
    "is_heard": True,
    "said": "本人承认方式不妥，否认收受财物。",
    "proposal": "予以批评教育，责令改正，并向当事人说明。",
}
UP = ["propose", "approve"]
PATHS = {
    "draft": [], "proposed": ["propose"], "returned": ["propose", "return"], "sent": UP,
    "late": [*UP, "press"], "objected": [*UP, "object"], "reported": [*UP, "report"],
    "sent_back": [*UP, "report", "send_back"], "done": [*UP, "report", "finish"],
    "dropped": ["drop"], "recalled": [*UP, "call_back"], "county": ["route", *UP],
}  # fmt: skip


def make_task_sheets(today):
    """Draw up sheets about mediators of the Fengqiao committee; returns how many."""
    body = Organization.objects.filter(division__code=PLACE, kind="township").first()
    if body is None:
        return {"task_sheets": 0}
    posts = body.appointments.filter(until_on=None, state="in_post").select_related("mediator")
    heads = posts.filter(post__in=[PostHeld.DIRECTOR, PostHeld.DEPUTY]).order_by("pk")
    own = Mediator.objects.filter(user__username="mediator")
    others = posts.exclude(pk__in=heads).exclude(mediator__in=own).order_by("pk")
    respondents = [one.mediator for one in others] or [one.mediator for one in posts]
    for number, row in enumerate(SHEETS):
        _sheet(number, row, respondents[number % len(respondents)], body, today)
    if heads:
        for number, row in enumerate(ABOVE, start=len(SHEETS)):
            _sheet(number, row, heads[0].mediator, body, today)
    _about_the_account(own.first(), body, today)
    return {"task_sheets": TaskSheet.objects.count()}


def _about_the_account(person, body, today):
    """A sheet the demo's mediator finds under the own page, with a side stated."""
    if person is None:
        return
    row = ("sent", "insult", ("金小妹", "13957500114"), "说话难听，催我当场签字。")
    sheet = _sheet(len(SHEETS) + len(ABOVE), row, person, body, today)
    actions.state_side(
        sheet.pk, text="当时劝说时语气重了些，没有催签。", by=person.user, today=today
    )


def _sheet(number, row, respondent, body, today):
    state, ground, (name, phone), said = row
    by, second = _account("handler"), _account("handler2")
    complaint, _code = actions.file_complaint(
        submission=f"demo-sheet-{number}",
        channel="web",
        mode="named",
        facts=f"我叫{name}，电话{phone}。{respondent.name}{said}",
        identity={"name": name, "phone": phone, "address": f"诸暨市枫桥镇步森大道{number + 3}号"},
        division=body.division.parent,
        about="mediator",
        mediator=respondent,
        organization=body,
        grounds=[ground],
        today=today - FILED,
    )
    actions.take_up(complaint.pk, by=by, today=today - FILED)
    actions.accept(complaint.pk, by=by, today=today - ACCEPTED, reason="属于受理范围。")
    sheet = actions.draw_sheet(complaint, by=by, today=today)
    for step in PATHS[state]:
        STEPS[step](sheet, ground, by, second, today)
    return sheet


def _propose(sheet, ground, by, second, today):
    actions.propose_sheet(sheet.pk, second=second, by=by, today=today)


def _approve(sheet, ground, by, second, today):
    actions.approve_sheet(sheet.pk, by=second, today=today)


def _return(sheet, ground, by, second, today):
    words = "“我丈夫”会让人猜到是谁，请改写。"
    actions.return_sheet(sheet.pk, words=words, by=second, today=today)
    row, text = draft_of(sheet)
    text = text.replace("我和我丈夫的事", "当事人的家事")
    actions.write_sheet(sheet.pk, text=text, based_on=row.pk, by=by, today=today)


def _route(sheet, ground, by, second, today):
    reason = "司法所近期与该主任共同办案，由县级核查。"
    actions.route_sheet(sheet.pk, to="county", reason=reason, by=by, today=today)


def _object(sheet, ground, by, second, today):
    words = "反映的调解由交通事故调委会办理，不属本会。"
    actions.object_to_sheet(sheet.pk, words=words, by=_unit(sheet), today=today)


def _report(sheet, ground, by, second, today):
    grounds = {ground: {"finding": "partly", "text": "经核实部分属实，有两名证人说明。"}}
    actions.report_findings(sheet.pk, grounds=grounds, by=_unit(sheet), today=today, **FOUND)


def _send_back(sheet, ground, by, second, today):
    words = "请补充现场勘查情况，并说明另一名当事人的陈述。"
    actions.send_findings_back(sheet.pk, words=words, by=by, today=today)


def _finish(sheet, ground, by, second, today):
    actions.accept_findings(sheet.pk, by=by, today=today)


def _drop(sheet, ground, by, second, today):
    actions.drop_sheet(sheet.pk, by=by, today=today)


def _call_back(sheet, ground, by, second, today):
    reason = "另有安排，改由其他单位核查。"
    actions.call_back_sheet(sheet.pk, reason=reason, by=by, today=today)


def _press(sheet, ground, by, second, today):
    """The posts of the demo begin today: a sheet becomes late by an earlier day of sending."""
    TaskSheet.objects.filter(pk=sheet.pk).update(sent_on=today - LATE)
    ComplaintClock.objects.filter(task=sheet.pk, stopped_on=None).update(start_on=today - LATE)
    actions.recount_clocks()
    note = {"by": by, "today": today}
    actions.remind_unit(sheet.pk, words="核查期限已过，请尽快报送结果。", **note)
    actions.supervise_unit(sheet.pk, words="请督促该调委会报送核查结果。", **note)


STEPS = {
    "propose": _propose, "approve": _approve, "return": _return, "route": _route,
    "object": _object, "report": _report, "send_back": _send_back, "finish": _finish,
    "drop": _drop, "call_back": _call_back, "press": _press,
}  # fmt: skip


def _unit(sheet):
    """The account that answers for the unit of a sheet."""
    sheet.refresh_from_db()
    if sheet.organization_id:
        return _account("clerk")
    return _account("township" if sheet.division.code == PLACE else "county")


def _account(name):
    return User.objects.get(username=name)
