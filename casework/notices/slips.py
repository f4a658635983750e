"""The slip a party is handed: a code, where to type it, and the same as a QR code."""

from office.papers import QR, Facts, Paper, Text


def opinion_slip(row, code, address):
    """Return the slip as a paper; in Chinese, as papers are. It names nobody."""
    case = row.case
    month = case.closed_on or case.accepted_on
    return Paper(
        title="调解满意度评价",
        issuer=case.organization.name,
        body=[
            Text(
                "您好！请对本次人民调解作出评价。评价无需注册账号，调解员看不到您的评价内容。",
                indent=0,
            ),
            Facts(
                [
                    ("调解组织", case.organization.name),
                    ("纠纷类型", case.dispute_type.name),
                    ("办结月份", f"{month.year}年{month.month}月"),
                    ("评价码", code),
                    ("有效期至", f"{row.last_on:%Y-%m-%d}"),
                ]
            ),
            QR(address, "扫码评价", side_mm=48),
            Text(f"也可在浏览器打开 {address}", indent=0),
            Text("评价码只能使用一次，请勿转交他人。", indent=0),
        ],
        dated_on=row.issued_on,
    )
