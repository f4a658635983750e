"""The review sheet (考核表) as a paper, in Chinese like all papers."""

from grading.notices.review_words import plain
from grading.rules.reviews import NOT_ASSESSED, TOO_LITTLE
from office.papers import Facts, Heading, Paper, Rows, Text

NOTHING, NUMBERS = "无", "一二三四五六"
NOT_FINAL = "本表所载结果尚未决定，仅供核对。"


def sheet_paper(sheet, told, *, issuer, dated_on, is_final, objections=()):
    """Return the paper of a sheet that was told line by line in Chinese.

    :param told: with ``lines`` and ``sums``, as ``grading.reports.review_lines.told_of`` gives it.
    :param objections: (objection, answer) of those that are shown.
    """
    parts = [
        *(_made_up(told.parts) if told.parts else _made_of(sheet, told)),
        ("考核结果", Facts(_result(sheet, told))),
        ("异议及答复", _table(["异议", "答复"], list(objections), [1, 1])),
        ("签字", Facts([("本人签字", _signed(sheet)), ("考核单位", ""), ("日期", "")])),
    ]
    body = [Facts(_head(sheet))]
    for number, (heading, part) in zip(NUMBERS, parts, strict=False):
        body += [Heading(f"{number}、{heading}"), part]
    footnote = "" if is_final else NOT_FINAL
    return Paper(
        title="人民调解员考核表", issuer=issuer, body=body, dated_on=dated_on, footnote=footnote
    )


def _made_of(sheet, told):
    """Return what somebody wrote, the figures, and the points given by hand."""
    counted = [_counted(line) for line in told.lines if line.source]
    given = [
        [line.label, actor, points, line.most, note]
        for line in told.lines
        for actor, points, note, _by, _on in line.marks
    ]
    heads = ["指标", "来源", "分子", "分母", "数值", "得分", "满分", "说明"]
    return [
        ("自我总结", Text(sheet.statement or ("未提交自评。" if sheet.is_late else NOTHING))),
        ("登记数据", _table(heads, counted, [3, 4, 2, 2, 2, 2, 2, 4])),
        ("各方评分", _table(["指标", "评分主体", "得分", "满分", "依据"], given, [3, 3, 2, 2, 5])),
    ]


def _made_up(parts):
    """Return the shorter reviews that a year is made up of."""
    rows = [[one.label, one.days, one.score or "—", one.band or "—", one.became] for one in parts]
    return [
        ("各期考核", _table(["考核期", "起止", "得分", "等次", "计入情况"], rows, [3, 4, 2, 2, 5]))
    ]


def _head(sheet):
    cycle = sheet.cycle
    found = [
        ("姓名", sheet.mediator.name),
        ("所在调解组织", sheet.organization.name),
        ("考核名称", cycle.title),
        ("考核期间", f"{cycle.from_on.isoformat()} 起，{cycle.until_on.isoformat()} 前"),
        ("期内任职天数", str(sheet.days_in)),
        ("考核办法", cycle.version.scheme.title),
    ]
    if sheet.number > 1:
        found.append(("更正版次", str(sheet.number)))
        found.append(("更正理由", sheet.correction_reason))
    return found


def _counted(line):
    said = f"{line.said}；更正：{line.correction}" if line.correction else line.said
    return [
        line.label, line.source, line.part, line.whole, line.value, line.points or "未评",
        line.most, said,
    ]  # fmt: skip


def _result(sheet, told):
    """Return what was kept; before anything is, what the rule makes of the sheet now."""
    if sheet.score is None:
        band = sheet.band or ("未评定" if sheet.result in (NOT_ASSESSED, TOO_LITTLE) else "")
        return [*told.sums, *([("等次", band)] if band else [])]
    kept = [("得分", plain(sheet.score)), ("等次", sheet.band)]
    if sheet.band_earned != sheet.band:
        kept.append(("按得分应为", sheet.band_earned))
    return [*told.added, *((label, value) for label, value in kept if value)]


def _signed(sheet):
    return f"已于 {sheet.signed_on.isoformat()} 网上签收" if sheet.signed_on else ""


def _table(head, rows, shares):
    return Rows(head, rows, shares) if rows else Text(NOTHING)
