"""The two files of an edition."""

import hashlib
import io

from django.utils import timezone

from office.papers import QR, Facts, Paper, Rows, Text, render
from office.sheets.writing import write_xlsx
from registry.editions.content import HEAD, KINDS

# Of the columns of the workbook, those that a printed page has room for.
PRINTED = ("姓名", "性别", "调解组织", "职务", "专职/兼职", "等级", "证号", "任期至")
SHARES = (2.2, 1.2, 6.4, 2, 2, 1.6, 3, 2.4)


def workbook(edition, content):
    """Return the workbook of an edition as bytes."""
    target = io.BytesIO()
    write_xlsx(target, edition.title, HEAD, content.rows)
    return target.getvalue()


def printed(edition, content, issuer):
    """Return the PDF of an edition as bytes."""
    columns = [HEAD.index(name) for name in PRINTED]
    rows = [[row[at] for at in columns] for row in content.rows]
    known_at = timezone.localtime(edition.known_at)
    facts = [
        ("范围", edition.division.name + (KINDS[edition.kind] if edition.kind else "")),
        ("名册日期", edition.on_date.isoformat()),
        ("数据截至", known_at.strftime("%Y-%m-%d %H:%M")),
        ("调解员", f"{content.people} 人"),
        ("调解组织", f"{content.organizations} 个"),
        ("内容摘要（SHA-256）", content.digest),
    ]
    return render(
        Paper(
            title=edition.title,
            issuer=issuer,
            dated_on=edition.on_date,
            body=[Facts(facts), Rows(PRINTED, rows, SHARES)],
            footnote="名册只列可以公开的项目；可用内容摘要核对。",
        )
    )


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def extract_paper(extract, address):
    """Return the printed form of an extract as bytes; ``address`` is where it can be verified."""
    known_at = timezone.localtime(extract.known_at)
    day = extract.on_date
    return render(
        Paper(
            title="人民调解员名册摘录",
            issuer=extract.issuer,
            number=extract.public_id,
            dated_on=extract.issued_on,
            body=[
                Text(f"经查人民调解员名册，{day.year}年{day.month}月{day.day}日在册情况如下："),
                Facts([*extract.facts, ("数据截至", known_at.strftime("%Y-%m-%d %H:%M"))]),
                QR(address, "扫码核验：核验页显示本页全部事项"),
            ],
            footnote=f"核验地址：{address}",
        )
    )
