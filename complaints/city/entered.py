"""What officers of the demo city entered: at the window, by letter, from above, by the hotline."""

import csv
import io
from datetime import timedelta

from complaints import actions
from office.models import User
from registry.models import Division, MediatorRow, OrganizationRow

COUNTY, TOWNSHIP = "330681", "330681109"
HEADS = [
    "工单编号", "受理时间", "诉求人", "联系电话", "是否保密", "被投诉单位", "被投诉人", "诉求内容",
    "投诉类别",
]  # fmt: skip
FACTS = [
    "调解时一直替对方说话，我提交的收据看也不看。",
    "要求我先交二百元“调解费”才肯受理，没有开收据。",
    "把我在调解室说的家事讲给了邻居听，全村都知道了。",
    "约好时间三次没有到场，打电话也不接。",
    "当着众人说我“不讲理、没文化”，让我下不来台。",
    "收了对方两条香烟以后，要我在协议上签字。",
]
PEOPLE = [("蒋秋生", "13900004101"), ("楼桂仙", "13900004102"), ("骆水根", "13900004103")]


def make_entered(today):
    """Enter invented complaints as the officers of the demo would; returns how many."""
    township, handler = (User.objects.get(username=name) for name in ("township", "handler"))
    low, high = Division.objects.get(code=COUNTY).span
    rows = MediatorRow.objects.filter(division_id__gte=low, division_id__lt=high)
    people = list(rows.select_related("mediator").order_by("rank")[:6])
    typed = _typed(people, today)
    for number, told in enumerate(typed):
        by = handler if told["channel"] in {"hotline", "upper"} else township
        actions.enter_complaint(submission=f"{number:032x}", by=by, today=today, **told)
    return len(typed) + _import_tickets(people, by=handler, today=today)


def _typed(people, today):
    """Return what the officers typed, one after the other."""
    day = timedelta(days=1)
    sources = [
        {"channel": "window", "mode": "named"},
        {"channel": "window", "mode": "anonymous"},
        {"channel": "letter", "mode": "confidential", "source_on": today - 3 * day},
        {
            "channel": "upper", "mode": "named", "source_on": today - 5 * day,
            "source_number": f"浙信转〔{today.year}〕0118号", "source_body": "省信访部门（演示）",
        },
        {
            "channel": "hotline", "mode": "named", "source_on": today - day,
            "source_number": f"ZJ12345{today.year}0001",
        },
    ]  # fmt: skip
    return [
        source | _case(people[number % len(people)], number, source["mode"])
        for number, source in enumerate(sources)
        if people
    ]


def _case(person, number, mode):
    name, phone = PEOPLE[number % len(PEOPLE)]
    contact = {"name": name, "phone": phone, "address": ""}
    body = OrganizationRow.objects.get(public_id=person.organization_public_id).organization
    return {
        "about": "mediator",
        "mediator": person.mediator,
        "organization": body,
        "grounds": ["other"],
        "facts": FACTS[number % len(FACTS)],
        "identity": None if mode == "anonymous" else contact,
    }


def _import_tickets(people, *, by, today):
    """Bring a file of tickets into each state; returns how many complaints were entered."""
    place = Division.objects.get(code=COUNTY)
    batches = [
        actions.check_hotline_file(_file(state, people, today), division=place, by=by, today=today)
        for state in ("entered", "abandoned", "checked")
    ]
    actions.enter_hotline_import(batches[0].pk, by=by, today=today)
    actions.abandon_hotline_import(batches[1].pk, by=by, today=today)
    return batches[0].new


def _file(state, people, today):
    """Return a file with two good rows and one that the hotline got wrong."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for number, person in enumerate(people[:2]):
        name, phone = PEOPLE[number]
        writer.writerow([
            f"ZJ12345{today.year}-{state}-{number + 1:03d}", today.isoformat(), name, phone, "",
            person.organization_name, person.name, FACTS[number + 3], "其他",
        ])  # fmt: skip
    writer.writerow(["", "上周", "", "", "", "", "", "不满意", "无"])
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))
