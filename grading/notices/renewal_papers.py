"""The evidence of a reappointment as a paper, in Chinese like all papers."""

from office.papers import Facts, Heading, Paper, Rows, Text

NOTHING = "无"
NUMBERS = "一二三四五六七八九十"


def pack_paper(case, *, facts, silence, lines, tables, issuer, dated_on):
    """Return the paper of a case whose words were put into Chinese."""
    body = [Facts([(label, str(value)) for label, value in facts])]
    for number, table in zip(NUMBERS, tables, strict=False):
        body.append(Heading(f"{number}、{table.heading}"))
        body.append(Rows(table.heads, table.rows) if table.rows else Text(NOTHING))
    body.append(Heading(f"{NUMBERS[len(tables)]}、按规则的建议"))
    body.append(Text(case.get_recommended_display() or NOTHING))
    if silence:
        body.append(Text(silence))
    if lines:
        rows = [[line.words, line.clause, line.found or "—", line.answer] for line in lines]
        body.append(Rows(["条件", "条款", "查明情况", "结论"], rows, [4, 3, 2, 2]))
    if case.advice:
        body.append(Text(f"司法行政机关建议：{case.get_advice_display()}。{case.advice_note}"))
    return Paper(title="任期届满续聘材料", issuer=issuer, body=body, dated_on=dated_on)
