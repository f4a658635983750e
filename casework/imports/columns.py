"""The columns a file of cases is read by, the headings they stand under, their names in a push."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.sheets.vetting import Limits
from registry.imports.columns import RosterColumn, words

# Laid out in memory a cell takes some 100 bytes, as a stream next to nothing.
LIMITS = Limits(
    file_size=400 << 20,
    unpacked_size=4 << 30,
    rows=1_048_576,
    ratio=400,
    streamed_size=48 << 20,
)


def _column(name, label, synonyms, *, kind="text", required=False):
    return RosterColumn(name, label, words(synonyms), required=required, kind=kind)


COLUMNS = (
    _column(
        "number", _("case number"), kind="id", required=True,
        synonyms="案件编号 案号 案件号 纠纷编号 调解编号 案件编码 卷宗编号 卷宗号 协议书编号 "
        "调解协议编号 调解案件编号 纠纷案件编号",
    ),
    _column(
        "organization", _("organisation"),
        synonyms="调解组织 调委会 调解组织名称 调委会名称 人民调解委员会 调解委员会 受理单位 "
        "受理组织 所属调委会 办案单位 承办单位 调解机构 人民调解组织 组织编号 调解组织编号 单位",
    ),
    _column(
        "mediators", _("mediators"),
        synonyms="调解员 人民调解员 调解员姓名 承办人 承办调解员 主办调解员 调解人员 经办人 "
        "调解人 调解员及分配比例 参与调解员",
    ),
    _column(
        "dispute_type", _("type of dispute"),
        synonyms="纠纷类型 纠纷类别 案件类型 案件类别 纠纷种类 类型 类别 矛盾纠纷类型 案由",
    ),
    _column(
        "difficulty", _("class of difficulty"),
        synonyms="难易程度 难易等级 案件等级 纠纷等级 难度 案件难易 复杂程度 难易 纠纷难易程度 "
        "案件难易程度",
    ),
    _column(
        "source", _("how it came"),
        synonyms="案件来源 纠纷来源 来源 受理方式 受理来源 申请方式 来源渠道",
    ),
    _column(
        "accepted_on", _("accepted on"), kind="date",
        synonyms="受理日期 受理时间 受理日 申请日期 立案日期 登记日期 受理登记日期 登记时间",
    ),
    _column(
        "closed_on", pgettext_lazy("case", "closed on"), kind="date",
        synonyms="结案日期 结案时间 办结日期 办结时间 调解日期 调结日期 调结时间 调解结束日期",
    ),
    _column(
        "people", _("people involved"),
        synonyms="涉及人数 涉案人数 当事人数 人数 涉及当事人数 当事人人数 涉及人数(人)",
    ),
    _column(
        "amount", _("amount in dispute"),
        synonyms="涉案金额 涉及金额 金额 协议金额 标的额 涉及金额(元) 涉案标的 协议涉及金额 "
        "标的金额",
    ),
    _column("attempts", _("attempts at mediation"), synonyms="调解次数 次数 调解次数(次)"),
    _column(
        "outcome", _("outcome"),
        synonyms="调解结果 结果 是否成功 调解是否成功 办理结果 处理结果 结案方式 案件状态 "
        "调解情况 是否调解成功 办理状态 状态",
    ),
    _column(
        "agreement", _("agreement"),
        synonyms="协议形式 协议方式 协议类型 协议种类 达成协议形式 书面口头 协议形式(书面/口头)",
    ),
    _column(
        "agreed_on", _("agreed on"), kind="date",
        synonyms="协议日期 协议签订日期 达成协议日期 签订日期 协议时间 达成协议时间",
    ),
    _column(
        "fulfilment", _("fulfilment"),
        synonyms="履行情况 协议履行情况 履行状态 是否履行 履行 履行结果 协议是否履行",
    ),
    _column(
        "due_on", _("to be fulfilled by"), kind="date",
        synonyms="履行期限 应履行日期 约定履行日期 履行截止日期 履行到期日",
    ),
    _column(
        "fulfilled_on", _("fulfilled on"), kind="date",
        synonyms="履行日期 实际履行日期 履行时间 履行完毕日期 实际履行时间",
    ),
    _column(
        "is_voluntary", _("fulfilled voluntarily"),
        synonyms="是否自愿履行 自愿履行 是否自动履行 是否自觉履行 是否主动履行",
    ),
    _column(
        "confirmation", _("judicial confirmation"),
        synonyms="司法确认 司法确认情况 是否司法确认 司法确认结果 是否申请司法确认",
    ),
    _column(
        "confirmation_on", _("court decided on"), kind="date",
        synonyms="司法确认日期 确认日期 裁定日期 司法确认时间",
    ),
    _column(
        "transferred_to", _("passed on to"),
        synonyms="移送单位 移交单位 移送部门 移送去向 转办单位",
    ),
    _column(
        "documents", _("documents in the file"),
        synonyms="卷宗材料 案卷材料 卷内材料 材料清单 文书材料 卷宗目录",
    ),
    _column(
        "applicant", _("applicant"),
        synonyms="申请人 申请人姓名 甲方 甲方当事人 申请方 申请方当事人 当事人甲",
    ),
    _column(
        "applicant_phone", _("applicant's telephone"),
        synonyms="申请人电话 申请人联系电话 申请人手机 甲方电话 申请人联系方式",
    ),
    _column(
        "respondent", _("respondent"),
        synonyms="被申请人 被申请人姓名 乙方 乙方当事人 被申请方 当事人乙 对方当事人",
    ),
    _column(
        "respondent_phone", _("respondent's telephone"),
        synonyms="被申请人电话 被申请人联系电话 被申请人手机 乙方电话 被申请人联系方式",
    ),
)  # fmt: skip
NAMES = frozenset(column.name for column in COLUMNS)
# What these cells say is never repeated in a reason: it names people.
PERSONAL = frozenset(["applicant", "applicant_phone", "respondent", "respondent_phone"])
# A push may give a list in these.
LISTS = frozenset(["mediators", "documents", "applicant", "respondent"])


def labels():
    """Return {column name: its label}."""
    return {column.name: str(column.label) for column in COLUMNS}
