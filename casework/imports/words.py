"""The answers platforms and bureaus write into files of cases, and what each stands for."""

import unicodedata

from casework.flows import CaseState
from casework.models import (
    Agreement,
    CaseSource,
    FileDocument,
    Fulfilment,
    JudicialConfirmation,
)


def key(text):
    """Return an answer as it is compared: case, width and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", str(text)).lower().split())


def _answers(words):
    """Return {answer: value} of {value: answers with blanks between them}."""
    return {word: value for value, answers in words.items() for word in answers.split()}


def _keys(words):
    return [key(word) for word in words.split()]


def _by_key(words):
    found = {key(word): value for word, value in _answers(words).items()}
    return found | {key(value): value for value in words if isinstance(value, str)}


OUTCOME = _by_key(
    {
        CaseState.ACCEPTED: (
            "调解中 受理 已受理 正在调解 未结 未办结 在办 办理中 进行中 in-progress"
        ),
        CaseState.SUCCEEDED: (
            "成功 调解成功 已成功 达成协议 调成 达成调解协议 已达成协议 success 调解成功并达成协议"
        ),
        CaseState.FAILED: (
            "不成功 未成功 调解不成功 调解失败 失败 未达成协议 调解不成 未调成 调解未成功 "
            "终止 调解终止 failure"
        ),
        CaseState.WITHDRAWN: "撤回 当事人撤回 撤回申请 撤销 撤诉 当事人撤回申请 放弃调解",
        CaseState.TRANSFERRED: "移送 移交 转办 转交 移送其他部门 已移送 引导诉讼 转其他部门",
    }
)
AGREEMENT = _by_key(
    {
        Agreement.WRITTEN: "书面 书面协议 书面调解协议 调解协议书 协议书 书面形式",
        Agreement.ORAL: "口头 口头协议 口头调解协议 口头登记 口头形式 口头协议登记",
        Agreement.NONE: "无 无协议 未达成 未达成协议 没有",
    }
)
FULFILMENT = _by_key(
    {
        Fulfilment.FULFILLED: (
            "履行 已履行 全部履行 履行完毕 自动履行 自觉履行 当场履行 即时履行 已全部履行 "
            "履行完成 即时结清 主动履行"
        ),
        Fulfilment.PARTLY: "部分履行 履行部分 已部分履行 履行一部分",
        Fulfilment.PENDING: "待履行 履行中 未到期 正在履行 分期履行 未到履行期 尚未到期 约定履行",
        Fulfilment.REFUSED: "未履行 不履行 拒不履行 拒绝履行 反悔 逾期未履行",
    }
)
# Words for the fulfilment that also say that nobody had to be made to.
VOLUNTARY_WORDS = frozenset(_keys("自动履行 自觉履行 主动履行"))
YES_NO = {
    **dict.fromkeys(_keys("是 自愿 自动 自觉 主动 有 1 y yes true √ 对"), True),
    **dict.fromkeys(_keys("否 非自愿 强制 强制执行 无 0 n no false × 不是"), False),
}
CONFIRMATION = _by_key(
    {
        JudicialConfirmation.APPLIED: "已申请 申请 申请中 审查中 已申请司法确认 待确认",
        JudicialConfirmation.CONFIRMED: (
            "确认 已确认 确认有效 已司法确认 裁定有效 司法确认有效 有效 裁定确认 是"
        ),
        JudicialConfirmation.REFUSED: "驳回 不予确认 裁定驳回 驳回申请 未予确认 未确认",
        "": "未申请 否 无 未申请司法确认 不申请",
    }
)
SOURCE = _by_key(
    {
        CaseSource.APPLIED: "当事人申请 申请 依申请 申请调解 当事人申请调解 依申请调解 来访 来电",
        CaseSource.FOUND: "主动调解 排查发现 主动发现 排查 主动排查 依职权 主动介入 发现 网格上报",
        CaseSource.COURT: "法院委托 法院移送 法院委派 诉前调解 法院 人民法院 法院移交 诉调对接",
        CaseSource.PROCURATORATE: "检察院委托 检察院移送 检察院 检察机关 检调对接 人民检察院",
        CaseSource.POLICE: "公安移送 公安委托 派出所 公安机关 公安 派出所移送 公调对接 110移送",
        CaseSource.PETITION: "信访移送 信访部门 信访 信访委托 信访局 访调对接 信访转办",
        CaseSource.OTHER: "其他 其它 其他部门移送 上级交办 交办 其他部门 12345 部门移送 12348",
    }
)
DOCUMENT = _by_key(
    {
        FileDocument.APPLICATION: "调解申请书 申请书 申请 受理登记表 受理登记 登记表",
        FileDocument.NOTICE: "权利义务告知书 告知书 权利义务告知 告知记录",
        FileDocument.IDENTITY: "身份证明 身份证 当事人身份证明 身份证复印件 身份材料 主体资格证明",
        FileDocument.PROXY: "授权委托书 委托书 代理手续",
        FileDocument.INQUIRY: "调查笔录 调查记录 询问笔录 调查材料",
        FileDocument.EVIDENCE: "证据 证据材料",
        FileDocument.RECORD: "调解笔录 调解记录 笔录",
        FileDocument.AGREEMENT: "调解协议书 协议书 调解协议 人民调解协议书 口头协议登记表",
        FileDocument.FULFILMENT: "履行凭证 履行证明 收条 履行材料 付款凭证",
        FileDocument.VISIT: "回访记录 回访 回访登记表 回访笔录",
        FileDocument.CONFIRMATION: "司法确认材料 司法确认书 确认裁定书 司法确认 司法确认有关材料",
        FileDocument.STATEMENT: "卷宗情况说明 情况说明 说明",
        FileDocument.COVER: "封底 卷底 卷宗封底",
    }
)
