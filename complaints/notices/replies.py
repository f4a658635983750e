"""The replies to the sides of a complaint: as papers, always Chinese, and never with a name.

No paper says who complained, not even that to the complainant: it is addressed by the number of
the complaint.
"""

from django.utils.translation import override

from complaints import vault
from complaints.models import Finding, Reply, ReplyTo
from office.papers import OFFICIAL, Paper, Text

TEXT = "reply"
TITLES = {
    ReplyTo.COMPLAINANT: "投诉事项答复书",
    ReplyTo.JOINED: "投诉事项答复书",
    ReplyTo.RESPONDENT: "投诉事项处理结果告知书",
    ReplyTo.UNIT: "投诉事项处理意见书",
}
FOUND = {Finding.FOUNDED: "属实", Finding.PARTLY: "部分属实", Finding.UNFOUNDED: "不属实"}
ARTICLE_15 = (
    "根据《中华人民共和国人民调解法》第十五条，批评教育、责令改正由所在人民调解委员会作出；"
    "情节严重的，由推选或者聘任单位予以罢免或者解聘。司法行政机关不作出罢免、解聘决定。"
)
ASKING = "如对本答复不服，可以自收到本答复之日起{days}内，凭查询码申请由上一级机关复查。"
NO_RETALIATION = "任何单位和个人不得打击报复投诉人，不得追查投诉人身份。"


def replies_of(complaint, *to):
    """Return what was told to the sides named, or to all, as ``(reply, text)``, in order.

    :raises Destroyed: if the key of the case was destroyed.
    """
    rows = Reply.objects.filter(complaint=complaint).select_related("decision", "review")
    rows = rows.filter(to__in=to) if to else rows
    return [(row, vault.open_text(complaint, row.sealed_text, TEXT)) for row in rows]


def text_of(reply):
    """Return the text of one reply. :raises Destroyed: if the key of the case was destroyed."""
    return vault.open_text(reply.complaint, reply.sealed_text, TEXT)


def reply_paper(reply, *, days="", holder=None):
    """Return a reply as an official paper; ``days`` is the time in which a review may be asked.

    ``holder`` is the complaint whose holder opens it, if it was joined to the one replied to: then
    the paper bears its number, and that of no other.
    """
    text = text_of(reply)
    body = [Text(f"{addressee(reply, holder)}：", indent=0)]
    body += [Text(line) for line in text.splitlines() if line.strip()]
    body += [Text(line) for line in _closing(reply, days)]
    issuer = reply.review.body if reply.review else reply.decision.body
    return Paper(
        title=TITLES[reply.to],
        issuer=issuer,
        number=_number(reply, holder),
        dated_on=reply.sent_on,
        style=OFFICIAL,
        body=body,
    )


def _number(reply, holder):
    # To many at once no number is told: each has another.
    if reply.to == ReplyTo.JOINED and holder is None:
        return ""
    return f"{(holder or reply.complaint).number}-{reply.pk}"


def addressee(reply, holder=None):
    """Return whom a paper is addressed to; a complainant by the number alone."""
    complaint = holder or reply.complaint
    if reply.to == ReplyTo.COMPLAINANT or holder:
        return f"投诉人（编号{complaint.number}）"
    if reply.to == ReplyTo.JOINED:
        return "各投诉人"
    if reply.to == ReplyTo.RESPONDENT and complaint.mediator:
        return complaint.mediator.name
    return unit_of(complaint)


def unit_of(complaint):
    """Return the organisation that is complained of, or to which the person belongs."""
    return complaint.organization.name if complaint.organization else "有关单位"


def first_words(items, to):
    """Return what a reply may begin with: each ground and what was found of it.

    ``items`` are the rows of the decision.
    """
    with override("zh-hans"):
        found = "；".join(
            f"关于“{item.get_ground_display()}”，经查{FOUND[item.finding]}" for item in items
        )
    opening = {
        ReplyTo.COMPLAINANT: "你反映的事项已经办结。",
        ReplyTo.JOINED: "你反映的事项已与反映同一情况的投诉合并办结。",
        ReplyTo.RESPONDENT: "有关你（单位）的投诉事项已经办结。",
        ReplyTo.UNIT: "有关你单位所涉人员的投诉事项已经办结。",
    }
    return f"{opening[to]}{found}。"


def _closing(reply, days):
    if reply.to == ReplyTo.JOINED:
        return []
    if reply.to == ReplyTo.COMPLAINANT:
        return [ASKING.format(days=days)] if days and reply.review is None else []
    measures = [ARTICLE_15] if reply.decision.measures else []
    return [*measures, NO_RETALIATION]
