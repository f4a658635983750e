"""What a complainant is told while the complaint is handled. It is always Chinese.

Nobody else's name, number or words stand in it: of a complaint it was joined to, of the unit or of
the person complained of nothing is told here.
"""

from django.utils.formats import date_format
from django.utils.translation import override

from complaints.rules.routes import Refusal, Standstill
from registry.letters import bureau_of

ROUTES = {
    Refusal.CRIME: "您反映的情况涉嫌违法犯罪，请向公安机关或者监察机关报案、举报。",
    Refusal.PETITION: "您反映的事项属于信访事项，请通过信访渠道提出。",
    Refusal.COURT: "您反映的事项应当通过诉讼、仲裁等法定途径解决，请向人民法院或者仲裁机构提出。",
    Refusal.OTHER_BODY: "您反映的事项由其他机关负责，请向有权处理的机关提出。",
    Refusal.NOT_MEDIATION: "您反映的事项与人民调解工作无关，不属于本机关处理范围。",
    Refusal.NO_FACTS: "您的投诉没有可供核查的具体事实。掌握具体情况后，可以再次提出。",
}
WAITING = {
    Standstill.COURT: "相关事项正由人民法院审理，您的投诉中止办理，办理期限暂停计算。",
    Standstill.REVIEW: "相关事项正由其他机关审查，您的投诉中止办理，办理期限暂停计算。",
}
LEAD = "您的匿名投诉已作为线索受理，将据此核查。线索不另行答复，您仍可凭查询码查看进展。"
PURSUED = "经核查，您提供的线索已作为投诉正式受理。"
LAPSED = "补充材料的期限已过，未收到所需材料，本件办结。材料齐备后，可以再次提出。"
GOING_ON = "您的投诉恢复办理，办理期限继续计算。"
JOINED = "反映同一情况的投诉不止一件，已合并办理。您仍可凭原查询码查看进展。"
TAKEN_IN = "另有反映同一情况的投诉与本件合并办理。"
WITHDRAWN = "您的投诉已按撤回办结。"


def on_day(day):
    """Return a day as it stands in a Chinese text; a limit that cannot be counted yet says so."""
    if day is None:
        return "（待年度放假安排公布后确定）"
    with override("zh-hans"):
        return date_format(day)


def asking_for(items, due_on):
    """Return what a complainant is asked to send, all at once, and until when."""
    return f"请于{on_day(due_on)}前补充下列材料：\n{items}\n逾期未补充的，本件将予办结。"


def accepted(due_on):
    return f"您的投诉已受理，办理期限至{on_day(due_on)}。"


def refused(ground, more=""):
    """Return why a complaint was not accepted, and the right way to go."""
    return "\n".join(["您的投诉不予受理。", ROUTES[Refusal(ground)], *([more] if more else [])])


def suspended(ground):
    return WAITING[Standstill(ground)]


def extended(due_on, reason):
    return f"您的投诉办理期限延长至{on_day(due_on)}。延长理由：{reason}"


def review_extended(due_on, reason):
    return f"您申请的复查，办理期限延长至{on_day(due_on)}。延长理由：{reason}"


def passed_on(division_id):
    """Return which body a complaint was passed on to."""
    bureau = bureau_of(division_id)
    return f"您的投诉已转由{bureau}办理，编号、查询码和办理期限不变。"
