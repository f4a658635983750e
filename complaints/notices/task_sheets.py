"""The task sheet on paper, for units without an account as well."""

from office.papers import Facts, Heading, Paper, Text
from registry.notices.letterhead import on_paper


def task_sheet_paper(sheet, text, *, about, grounds, object_until, findings_due):
    """Return the sheet as an official paper; in Chinese, as papers are."""
    rows = [
        ("编号", str(sheet)),
        ("被反映对象", about),
        ("反映问题", "、".join(grounds) or "—"),
        ("交办日期", on_paper(sheet.sent_on)),
        ("提出异议期限", _day(object_until)),
        ("报送核查结果期限", _day(findings_due)),
    ]
    return Paper(
        title="投诉事项交办单",
        issuer=f"{sheet.complaint.division.name}司法局",
        body=[
            Text(f"{sheet.addressee}：", indent=0),
            Text("现将下列投诉事项交你单位核查处理。"),
            Facts(rows),
            Heading("一、反映的情况"),
            *[Text(part) for part in text.split("\n") if part.strip()],
            Heading("二、要求"),
            Text("1. 由两名以上工作人员核查，听取被反映人的陈述，并附证据材料。"),
            Text("2. 对反映的每一问题分别写明核查结果和处理建议。"),
            Text("3. 不得查找、泄露投诉人身份，不得打击报复。"),
        ],
        dated_on=sheet.sent_on,
    )


def _day(day):
    return on_paper(day) if day else "暂定"
