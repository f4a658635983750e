"""Filings of the demo in every state, each led there by the acts of its officers."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from django.core.files.base import ContentFile

from office.documents import attach
from office.models import User
from office.papers import Paper, Text, render
from registry.actions import confirmations, filing_steps, filings
from registry.actions.court import send_court_notice
from registry.city.accounts import FENGQIAO
from registry.city.bodies import draw_public_id
from registry.flows import FilingKind, FilingState
from registry.flows.filing import HANDING_IN, committee_after, is_on_its_route
from registry.models import (
    CommitteeTerm,
    CourtNotice,
    Division,
    Employment,
    Filing,
    Mediator,
    Organization,
    OrganizationKind,
    Policy,
    PolicyKey,
    PostHeld,
)
from registry.rules import MOST_MEMBERS, years_later

F, K = FilingState, FilingKind
REASON = "演示。"
RETURNED = "会议记录缺少参会人员签名，请补正后重新提交。"
REFUSED = "经核查，该组织尚不具备办公场所，不予备案。"
WITHDRAWN = "设立单位决定暂缓办理。"
COMPANIES = ["红枫制衣", "永宁五金", "天竺香榧", "栎桥包装", "东白珍珠", "杜黄机械", "孝泉食品"]
TRADES = ["电子商务", "快递物流", "养老服务", "校园", "网约车", "直播带货"]
# The steps that lead to a state.
PATHS = {
    F.DRAFT: [],
    F.FIRST_REVIEW: ["hand_in"],
    F.FILING: ["hand_in", "pass_on"],
    F.RETURNED: ["hand_in", "send_back"],
    F.FILED: ["hand_in", "pass_on", "file"],
    F.REFUSED: ["hand_in", "pass_on", "refuse"],
    F.WITHDRAWN: ["hand_in", "withdraw"],
}
SAID = {"send_back": RETURNED, "refuse": REFUSED, "withdraw": WITHDRAWN}


# Well below the age to which the policies of the demo let people enter.
OLDEST = 65


@dataclass
class Officers:
    """Who prepares, who reviews first, who decides."""

    office: User
    bureau: User
    second: User

    @classmethod
    def of_the_demo(cls):
        found = {user.username: user for user in User.objects.all()}
        return cls(found["township"], found["county"], found["county2"])


class Filings:
    """Makes the filings of Fengqiao and of its county."""

    def __init__(self, rng, today):
        self.rng, self.today = rng, today
        self.town = Division.objects.get(code=FENGQIAO)
        self.county = self.town.parent
        self.officers = Officers.of_the_demo()
        self.minutes = render(
            Paper("推选会议记录", "演示单位", [Text("出席人员一致推选下列人员为调解委员会委员。")])
        )
        people = Mediator.objects.filter(
            appointments__until_on=None,
            appointments__isnull=False,
            born_on__gt=years_later(today, -OLDEST),
        )
        people = list(people.in_division(self.county).distinct().order_by("public_id"))
        self.women = cycle([person for person in people if person.sex == "female"])
        self.people = cycle(people)

    def set_ups(self):
        """Organisations that are being set up; returns how many there are."""
        for state, company in zip(PATHS, COMPANIES, strict=True):
            name = f"{self.town.name}{company}有限公司人民调解委员会"
            self.lead(self.set_up(name, OrganizationKind.ENTERPRISE, self.town), state)
        direct = [state for state in PATHS if state != F.FIRST_REVIEW]
        for state, trade in zip(direct, TRADES, strict=True):
            name = f"{self.county.name}{trade}纠纷人民调解委员会"
            self.lead(self.set_up(name, OrganizationKind.INDUSTRY, self.county), state)
        return len(COMPANIES) + len(TRADES)

    def set_up(self, name, kind, division):
        officers = self.officers
        filing = filings.open_set_up(
            by=officers.office if division == self.town else officers.bureau,
            today=self.today,
            reason=REASON,
            event_on=self.event_on(),
            note="经设立单位会议研究决定设立。",
            public_id=draw_public_id(self.rng),
            name=name,
            kind=kind,
            division=division,
            founding_unit=name.removesuffix("人民调解委员会"),
            phone=f"0575-8{self.rng.randint(1_000_000, 9_999_999)}",
            address=f"{division.name}和平路{self.rng.randint(1, 99)}号",
        )
        self.complete(filing)
        return filing

    def changes(self, bodies):
        """Listed organisations that change their data."""
        for state, body in zip(PATHS, bodies, strict=False):
            filing = self.opened(K.CHANGE, body, note="办公地点搬迁。")
            filings.propose(
                filing.pk,
                by=filing.opened_by,
                today=self.today,
                revision=filing.revision,
                address=f"{self.town.name}新街{self.rng.randint(1, 99)}号二楼",
                phone=f"0575-8{self.rng.randint(1_000_000, 9_999_999)}",
            )
            self.lead(filing, state)

    def re_elections(self, bodies):
        """Committees whose term ran out and who elected again."""
        policy = Policy.objects.ruling(
            PolicyKey.TERM_YEARS, division_id=self.town.pk, on=self.today
        )
        for state, body in zip(PATHS, bodies, strict=False):
            began = years_later(self.today, -3) - timedelta(days=self.rng.randint(5, 60))
            CommitteeTerm.objects.create(
                organization=body, number=4, elected_on=began, from_on=began,
                until_on=years_later(began, 3), policy=policy,
            )  # fmt: skip
            event_on = self.event_on()
            filing = self.opened(
                K.RE_ELECTION, body, event_on=event_on, term_number=5, term_from_on=event_on
            )
            self.complete(filing)
            self.lead(filing, state)

    def opened(self, kind, body, **given):
        given = {"event_on": self.event_on(), **given}
        return filings.open_filing(
            by=self.officers.office, today=self.today, kind=kind, organization=body, **given
        )

    def event_on(self):
        """Some days ago, now and then longer than the limit allows."""
        return self.today - timedelta(days=self.rng.choice([3, 8, 15, 24, 33, 41, 70]))

    def complete(self, filing):
        """Add the minutes, and people until the committee is one."""
        upload = ContentFile(self.minutes, name="推选会议记录.pdf")
        attach(filing, upload=upload, kind="minutes", by=filing.opened_by, today=self.today)
        members = committee_after(filing)
        held = {member.mediator_id for member in members}
        wanted = [PostHeld.MEMBER] * max(0, 3 - len(members))
        if not any(member.post == PostHeld.DIRECTOR for member in members):
            wanted = [PostHeld.DIRECTOR, *wanted[1:]]
        if not wanted and not any(member.mediator.sex == "female" for member in members):
            wanted = [PostHeld.MEMBER]
        for number, post in enumerate(wanted):
            pool = self.people if number else self.women
            person = next(one for one in pool if one.pk not in held)
            held.add(person.pk)
            filings.propose_member(
                filing.pk, by=filing.opened_by, today=self.today, mediator=person, post=post,
                employment=Employment.PART_TIME,
            )  # fmt: skip

    def lead(self, filing, state):
        """Take the steps that lead a filing to a state."""
        for wanted in PATHS[state]:
            filing = Filing.objects.select_related("organization").get(pk=filing.pk)
            if wanted == "pass_on" and filing.state == F.FILING:
                continue
            ways = (way for way in HANDING_IN if is_on_its_route(filing, way))
            name = next(ways) if wanted == "hand_in" else wanted
            by = self.officers.office if filing.state == F.FIRST_REVIEW else self.officers.second
            if name in HANDING_IN or name == "withdraw":
                by = filing.opened_by
            reason = SAID.get(name, REASON)
            STEPS[name](filing.pk, by=by, today=self.today, reason=reason)

    def campaign(self, bodies):
        """The yearly call of the county, answered by some."""
        confirmations.open_campaign(
            by=self.officers.bureau,
            today=self.today,
            reason="年度名册确认。",
            year=self.today.year,
            division=self.county,
            from_on=self.today - timedelta(days=12),
            due_on=self.today + timedelta(days=18),
        )
        for number, body in enumerate(bodies):
            said = "办公电话已更换，另行提交变更备案。" if number == 1 else ""
            confirmations.confirm_organization(
                body.pk, by=self.officers.office, today=self.today, differences=said
            )


STEPS = {
    **filing_steps.HAND_IN,
    "pass_on": filing_steps.pass_on_filing,
    "send_back": filing_steps.send_back_filing,
    "file": filing_steps.file_filing,
    "refuse": filing_steps.refuse_filing,
    "withdraw": filing_steps.withdraw_filing,
}


def make_filings(rng, today):
    """Make filings in every state, a campaign and letters; returns how many organisations."""
    made = Filings(rng, today)
    bodies = list(
        Organization.objects.in_division(made.town)
        .filter(kind=OrganizationKind.VILLAGE, state="listed")
        .order_by("pk")
    )
    added = made.set_ups()
    count = len(PATHS)
    made.changes(bodies[:count])
    made.re_elections([body for body in bodies[count:] if may_be_elected_again(body)])
    made.campaign(bodies[count : 3 * count])
    letter = CourtNotice.objects.order_by("pk").first()
    send_court_notice(
        letter.pk, by=made.officers.bureau, today=today, reason=REASON, sent_on=today,
        court=letter.court,
    )  # fmt: skip
    return added


def may_be_elected_again(body):
    """Whether few enough people, and no two directors, are in post."""
    posts = list(body.appointments.filter(until_on=None).values_list("post", flat=True))
    return len(posts) < MOST_MEMBERS and posts.count(PostHeld.DIRECTOR) < 2
