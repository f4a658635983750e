"""The sheet of a file check: what was found, what is missing, how it was scored."""

from django.utils import translation

from casework.models import FileDocument
from office.papers import Facts, Paper, Rows, Text

LANGUAGE = "zh-hans"


def check_sheet(check):
    """Return the sheet as a paper; in Chinese, as papers are."""
    with translation.override(LANGUAGE):
        return Paper(
            title="调解卷宗检查表",
            issuer=check.case.division.name,
            body=[Facts(_facts(check)), Rows(["卷宗材料", "应有", "检查情况"], _papers(check)),
                  *_scores(check), Text("检查人：　　　　　　评分人：", indent=0)],
            dated_on=check.scored_on or check.checked_on or check.opened_on,
        )  # fmt: skip


def _facts(check):
    case = check.case
    return [
        ("案号", str(case)),
        ("调解组织", case.organization.name),
        ("纠纷类型", case.dispute_type.name),
        ("办结日期", f"{case.closed_on:%Y-%m-%d}" if case.closed_on else ""),
        ("状态", check.get_state_display()),
    ]


def _papers(check):
    needed, was_read = check.expected, check.checked_on is not None
    return [
        (
            str(label),
            "是" if code in needed else "",
            ("有" if code in check.found else "缺" if code in check.missing else "无")
            if was_read
            else "",
        )
        for code, label in FileDocument.choices
    ]


def _scores(check):
    if check.score is None:
        return []
    rows = [
        (item.name, str(item.points), str(check.marks.get(item.code, "")))
        for item in check.scheme.items.all()
    ]
    return [Rows(["评分项目", "分值", "得分"], [*rows, ("合计", "100", str(check.score))])]
