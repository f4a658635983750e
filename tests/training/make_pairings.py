"""Masters and apprentices who may be paired, and pairings in every state."""

from datetime import date
from io import StringIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from office.documents import attach
from registry.models import Level, LevelHolding
from registry.rules import months_later
from tests import make
from tests.make import DAY, TODAY
from tests.registry.cases import PDF
from training.actions import accept_pairing, begin_pairing, propose_pairing
from training.models import Pairing, PairingLog
from training.models.mentorship import AGREEMENT

PLAN = "每月共同办理一件纠纷。"


def figures():
    call_command("load_training", stdout=StringIO())


def level(rank=2):
    return Level.objects.get_or_create(
        code=f"l{rank}", defaults={"label": f"{rank}级", "label_en": f"Level {rank}", "rank": rank}
    )[0]


def serving(code="330681", since=date(2020, 1, 1), **fields):
    """Somebody in post since a day, without an end of the term."""
    who = make.mediator(in_division=make.division(code))
    body = make.organization(in_division=make.division(code))
    make.appointment(who, body, from_on=since, **fields)
    return who


def mentor(rank=2, code="330681", **fields):
    who = serving(code, **fields)
    make.saved(LevelHolding(mediator=who, level=level(rank), from_on=date(2021, 1, 1)))
    return who


def pairing(state="proposed", *, teacher=None, learner=None, **fields):
    """A pairing; begun ones began a month ago unless told otherwise."""
    given = {
        "from_on": months_later(TODAY, -1) if state != "proposed" else TODAY,
        "plan": PLAN,
        **fields,
    }
    given.setdefault("until_on", months_later(given["from_on"], 12))
    made = propose_pairing(
        by=make.user(),
        today=TODAY,
        reason="-",
        mentor=teacher or mentor(),
        apprentice=learner or serving(since=date(2026, 5, 1)),
        **given,
    )
    if state == "proposed":
        return made
    accept_pairing(made.pk, by=make.user(), today=TODAY)
    if state != "accepted":
        sign(made)
        begin_pairing(made.pk, by=make.user(), today=TODAY, reason="-")
    if state not in {"accepted", "active"}:
        set_state(made, state)
    made.refresh_from_db()
    return made


def set_state(made, state):
    """Write a state past every guard."""
    over = state in {"completed", "failed", "terminated", "declined"}
    Pairing.objects.filter(pk=made.pk).update(
        state=state,
        ended_on=TODAY if over else None,
        ended_because="mutual" if state == "terminated" else "",
    )


def sign(made):
    upload = SimpleUploadedFile("agreement.pdf", PDF)
    attach(made, upload=upload, kind=AGREEMENT, by=make.user(), today=TODAY, reason="-")


def log(made, *, by_mentor=True, by_apprentice=True, done_on=None):
    return make.saved(
        PairingLog(
            pairing=made,
            kind="talk",
            done_on=done_on or made.from_on + made.logs.count() * DAY,
            text="一同走访当事人。",
            confirmed_by_mentor_on=TODAY if by_mentor else None,
            confirmed_by_apprentice_on=TODAY if by_apprentice else None,
        )
    )
