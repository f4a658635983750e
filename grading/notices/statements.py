"""The statement of reasons as a paper, in Chinese like all papers."""

from office.papers import Facts, Heading, Paper, Rows, Text

NOTHING = "无"


def statement_paper(statement, *, issuer, dated_on):
    """Return the paper of a ``grading.reports.statements.Statement`` that was put into Chinese."""
    body = [Facts(statement.facts), Heading("一、条件审核")]
    if statement.result:
        body.append(Text(f"按评定规则，审核结果为：{statement.result}。"))
    body.append(
        _table(
            ["条件", "条款", "查明情况", "结论"],
            [
                [line.condition, line.clause or "—", line.found, line.answer]
                for line in statement.lines
            ],
            [5, 2, 2, 2],
        )
    )
    body += [
        Heading("二、个别认定"),
        _table(["条件", "按规则", "认定为", "理由"], statement.rulings, [4, 2, 2, 4]),
        Heading("三、评审得分（各评委平均）"),
        _table(["项目", "平均得分", "满分"], statement.scores, [4, 2, 2]),
        Heading("四、排名与名额"),
        Facts(statement.ranking) if statement.ranking else Text(NOTHING),
        Heading("五、历次决定"),
        _table(["日期", "决定", "理由"], [row[:3] for row in statement.decisions], [2, 3, 5]),
        Heading("六、救济途径"),
        *(Text(sentence) for sentence in statement.remedies),
    ]
    return Paper(title="评定结果说明书", issuer=issuer, body=body, dated_on=dated_on)


def _table(head, rows, shares):
    return Rows(head, rows, shares) if rows else Text(NOTHING)
