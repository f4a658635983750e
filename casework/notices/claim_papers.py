"""The papers of a claim, in Chinese like all papers: approval sheet, payment list, disclosure."""

from casework.rules.capitals import capitals
from office.papers import Facts, Heading, Paper, Rows, Text
from registry.letters import bureau_of
from registry.notices.letterhead import on_paper

STEPS = {
    "submit": "申报",
    "submit_directly": "申报",
    "resubmit": "补正后再次申报",
    "resubmit_directly": "补正后再次申报",
    "check_first": "司法所初审",
    "check_second": "司法所负责人复核",
    "record_review": "乡镇（街道）领导审核",
    "check_totals": "县（市、区）司法局科室审核汇总",
    "approve": "县（市、区）司法局审批",
    "pay": "发放",
    "send_back": "退回补正",
    "withdraw": "撤回",
}
NUMERALS = "零一二三四"
# The legal service line of every place, which passes complaints on.
SUPERVISION = "12348"
NO_ACCOUNTS = "本系统不保存银行账号，账号由财务部门填写。"


def approval_sheet(batch, *, payees, funds, lines, steps):
    """Return the approval sheet of a batch: what is claimed, and every opinion in its order."""
    return Paper(
        title="人民调解以案定补审批单",
        issuer=bureau_of(batch.division_id),
        number=batch.number,
        dated_on=batch.approved_on or batch.submitted_on,
        body=[
            Facts(_summary(batch)),
            Heading("一、补助明细"),
            Rows(
                ["序号", "案件编号", "申报档次", "核定档次", "申报金额", "核定金额", "备注"],
                [*_lines(lines), ["合计", "", "", "", *_sums(batch), ""]],
            ),
            Heading("二、人员汇总"),
            Rows(["序号", "姓名", "件数", "金额（元）"], _people(payees, batch)),
            Heading("三、资金来源"),
            Rows(["资金来源", "金额（元）"], [[fund, str(amount)] for fund, amount in funds]),
            Heading("四、审核审批意见"),
            Rows(
                ["环节", "经办人", "日期", "意见", "金额（元）"],
                [_step(step) for step in steps] or [["尚未申报", "", "", "", ""]],
            ),
        ],
    )


def payment_list(batch, payees):
    """Return the list after which the finance office pays; account numbers are not kept here."""
    rows = [
        [str(place), one.mediator.name, masked(one.mediator), str(one.cases), str(one.amount), ""]
        for place, one in enumerate(payees, 1)
    ]
    heads = ["序号", "姓名", "证件编号", "件数", "金额（元）", "收款账号（财务填写）"]
    total = ["合计", "", "", "", str(batch.total_approved), ""]
    return Paper(
        title="人民调解以案定补发放清单",
        issuer=bureau_of(batch.division_id),
        number=batch.number,
        dated_on=batch.paid_on or batch.approved_on,
        body=[
            Facts(_summary(batch)),
            Rows(heads, [*rows, total], shares=[1, 2, 3, 1, 2, 4]),
            Text(f"合计人民币（大写）：{capitals(batch.total_approved)}", indent=0),
        ],
        footnote=NO_ACCOUNTS,
    )


def disclosure_table(batch, payees):
    """Return the public table: names, cases and amounts, nothing of the cases themselves."""
    rows = [
        [str(place), one.mediator.name, batch.organization.name, str(one.cases), str(one.amount)]
        for place, one in enumerate(payees, 1)
    ]
    count = sum(one.cases for one in payees)
    span = f"{on_paper(batch.disclosed_on)}至{on_paper(batch.disclosed_until_on)}"
    return Paper(
        title=f"{_quarter(batch)}人民调解以案定补公示表",
        issuer=bureau_of(batch.division_id),
        number=batch.number,
        dated_on=batch.disclosed_on,
        body=[
            Rows(
                ["序号", "姓名", "调解组织", "件数", "金额（元）"],
                [*rows, ["合计", "", "", str(count), str(batch.total_approved)]],
            ),
            Text(f"公示期：{span}。"),
            Text(f"公示期内如有异议，请向本机关反映。监督电话：{SUPERVISION}。"),
        ],
    )


def masked(mediator):
    """Return a certificate number of which only the ends are shown."""
    number = mediator.certificate_number or ""
    shown = 2
    if len(number) <= 2 * shown:
        return "*" * len(number)
    return number[:shown] + "*" * (len(number) - 2 * shown) + number[-shown:]


def _summary(batch):
    return [
        ("申报单位", batch.organization.name),
        ("所属区划", batch.division.name),
        ("申报期间", _quarter(batch)),
        ("件数", str(batch.line_count)),
        ("申报金额", f"{batch.total_claimed}元"),
        ("核定金额", f"{batch.total_approved}元"),
        ("核定金额（大写）", capitals(batch.total_approved)),
    ]


def _quarter(batch):
    return f"{batch.year}年第{NUMERALS[batch.quarter]}季度"


def _lines(lines):
    standing = [line for line in lines if line.stands]
    return [
        [
            str(place), str(line.case), str(line.tier_claimed or ""), str(line.tier_approved or ""),
            str(line.amount_claimed), str(line.amount_approved),
            "；".join(filter(None, [line.reason, line.approved_reason])),
        ]
        for place, line in enumerate(standing, 1)
    ]  # fmt: skip


def _sums(batch):
    return [str(batch.total_claimed), str(batch.total_approved)]


def _people(payees, batch):
    rows = [
        [str(place), one.mediator.name, str(one.cases), str(one.amount)]
        for place, one in enumerate(payees, 1)
    ]
    return [*rows, ["合计", "", "", str(batch.total_approved)]]


def _step(step):
    name = step.by.get_full_name() if step.by else ""
    if step.signed_by:
        name = f"{step.signed_by}（{on_paper(step.signed_on)}签；{name}录入）"
    return [STEPS[step.name], name, on_paper(step.on), step.opinion, str(step.total)]
