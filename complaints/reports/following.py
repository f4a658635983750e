"""What the holder of a receipt code is shown of the complaint, read in a fixed number of queries.

Nothing else reads a complaint for its holder. Notes of officers, their names, and whatever other
complainants said never pass through here; of the identity only the masked name does.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions import open_acts
from complaints.models import (
    FROM_THE_COMPLAINANT,
    SHOWN_BY_CODE,
    Complaint,
    Milestone,
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
from office.personal import mask_name

# Of the complaint it was joined to: what its own holder was asked for is not told to others.
NOT_OF_ANOTHER = {"ask_material", "go_on", "withdraw"}


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
    masked_name: str = ""

    @property
    def unanswered(self):
        return [question for question in self.questions if not question.is_answered]


def follow(pk, today):
    """Return a complaint as its holder sees it today."""
    joined = "merged_into__merged_into"
    complaint = Complaint.objects.select_related(joined).get(pk=pk)
    lead = leading(complaint)
    try:
        told = _told(complaint)
    except vault.Destroyed:
        told = {"standing": [str(DESTROYED)], "acts": [], "lines": []}
    ours = standing(complaint, lead)
    return Followed(
        number=complaint.number,
        standing=[*ours, *told.pop("standing", [])],
        in_charge=in_charge(lead),
        lines=_in_order(complaint, lead, told.pop("lines")),
        ahead=[(what, until) for _key, what, until in limits(complaint, lead, today)],
        acts=told.pop("acts", open_acts(complaint, today)),
        **told,
    )


def _told(complaint):
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
        "masked_name": mask_name(vault.identity(complaint).get("name", "")),
    }


def _in_order(complaint, lead, told):
    """Return the time line: steps before what was told of them on the same day."""
    steps = [
        Line(on=one.taken_on, what=str(STEPS[one.step]))
        for one in Milestone.objects.filter(complaint__in={complaint.pk, lead.pk})
        if one.complaint_id == complaint.pk or one.step not in NOT_OF_ANOTHER
    ]
    received = Line(on=complaint.received_on, what=_("It was received"))
    return sorted([received, *steps, *told], key=lambda line: line.on)
