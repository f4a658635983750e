"""People on every step into and out of a post, for the demo: taken through the acts themselves."""

from contextlib import suppress
from datetime import timedelta

from django.core.files.base import ContentFile

from office.flow import Refused
from office.models import User
from registry.actions import appointments as posts
from registry.actions import departures, nominate, record_discipline
from registry.actions.notices import file_objection, uphold_objection
from registry.city.accounts import FENGQIAO
from registry.models import (
    Appointment,
    DisciplineKind,
    Employment,
    Ground,
    Mediator,
    Objection,
    Organization,
    OrganizationKind,
    Policy,
    PostHeld,
    Route,
)
from registry.rules import DecidingBody

COUNTY = FENGQIAO[:6]
# The steps after the nomination, one line for each candidate.
WAYS_IN = [
    (),
    ("vet",),
    ("vet", "reject"),
    ("vet", "publish"),
    ("vet", "accept"),
    ("vet", "accept", "drop_out"),
    ("vet", "accept", "begin_probation"),
    ("vet", "accept", "begin"),
    ("vet", "publish", "object"),
    ("vet", "publish", "object", "uphold"),
]
# Steps that ask for nothing but a reason: the act, who takes it, how many days ago, and why.
PLAIN_STEPS = {
    "vet": (posts.vet_appointment, "township", 35, "初审符合条件。"),
    "reject": (posts.reject_appointment, "county", 30, "本人自愿放弃。"),
    "publish": (posts.publish_appointment, "county", 1, "拟聘任，予以公示。"),
    "begin_probation": (posts.begin_probation, "clerk", 20, "岗前培训合格。"),
    "begin": (posts.begin_appointment, "clerk", 20, "岗前培训合格。"),
    "drop_out": (departures.drop_out, "clerk", 10, "本人另谋职业。"),
}
WAYS_OUT = ["remove", "dismiss", "lapse", "renew", "resign", "transfer", "record_death"]
CRITICISED = [
    (DisciplineKind.CRITICISM, Ground.PARTIALITY, "", "调解中偏袒一方当事人，经批评已认识错误。"),
    (DisciplineKind.ORDER, Ground.PROPERTY, "", "收受当事人烟酒，责令退还并书面检查。"),
    (DisciplineKind.CRITICISM, Ground.INSULT, "", "对当事人出言不逊，在全委会议上作批评教育。"),
    (DisciplineKind.COURT_DELISTING, "", "诸暨市人民法院", "自特邀调解员名册除名。"),
]


def make_lives(today):
    """Take people through every state of an appointment; nothing where there are no policies."""
    if Policy.objects.exists():
        lives = Lives(today)
        lives.ways_in()
        lives.ways_out()
        lives.discipline()


class Lives:
    """Takes people of one county through acts, each by the demo account whose business it is."""

    def __init__(self, today):
        self.today = today
        names = ["clerk", "township", "county", "city"]
        self.accounts = {name: User.objects.get(username=name) for name in names}
        self.body = Organization.objects.get(
            division__code=FENGQIAO, kind=OrganizationKind.TOWNSHIP
        )
        self.held = Appointment.objects.filter(
            organization__division__code__startswith=COUNTY
        ).select_related("organization")

    def ways_in(self):
        """Nominate people of the villages in the town's committee, and take each some steps on."""
        people = Mediator.objects.filter(division__code__startswith=COUNTY)
        people = people.exclude(appointments__organization=self.body)
        people = people.exclude(certificate_number=None).order_by("pk")
        ways = [way for way in WAYS_IN for _twice in range(2)]
        for person, way in zip(people[: len(ways)], ways, strict=False):
            row = nominate(
                mediator=person,
                organization=self.body,
                post=PostHeld.MEDIATOR,
                employment=Employment.PART_TIME,
                from_on=self.today,
                **self.note("clerk", 40, "镇调委会力量不足，拟增聘。"),
            )
            # A notice may reach into a year whose calendar is not published yet.
            with suppress(Refused):
                for step in way:
                    self.step(row.pk, step)

    def step(self, pk, step):
        with_more = {"accept": self.accept, "object": self.object_to, "uphold": self.uphold}
        if step in with_more:
            with_more[step](pk)
        else:
            take, *note = PLAIN_STEPS[step]
            take(pk, **self.note(*note))

    def object_to(self, pk):
        file_objection(
            Appointment.objects.get(pk=pk).notice_id,
            submission=f"{pk:08x}".ljust(32, "f"),
            text="该同志长期在外务工，难以参加调解。",
            today=self.today,
        )

    def uphold(self, pk):
        """Whoever put up the notice does not decide: the city does."""
        objection = Objection.objects.get(notice__appointment=pk)
        note = self.note("city", 0, "经核实，本人长期不在本地。")
        uphold_objection(objection.pk, answer="经核实，异议成立，不再聘任。", **note)

    def accept(self, pk):
        posts.accept_appointment(
            pk,
            route=Route.APPOINTED,
            unit_body=DecidingBody.COMMITTEE,
            unit=self.body.name,
            decided_on=self.before(28),
            document=paper("聘任决定"),
            **self.note("county", 25, "调委会决定聘任，材料齐全。"),
        )

    def ways_out(self):
        """End one post in every way there is, and renew some."""
        for step in WAYS_OUT:
            for row in self.leaving(step):
                self.leave(step, row)

    def leaving(self, step):
        """Return the posts to be ended in this way, two at most."""
        rows = self.held.in_post(self.today).filter(state="in_post", until_on=None).order_by("-pk")
        if step in {"lapse", "renew"}:
            rows = rows.term_ending(self.today).filter(organization__state="listed")
        elif step in {"remove", "dismiss"}:
            route = Route.ELECTED if step == "remove" else Route.APPOINTED
            rows = rows.filter(route=route).exclude(unit="")
        return rows.filter(mediator__user=None, from_on__lt=self.before(30))[:2]

    def leave(self, step, row):
        if step == "renew":
            departures.renew_appointment(
                row.pk,
                decided_on=self.before(2),
                without_reviews_because="年度考核尚未在本系统开展。",
                **self.note("county", 1, "任期内工作称职，同意续任。"),
            )
        elif step == "lapse":
            note = self.note("county", 0, "任期届满，本人不再续任。")
            departures.lapse_appointment(row.pk, told_on=self.before(3), **note)
        elif step in {"remove", "dismiss"}:
            self.deprive(step, row)
        else:
            take = {
                "resign": departures.resign_appointment,
                "transfer": departures.transfer_appointment,
                "record_death": departures.record_death,
            }[step]
            day = {"until_on": self.before(5), "document": paper("证明材料")}
            take(row.pk, **day, **self.note("county", 4, "据所在单位来函办理。"))

    def deprive(self, step, row):
        take = {"remove": departures.remove_mediator, "dismiss": departures.dismiss_mediator}[step]
        self.criticise(row, DisciplineKind.CRITICISM, Ground.PROPERTY, "", "曾因收受礼品被批评。")
        take(
            row.pk,
            ground=Ground.PROPERTY,
            serious=True,
            unit=row.unit,
            decided_on=self.before(9),
            until_on=self.before(8),
            document=paper("决定书"),
            **self.note("county", 6, "再次索取当事人财物，情节严重，由原单位作出决定。"),
        )

    def discipline(self):
        rows = self.held.in_post(self.today).filter(until_on=None, from_on__lt=self.before(30))
        for row, record in zip(rows.order_by("pk")[: len(CRITICISED)], CRITICISED, strict=False):
            self.criticise(row, *record)

    def criticise(self, row, kind, ground, unit, text):
        record_discipline(
            row.pk,
            kind=kind,
            ground=ground,
            unit=unit,
            text=text,
            decided_on=self.before(15),
            document=paper("会议记录"),
            **self.note("county", 12, "调委会书面报告。"),
        )

    def before(self, days):
        return self.today - timedelta(days=days)

    def note(self, account, days, reason):
        """Return who acts, how many days ago, and why."""
        return {"by": self.accounts[account], "today": self.before(days), "reason": reason}


def paper(title):
    """Return an invented paper of one empty page."""
    return ContentFile(f"%PDF-1.4\n% {title}\n%%EOF\n".encode(), name=f"{title}.pdf")
