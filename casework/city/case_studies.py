"""Twelve write-ups in our own words, and one half begun, in every state of the library."""

from datetime import timedelta

from casework import actions
from casework.models import CaseRecord, DisputeType
from office.models import User
from registry.models import Appointment, Mediator

REASON = "演示。"
TEXTS = ["keywords", "facts", "process", "outcome", "law", "comment"]
BUREAU, PROVINCE = "诸暨市司法局", "浙江省司法厅"
CITY, LETTER = "绍兴市司法局", "浙司办〔2026〕31号"
# The account ``mediator`` finds these among the own write-ups.
OF_THE_DEMO = [0, 1, 9, 10]
HALF_BEGUN = {
    "title": "采光被挡之后",
    "facts": "村民林小满称新建的车棚挡住窗户，电话１３８ ０００１ ２３４５，住在东风弄5号。",
    "process": "",
    "outcome": "",
}


def make_case_studies(content, today):
    """Make the write-ups of ``content``, the file of the fixtures; returns their number.

    The accounts ``county``, ``county2`` and ``city`` of the demo decide on them.
    """
    officers = {user.username: user for user in User.objects.filter(username__in=ACCOUNTS)}
    types = {row.code: row for row in DisputeType.objects.all()}
    authors = _authors(today, len(content["case_studies"]))
    if len(officers) < len(ACCOUNTS) or not authors:
        return 0
    for number, given in enumerate(content["case_studies"]):
        author = authors[0] if number in OF_THE_DEMO else authors[number % len(authors)]
        begun_on = today - FIRST_BEGUN + timedelta(days=5 * number)
        study = _begun(author, types[given["type"]], given, begun_on)
        _Life(study.pk, officers, author, begun_on).until(given["state"], given["level"])
    actions.begin_study(
        author=authors[0], by=authors[0].user, today=today, dispute_type=types["neighbours"],
        **HALF_BEGUN,
    )  # fmt: skip
    return len(content["case_studies"]) + 1


ACCOUNTS = ["county", "county2", "city"]
FIRST_BEGUN = timedelta(days=100)
ZHUJI = 330681 * 10**6


def _authors(today, most):
    """People in post all the while in the county of the demo's officers, its mediator first."""
    posts = Appointment.objects.in_post(today).filter(
        organization__division_id__gte=ZHUJI,
        organization__division_id__lt=ZHUJI + 10**6,
        from_on__lte=today - FIRST_BEGUN,
    )
    people = Mediator.objects.filter(pk__in=posts.values("mediator"))
    demo = list(people.filter(user__username="mediator"))
    return [*demo, *people.exclude(user__username="mediator").order_by("pk")[:most]]


def _begun(author, dispute_type, given, today):
    cases = CaseRecord.objects.of_mediator(author).filter(
        state="succeeded", dispute_type=dispute_type, studies=None
    )
    return actions.begin_study(
        author=author,
        by=author.user,
        today=today,
        case=cases.order_by("pk").first(),
        dispute_type=dispute_type,
        title=given["title"],
        is_signed=given["level"] in {"city", "province"},
        **{name: given[name] for name in TEXTS},
    )


class _Life:
    """Takes a write-up to a state the way it comes about."""

    def __init__(self, pk, officers, author, begun_on):
        self.pk, self.officers, self.author, self.day = pk, officers, author, begun_on

    def until(self, state, level):
        actions.submit_study(self.pk, author=self.author, by=self.author.user, today=self.day)
        if state in {"returned", "declined"}:
            self.turn_back(state)
        elif state != "submitted":
            self.take(actions.edit_study)
            if state != "editing":
                self.into_the_library(state, level)

    def into_the_library(self, state, level):
        self.adopt(actions.adopt_study, "county", BUREAU)
        if level in {"city", "province"}:
            self.adopt(actions.raise_study, "city", CITY, by="city")
        if level == "province":
            self.adopt(actions.raise_study, "province", PROVINCE, document=LETTER)
        if state != "adopted":
            self.take(actions.propose_study)
        if state in {"published", "withdrawn"}:
            self.take(actions.publish_study, by="county2")
        if state == "withdrawn":
            self.take(actions.withdraw_study, reason="当事人希望暂不公开。")

    def turn_back(self, state):
        if state == "returned":
            self.take(actions.return_study, reason="请补充第二次上门时的谈话经过。")
        else:
            self.take(actions.decline_study, reason="与已入库的案例相近，暂不采用。")

    def adopt(self, act, level, adopted_by, **more):
        told = {"level": level, "adopted_on": self.day, "adopted_by": adopted_by}
        self.take(act, **told, **more)

    def take(self, act, *, by="county", reason=REASON, **told):
        self.day += timedelta(days=2)
        told.setdefault("reason", reason)
        if "adopted_on" in told:
            told["adopted_on"] = self.day
        act(self.pk, by=self.officers[by], today=self.day, **told)
