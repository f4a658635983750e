"""The slip that a complainant is handed at the window: in Chinese, as papers are."""

from complaints.models import ComplaintKey
from office.papers import QR, Facts, Paper, Text

PHONE = "12348"
LIMITS = {
    ComplaintKey.ACCEPT_DAYS: "告知是否受理的期限",
    ComplaintKey.HOTLINE_DAYS: "热线答复期限",
}


def complaint_slip(complaint, code, address, issuer, clocks):
    """Return the slip as a paper. It names neither who complains nor of whom.

    ``address`` is that of the page for following a complaint; the code is not part of it.
    """
    return Paper(
        title="投诉登记回执",
        issuer=issuer,
        number=complaint.number,
        body=[
            Facts(
                [
                    ("登记编号", complaint.number),
                    ("查询码", code),
                    ("登记日期", f"{complaint.received_on:%Y-%m-%d}"),
                    *[(LIMITS[clock.key], limit(clock)) for clock in clocks],
                    ("咨询电话", PHONE),
                ]
            ),
            QR(address, "扫码打开查询页面", side_mm=40),
            Text(f"打开 {address}，输入查询码，可以查看办理进度、补充材料、答复询问、申请复查。"),
            Text("本回执仅说明投诉已经登记。是否受理，将在上述期限前告知。"),
            Text("查询码只显示这一次，本机关不留存，遗失无法补发，请妥善保管，勿交他人。"),
            Text("本回执不载明投诉人和被投诉人。"),
        ],
        dated_on=complaint.received_on,
    )


def limit(clock):
    """Return the last day of a limit as the slip tells it."""
    if clock.due_on is None:
        return "—"
    return f"{clock.due_on:%Y-%m-%d}" + ("（暂定）" if clock.is_provisional else "")
