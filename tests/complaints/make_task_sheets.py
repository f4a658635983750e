"""Task sheets in any state, built through the real acts."""

from complaints import actions
from complaints.models import ComplaintClock, TaskSheet
from office.roles import Role
from tests import make
from tests.complaints.make_complaints import complaint, figures, handler
from tests.make import TODAY

MARK = "沈默然"
IDENTITY = {"name": MARK, "phone": "13900007777", "address": "诸暨市枫桥镇枫源村12组8号"}
FACTS = f"我叫{MARK}，电话13900007777。调解员收了我家两条香烟。"
CLEAN = "我叫投诉人，电话（电话略）。调解员收了我家两条香烟。"
WRITING = {"draft", "proposed", "returned"}
FOUND = {"property": {"finding": "founded", "text": "收受香烟属实。"}}
REPORT = {
    "investigators": ["王一平", "李二安"],
    "is_heard": True,
    "said": "承认收烟。",
    "grounds": FOUND,
    "proposal": "批评教育。",
}


def accepted(*, by=None, facts=FACTS, **given):
    """A complaint that waits for a sheet, with a handler who may read it."""
    return complaint("accepted", by=by, facts=facts, identity=IDENTITY, **given)


def sheet(state="draft", *, second=None, case=None, today=TODAY, **given):
    """A sheet in a state, with its complaint; ``case`` or what makes one."""
    case = case or accepted(**given)
    by = case.handler
    made = actions.draw_sheet(case, by=by, today=today)
    path = {
        "draft": [], "proposed": ["propose"], "returned": ["propose", "return"],
        "sent": ["propose", "approve"], "objected": ["propose", "approve", "object"],
        "reported": ["propose", "approve", "report"],
        "sent_back": ["propose", "approve", "report", "send_back"],
        "done": ["propose", "approve", "report", "finish"], "dropped": ["drop"],
        "recalled": ["propose", "approve", "call_back"],
    }[state]  # fmt: skip
    second = second or handler()
    for name in path:
        take(name, made.pk, by=by, second=second, today=today)
    return TaskSheet.objects.select_related("complaint").get(pk=made.pk)


def take(name, pk, *, by, second, today=TODAY):
    """Take one step with what it needs."""
    unit = make.user()
    steps = {
        "propose": lambda: actions.propose_sheet(pk, second=second, by=by, today=today),
        "recall": lambda: actions.recall_sheet(pk, by=by, today=today),
        "return": lambda: actions.return_sheet(pk, words="再改。", by=second, today=today),
        "approve": lambda: actions.approve_sheet(pk, by=second, today=today),
        "object": lambda: actions.object_to_sheet(pk, words="不归我管。", by=unit, today=today),
        "report": lambda: actions.report_findings(pk, by=unit, today=today, **REPORT),
        "send_back": lambda: actions.send_findings_back(pk, words="补证。", by=by, today=today),
        "finish": lambda: actions.accept_findings(pk, by=by, today=today),
        "call_back": lambda: actions.call_back_sheet(pk, by=by, today=today),
        "drop": lambda: actions.drop_sheet(pk, by=by, today=today),
    }
    return steps[name]()


def clerk(body, **fields):
    return make.officer(Role.CLERK, body, **fields)


def clocks(made):
    """{limit: whether it runs} of a sheet."""
    rows = ComplaintClock.objects.filter(task=made.pk).order_by("pk")
    return {clock.key: clock.stopped_on is None for clock in rows}


__all__ = ["CLEAN", "FACTS", "IDENTITY", "MARK", "REPORT", "accepted", "clerk", "clocks", "figures",
           "handler", "sheet", "take"]  # fmt: skip
