"""What the holder of a receipt code is shown of the complaint, read in a fixed number of queries.

Nothing else reads a complaint for its holder. Notes of officers, their names, and whatever other
complainants said never pass through here; of the identity only the masked name does.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions import open_acts
from complaints.flows import ComplaintState
from complaints.models import (
    FROM_THE_COMPLAINANT,
    SHOWN_BY_CODE,
    Complaint,
    ComplaintKey,
    Milestone,
    Reply,
    ReplyTo,
    Sending,
    StatementKind,
)
from complaints.notices.progress import (
    DESTROYED,
    STEPS,
    in_charge,
    leading,
    limits,
    standing,
)
from complaints.notices.replies import replies_of, reply_paper
from complaints.queries.decisions import standing_decision
from office.clocks import Unit
from office.personal import mask_name

# Of the complaint it was joined to: what its own holder was asked for is not told to others.
NOT_OF_ANOTHER = {"ask_material", "go_on", "withdraw"}
JOINED = "merged_into__merged_into"
S = ComplaintState
# Where what was found has been told to the sides.
TOLD = {S.REPLIED, S.IN_REVIEW, S.REVIEWED, S.IN_RECHECK, S.FINAL, S.CLOSED}


@dataclass(frozen=True)
class Line:
    """One thing that happened: a step in our words, and what was told of it in the officer's."""

    on: date
    what: str = ""
    told: str = ""


@dataclass(frozen=True)
class Question:
    """A question of the handler, and whether it was answered."""

    pk: int
    on: date
    text: str
    is_answered: bool


@dataclass(frozen=True)
class Followed:
    """A complaint as its holder sees it."""

    number: str
    standing: list[str]
    in_charge: str
    lines: list[Line]
    ahead: list[tuple[str, str]]
    acts: list[str]
    questions: list[Question] = field(default_factory=list)
    said: list[tuple] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    replies: list[tuple] = field(default_factory=list)
    masked_name: str = ""
    is_destroyed: bool = False
    result: str = ""

    @property
    def unanswered(self):
        return [question for question in self.questions if not question.is_answered]


def follow(pk, today):
    """Return a complaint as its holder sees it today."""
    complaint = Complaint.objects.select_related(JOINED).get(pk=pk)
    lead = leading(complaint)
    try:
        told = _told(complaint, lead)
    except vault.Destroyed:
        told = {"standing": [str(DESTROYED)], "acts": [], "lines": [], "is_destroyed": True}
    ours = standing(complaint, lead)
    return Followed(
        number=complaint.number,
        standing=[*ours, *told.pop("standing", [])],
        in_charge=in_charge(lead),
        lines=_in_order(complaint, lead, told.pop("lines")),
        ahead=[(what, until) for _key, what, until in limits(complaint, lead, today)],
        acts=told.pop("acts", open_acts(complaint, today)),
        result=_result(lead),
        **told,
    )


def _told(complaint, lead):
    """Return what the code opens of the sealed part."""
    shown = vault.statements(complaint, *SHOWN_BY_CODE)
    answered = set(
        Sending.objects.filter(complaint=complaint, question__isnull=False).values_list(
            "question", flat=True
        )
    )
    return {
        "lines": [
            Line(on=row.said_on, told=text)
            for row, text in shown
            if row.kind == StatementKind.NOTICE
        ],
        "questions": [
            Question(row.pk, row.said_on, text, row.pk in answered)
            for row, text in shown
            if row.kind == StatementKind.QUESTION
        ],
        "said": [
            (row.get_kind_display(), row.said_on, text)
            for row, text in shown
            if row.kind in FROM_THE_COMPLAINANT
        ],
        "files": [name for row, name in vault.files(complaint) if row.by_id is None],
        "replies": [(row.pk, row.sent_on, text) for row, text in _replies(complaint, lead)],
        "masked_name": mask_name(vault.identity(complaint).get("name", "")),
    }


def reply_to_holder(pk, reply):
    """Return a reply to the complainant as a paper, or None if there is none to be shown.

    Of the complaint it was joined to that is what was told on the common facts.
    """
    complaint = Complaint.objects.select_related(JOINED).get(pk=pk)
    lead = leading(complaint)
    joined = complaint if lead != complaint else None
    own = Reply.objects.filter(complaint=complaint, to=ReplyTo.COMPLAINANT)
    common = Reply.objects.filter(complaint=lead, to=ReplyTo.JOINED)
    row = (common if joined else own).filter(pk=reply).first()
    try:
        return reply_paper(row, days=_time_to_ask(lead), holder=joined) if row else None
    except vault.Destroyed:
        return None


def _replies(complaint, lead):
    """Return what its holder was replied: alone, or on what it has in common with the other."""
    if lead == complaint:
        return replies_of(complaint, ReplyTo.COMPLAINANT)
    try:
        return replies_of(lead, ReplyTo.JOINED)
    except vault.Destroyed:
        return []


def _time_to_ask(complaint):
    """Return the time to ask for a review as papers write it."""
    clock = complaint.clocks.filter(key=ComplaintKey.REVIEW_ASK_DAYS).last()
    if clock is None:
        return ""
    unit = "个工作日" if clock.term.unit == Unit.WORKING else "日"
    return f"{clock.policy.amount}{unit}"


def _result(lead):
    """Return what was found, once it was told to the sides."""
    decision = standing_decision(lead) if lead.state in TOLD else None
    return decision.get_result_display() if decision else ""


def _in_order(complaint, lead, told):
    """Return the time line: steps before what was told of them on the same day."""
    steps = [
        Line(on=one.taken_on, what=str(STEPS[one.step]))
        for one in Milestone.objects.filter(complaint__in={complaint.pk, lead.pk})
        if one.complaint_id == complaint.pk or one.step not in NOT_OF_ANOTHER
    ]
    received = Line(on=complaint.received_on, what=_("It was received"))
    return sorted([received, *steps, *told], key=lambda line: line.on)
