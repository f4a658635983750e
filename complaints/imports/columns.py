"""The columns of a file of hotline tickets, their headings, and what is said against a row."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from complaints.models import ComplaintGround
from office.sheets.headings import Column
from office.sheets.vetting import Limits

# A bigger upload would be laid down on disk by the server while it comes in.
LIMITS = Limits(file_size=2 << 20, unpacked_size=40 << 20, rows=1_000, columns=60, entries=200)
# Entered in one go while the officer waits: about a tenth of a second each, under one lock.
MOST_TICKETS = 100
MOST_LETTERS = 5_000
LEAST_LETTERS = 5
LONGEST_NAME = 60

YES_OR_NO = {"是": True, "否": False, "保密": True, "不保密": False, "yes": True, "no": False}
G = ComplaintGround
GROUNDS = {
    G.PARTIALITY: "徇私偏袒 偏袒一方当事人 偏袒一方 偏袒 不公正 不公",
    G.INSULT: "侮辱当事人 侮辱 辱骂 态度恶劣",
    G.PROPERTY: "索取收受财物 索取、收受财物 索要财物 收受财物 索取财物 牟取不正当利益 吃拿卡要",
    G.LEAK: "泄露隐私 泄露当事人隐私 泄露商业秘密 泄密",
    G.FEES: "违规收费 收取费用 收费 乱收费",
    G.OTHER: "其他 其它 其他问题",
}
GROUND_OF = {word: ground for ground, words in GROUNDS.items() for word in words.split()}


def _column(name, label, synonyms, **given):
    return Column(name, label, tuple(synonyms.split()), **given)


COLUMNS = (
    _column(
        "ticket", gettext_lazy("ticket number"), kind="id", required=True,
        synonyms="工单编号 工单号 工单号码 工单流水号 流水号 受理编号 诉求编号 派单编号 编号",
    ),
    _column(
        "received_on", gettext_lazy("taken by the hotline on"), kind="date", required=True,
        synonyms="受理时间 受理日期 来电时间 来电日期 登记时间 登记日期 诉求时间 工单时间 接件时间",
    ),
    _column(
        "name", gettext_lazy("caller's name"), kind="name",
        synonyms="诉求人 诉求人姓名 来电人 来电人姓名 投诉人 投诉人姓名 反映人 联系人 姓名",
    ),
    _column(
        "phone", gettext_lazy("caller's telephone"), kind="phone",
        synonyms="联系电话 来电号码 联系方式 电话 手机 手机号码 诉求人电话 来电人电话 投诉人电话",
    ),
    _column(
        "confidential", pgettext_lazy("hotline ticket", "confidential"),
        synonyms="是否保密 保密 要求保密 信息保密",
    ),
    _column(
        "organization", gettext_lazy("organisation complained of"),
        synonyms="被投诉单位 被投诉组织 被反映单位 调解组织 调委会 调解委员会 被投诉调解组织 "
        "涉及单位",
    ),
    _column(
        "mediator", gettext_lazy("mediator complained of"),
        synonyms="被投诉人 被投诉人姓名 被反映人 调解员 调解员姓名 被投诉调解员 涉及人员",
    ),
    _column(
        "facts", pgettext_lazy("statement", "what happened"), required=True,
        synonyms="诉求内容 投诉内容 反映内容 工单内容 主要内容 事项内容 问题描述 内容 事实",
    ),
    _column(
        "ground", pgettext_lazy("hotline ticket", "ground"),
        synonyms="投诉类别 投诉事由 投诉类型 诉求类别 诉求类型 问题类别 事由 类别",
    ),
)  # fmt: skip
LABELS = {column.name: column.label for column in COLUMNS}


def sentences():
    """Return the sentence for each thing that may be wrong with a cell."""
    return {
        "missing": _("Nothing stands here."),
        "ticket": _("This is no ticket number: 3 to 64 letters, digits and dashes."),
        "lost_digits": _("The number has lost its last digits: format the column as text."),
        "twice": _("The ticket stands in an earlier row of the file already."),
        "date": _("This is not a date. Write it like 2026-03-08."),
        "not_a_day": _("Give the day, not only the month or year."),
        "future": _("This day has not come yet."),
        "long_name": _("The name is longer than 60 characters."),
        "phone": _("This is no telephone number."),
        "answer": _("Write “yes” or “no”, or leave it empty."),
        "several_bodies": _("Several organisations have this name: give its full name."),
        "several_people": _("Several mediators have this name: name the organisation as well."),
        "short": _("This is too short to look into."),
        "long": _("This is longer than 5,000 characters."),
        "ground": _("This ground is not known."),
    }


def told(faults):
    """Return (label of the column, sentence) for the faults of a row."""
    known = sentences()
    return [(LABELS[column], known[code]) for column, code in faults]
