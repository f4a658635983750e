"""The notice of a deregistration and the order to rectify."""

from office.papers import OFFICIAL, Paper, Text
from registry.flows import ClosureGround
from registry.letters import bureau_of
from registry.models.rectification import Fault
from registry.notices.letterhead import on_paper

GROUNDS = {
    ClosureGround.ABOLISHED: "设立单位决定撤销",
    ClosureGround.MERGED: "设立单位决定合并",
    ClosureGround.PLACE_GONE: "所在村（社区）或者单位已不存在",
    ClosureGround.NOT_RECTIFIED: "责令改正逾期未改正",
    ClosureGround.CANNOT_WORK: "不能正常开展工作，责令改正逾期未改正",
    ClosureGround.ROSTER_DUTIES: "未履行名册管理义务，责令改正逾期未改正",
}
FAULTS = {
    Fault.SET_UP: "设立不符合规定",
    Fault.NAME: "名称不规范",
    Fault.SIGN: "标牌不规范",
    Fault.SEAL: "印章不规范",
    Fault.WORK: "不能正常开展工作",
    Fault.ROSTER_DUTIES: "未履行名册管理义务",
}
WINDING_UP = "公示期间，该组织不再受理新的纠纷，已受理的纠纷继续调解。"
OBJECTING = "对拟注销有异议的，请在公示期内在线或者书面提出，也可拨打12348咨询。"


def announcement(closure):
    """Return title and text of the notice of a deregistration."""
    body = closure.organization
    paragraphs = [f"因{GROUNDS[closure.ground]}，{body.name}拟从人民调解组织名册中注销，现予公示。"]
    if closure.successor:
        paragraphs.append(f"注销后，其工作由{closure.successor.name}承接。")
    return f"关于拟注销{body.name}的公示", "\n".join([*paragraphs, WINDING_UP, OBJECTING])


def notice_paper(notice):
    """Return a published notice as an official paper."""
    term = f"公示期：{on_paper(notice.starts_on)}至{on_paper(notice.ends_on)}。"
    return Paper(
        title=notice.title,
        issuer=bureau_of(notice.division_id),
        body=[*paragraphs_of(notice.body), Text(term)],
        number=notice.number,
        dated_on=notice.starts_on,
        style=OFFICIAL,
    )


def order_paper(order):
    """Return the letter of an order to rectify."""
    body = order.organization
    return Paper(
        title="责令改正通知书",
        issuer=bureau_of(order.area),
        body=[
            Text(f"{body.name}：", indent=0),
            Text(f"经查，你单位存在以下问题（{FAULTS[order.ground]}）："),
            *paragraphs_of(order.faults),
            Text(
                f"现责令你单位于{on_paper(order.due_on)}前改正，并将改正情况书面报送我局。"
                "逾期未改正的，将依照名册管理的规定处理。"
            ),
        ],
        number=order.number or "",
        dated_on=order.ordered_on,
        style=OFFICIAL,
    )


def paragraphs_of(text):
    """Return plain text as paragraphs of a paper."""
    return [Text(line.strip()) for line in text.splitlines() if line.strip()]
