"""The agreement of a pairing, to be printed and signed by three. It is always Chinese."""

from office.papers import OFFICIAL, Facts, Gap, Paper, Text
from office.papers.paper import official_date

NO_PLAN = "（另附培养计划）"


def agreement(pairing, *, issuer, today):
    """Return the agreement of master, apprentice and unit as a paper; ``issuer`` is the unit."""
    mentor, apprentice = pairing.mentor, pairing.apprentice
    term = f"自{official_date(pairing.from_on)}起至{official_date(pairing.until_on)}止"
    return Paper(
        title="师徒结对协议",
        issuer=issuer,
        number=f"师徒〔{pairing.from_on.year}〕{pairing.pk:06d}号",
        dated_on=today,
        style=OFFICIAL,
        body=[
            Facts([("师傅", mentor.name), ("徒弟", apprentice.name), ("期限", term)]),
            Text("一、师傅传授调解经验和方法，带教徒弟办理纠纷，每月共同填写带教记录。"),
            Text("二、徒弟尊重师傅，按计划学习，遵守调解员职业道德，保守当事人的隐私和商业秘密。"),
            Text(
                f"三、双方每月至少确认带教记录{pairing.logs_policy.amount}条；"
                "期中和期满由单位组织考核。"
            ),
            Text("四、任何一方因故不能继续的，应当及时告知单位，由单位另行安排。"),
            Text(f"五、培养计划：{pairing.plan or NO_PLAN}"),
            Gap(8),
            Facts([("师傅签名", ""), ("徒弟签名", ""), ("单位盖章", "")]),
        ],
    )
