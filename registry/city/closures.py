"""Notices, objections, orders to rectify and deregistrations of the city, some in every state."""

import json
from contextlib import suppress
from datetime import timedelta
from itertools import count

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from office.clocks import read_calendar, store_calendar
from office.documents import attach
from office.flow import Refused
from office.models import CalendarYear, User
from office.papers import OFFICIAL, Paper, Text, render
from registry.actions import closures, notices, policies, rectifications
from registry.actions.closure_items import appointments_of
from registry.flows import OrganizationState
from registry.models import Closure, Division, Fault, Organization, OrganizationKind, Policy

REASON = "演示。"
DAY = timedelta(days=1)
ZHUJI = "330681"
SMALL = [OrganizationKind.VILLAGE, OrganizationKind.ENTERPRISE, OrganizationKind.SOCIAL]
CUSTODY = {"seal_with": "镇司法所", "plaque_with": "镇司法所", "files_with": "镇档案室"}
FAULTS = {
    Fault.SEAL: "印章名称与登记名称不一致。",
    Fault.SIGN: "标牌未按规定悬挂。",
    Fault.NAME: "对外使用的名称与登记名称不一致。",
    Fault.WORK: "近一年无人值守，来访群众无法申请调解。",
}


class Cases:
    """Makes the cases in the county where the demo officers serve.

    Two accounts act, since many a step needs a second person: the county's and the city's.
    """

    def __init__(self, today):
        self.today = today
        self.county = User.objects.get(username="county")
        self.city = User.objects.get(username="city")
        self.acting = self.county
        self.sending = count(1)
        rows = Organization.objects.in_division(Division.objects.get(code=ZHUJI))
        listed = rows.filter(state=OrganizationState.LISTED, kind__in=SMALL, studios=None)
        # From the end: the first ones are those that guides and other demo cases point to.
        self.bodies = iter(listed.order_by("-pk"))

    def note(self, by=None, on=None):
        return {"by": by or self.acting, "today": on or self.today, "reason": REASON}

    def fill(self):
        """Make the cases one by one; what needs next year's calendar before it is published waits.

        In December the term of a fresh case ends in a year of which nobody knows the days off.
        """
        for make in (
            self.adopt_ordered, self.adopt_closing, self.order_lately, self.order_and_forget,
            self.order_and_clear, self.order_and_fail, self.order_and_withdraw, self.draft,
            self.publish, self.publish_and_withdraw, self.publish_long_ago, self.open_today,
            self.announce_lately, self.stop, self.propose_after_an_objection, self.merge,
            self.close_after_an_order,
        ):  # fmt: skip
            self.acting = self.county
            with suppress(Refused), transaction.atomic():
                make()

    def adopt_ordered(self):
        """Give the organisations that were drawn as ordered to rectify their order."""
        for body in self.drawn(OrganizationState.RECTIFYING):
            self.order(Fault.SEAL, self.today - 10 * DAY, body)

    def adopt_closing(self):
        for body in self.drawn(OrganizationState.CLOSING):
            self.announce(self.today - 2 * DAY, organization=body)

    def drawn(self, state):
        self.acting = self.city  # they lie in every county
        rows = Organization.objects.filter(state=state)
        drawn = list(rows.filter(rectifications=None, closures=None).order_by("pk"))
        for body in drawn:
            body.state = OrganizationState.LISTED
        Organization.objects.bulk_update(drawn, ["state"])
        return drawn

    def order_lately(self):
        self.order(Fault.SEAL, self.today - 5 * DAY)

    def order_and_forget(self):
        """Past its day, and nobody has checked."""
        self.order(Fault.NAME, self.today - 60 * DAY)

    def order_and_clear(self):
        order = self.order(Fault.SIGN, self.today - 60 * DAY)
        rectifications.clear_rectification(order.pk, result="已按规定悬挂。", **self.note())

    def order_and_fail(self):
        order = self.order(Fault.WORK, self.today - 60 * DAY)
        rectifications.fail_rectification(order.pk, result="仍无人值守。", **self.note())

    def order_and_withdraw(self):
        order = self.order(Fault.SIGN, self.today - 50 * DAY)
        rectifications.withdraw_rectification(order.pk, **self.note())

    def order(self, ground, on, body=None):
        return rectifications.order_rectification(
            organization=body or next(self.bodies),
            ground=ground,
            faults=FAULTS[ground],
            **self.note(on=on),
        )

    def draft(self):
        self.notice(self.today, publish=False)

    def publish(self):
        objection = self.object_to(self.notice(self.today), self.today, "名册中的地址有误。")
        notices.withdraw_objection(objection.pk, **self.note(self.city))

    def publish_long_ago(self):
        self.notice(self.today - 50 * DAY)

    def publish_and_withdraw(self):
        notice = self.notice(self.today - 40 * DAY)
        notices.withdraw_notice(notice.pk, **self.note(on=self.today - 38 * DAY))

    def notice(self, on, *, publish=True):
        """A notice that is no part of a deregistration."""
        township = Division.objects.filter(code__startswith=ZHUJI, level="township").first()
        place = township or Division.objects.get(code=ZHUJI)
        notice = notices.draft_notice(
            kind="edition",
            title=f"关于{place.name}人民调解组织名册的公示",
            body="现将拟公布的人民调解组织和人民调解员名册予以公示。\n有异议的，请在公示期内提出。",
            division=place,
            **self.note(on=on),
        )
        return notices.publish_notice(notice.pk, **self.note(on=on)) if publish else notice

    def object_to(self, notice, on, text, name="", phone=""):
        objection, _code = notices.file_objection(
            notice.pk, submission=f"{next(self.sending):032x}", text=text, today=on,
            name=name, phone=phone,
        )  # fmt: skip
        return objection

    def open_today(self):
        self.open(self.today)

    def announce_lately(self):
        notice = self.announce(self.today - DAY).notice
        self.object_to(notice, self.today, "村里老人多，就近调解方便。")

    def stop(self):
        """An objection is upheld: the organisation is listed again."""
        on = self.today - 40 * DAY
        closure, note = self.announce(on), self.note(self.city, on + 3 * DAY)
        upheld = self.object_to(closure.notice, on, "设立单位的决定程序不合规。", "王大妈")
        notices.uphold_objection(upheld.pk, answer="经核实，异议成立。", **note)

    def propose_after_an_objection(self):
        """An objection is rejected: the deregistration goes on."""
        on = self.today - 40 * DAY
        closure = self.announce(on)
        rejected = self.object_to(closure.notice, on, "希望保留。", "某村民", "0575-87000000")
        answer = "组织已撤销，工作由镇调委会承接。"
        notices.reject_objection(rejected.pk, answer=answer, **self.note(self.city, on))
        self.propose(closure)

    def merge(self):
        fields = {"ground": "merged", "facts": "设立单位已合并。", "successor": self.heir()}
        self.carry_out(self.propose(self.announce(self.today - 40 * DAY, **fields)))

    def close_after_an_order(self):
        on = self.today - 40 * DAY
        failed = self.order(Fault.WORK, on - 60 * DAY)
        rectifications.fail_rectification(failed.pk, result="仍无人值守。", **self.note(on=on))
        fields = {"ground": "cannot_work", "facts": "责令改正逾期未改正。"}
        body = Organization.objects.get(pk=failed.organization_id)
        closure = self.announce(on, organization=body, rectification=failed, **fields)
        self.carry_out(self.propose(closure))

    def open(self, on, **fields):
        fields = {
            "ground": "abolished", "facts": "设立单位已决定撤销该组织。", **fields,
        }  # fmt: skip
        if "organization" not in fields:
            fields["organization"] = next(self.bodies)
        closure = closures.open_closure(**fields, **self.note(on=on))
        paper = ContentFile(decision(closure), name="撤销决定.pdf")
        attach(closure, upload=paper, kind="decision", **self.note(on=on))
        return closure

    def announce(self, on, **fields):
        return closures.announce_closure(self.open(on, **fields).pk, **self.note(on=on))

    def heir(self):
        """The committee of a township of the county."""
        rows = Organization.objects.in_division(Division.objects.get(code=ZHUJI)).listed()
        return rows.filter(kind=OrganizationKind.TOWNSHIP).order_by("-pk").first()

    def propose(self, closure):
        """Give everything a destination, and propose on the day after the notice."""
        on = closure.notice.starts_on
        days = dict.fromkeys(("seal_on", "plaque_on", "files_on"), on)
        closures.record_custody(closure.pk, **CUSTODY, **days, **self.note(on=on))
        for item in closure.items.all():
            self.settle(item, closure, on)
        note = self.note(on=closure.notice.ends_on + DAY)
        return closures.propose_closure(closure.pk, **note)

    def settle(self, item, closure, on):
        """Move people to the successor if there is one and they are not there already."""
        there = closure.successor and {
            row.mediator_id for row in appointments_of(closure.successor)
        }
        here = {str(row.pk): row.mediator_id for row in appointments_of(closure.organization)}
        moves = there is not None and here.get(item.subject_id) not in there
        going = {"destination": "end"}
        if moves and "move" in item.allowed:
            going = {"destination": "move", "target": closure.successor}
        closures.settle_item(item.pk, **going, **self.note(on=on))

    def carry_out(self, closure):
        note = self.note(self.city, closure.notice.ends_on + 2 * DAY)
        name = closure.organization.name
        closures.carry_out_closure(closure.pk, typed_name=name, **note)


def decision(closure):
    """Return the paper in which the founding unit decides."""
    unit = closure.organization.founding_unit or closure.organization.name
    text = f"经研究，决定撤销{closure.organization.name}。"
    paper = Paper("关于撤销人民调解委员会的决定", unit, [Text(text)], style=OFFICIAL)
    return render(paper)


def make_cases(today):
    """Fill the city with cases in every state; returns how many deregistrations there are."""
    load_rules()
    Cases(today).fill()
    return Closure.objects.count()


def load_rules():
    """Load the figures and calendars of the product where none are in the database yet."""
    fixtures = settings.BASE_DIR / "fixtures"
    if not Policy.objects.exists():
        content = (fixtures / "policies.json").read_text(encoding="utf-8")
        policies.load_policies(json.loads(content))
    if not CalendarYear.objects.exists():
        for path in sorted((fixtures / "calendars").iterdir()):
            calendar = read_calendar(path.read_text(encoding="utf-8"))
            store_calendar(calendar, by=None, now=timezone.now())
