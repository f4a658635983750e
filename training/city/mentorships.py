"""Forty pairings in every state, through the acts a bureau takes."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Q

from registry.models import Mediator
from registry.rules import months_before, months_later
from training import actions
from training.models import Pairing
from training.queries.mentorships import standing_of, with_standing
from training.rules.mentorship import mentor_bars

PAIRINGS = 40
MONTHS = 12
REASON = "演示。"
PLAN = "第一阶段旁听学习，第二阶段共同办案，第三阶段独立办案、师傅点评。每月复盘一件纠纷。"
SIGNED = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
TEXTS = [
    ("observation", "旁听邻里排水纠纷的调解，记录双方诉求的变化。"),
    ("joint_case", "共同调解一起装修噪声纠纷，由徒弟起草协议书。"),
    ("case_review", "复盘上月未调成的借款纠纷，找出沟通中的问题。"),
    ("talk", "谈话：如何倾听情绪激动的当事人。"),
    ("court_visit", "到法庭旁听相邻关系案件的审理。"),
]
# In these proportions; the rest runs.
STATES = ["active", "active", "active", "assessed", "completed", "proposed", "accepted", "paused",
          "failed", "terminated", "declined", "extended"]  # fmt: skip


def make_pairings(today):
    """Pair masters with newcomers of their own division; returns the number of pairings.

    The account ``mediator`` learns from the first master of the county whose term allows it.
    """
    made = 0
    masters = _masters(today)
    for mentor, apprentice in [*_couples_of_the_demo(masters), *_couples(masters, today)]:
        if made == PAIRINGS:
            break
        try:
            with transaction.atomic():
                _live(mentor, apprentice, STATES[made % len(STATES)], today)
        except ValidationError:
            continue  # The invented terms of the two leave no room for this pairing.
        made += 1
    return made


def _masters(today):
    limits = Pairing.objects.limits(0, today)
    seasoned = with_standing(Mediator.objects.in_post(today), today).filter(
        serves=True, rank__lte=limits.rank
    )
    return [m for m in seasoned.order_by("pk") if not mentor_bars(standing_of(m), limits, today)]


def _couples_of_the_demo(masters):
    """Return the demo's mediator with every master of the county: the first who may takes part."""
    demo = Mediator.objects.filter(user__username="mediator").first()
    return [(master, demo) for master in masters if demo and _county(master) == _county(demo)]


def _county(mediator):
    return mediator.division_id // 1_000_000


def _couples(masters, today):
    """Yield masters who may teach, each with somebody of the same county who learns from nobody."""
    learners = with_standing(Mediator.objects.in_post(today), today).filter(
        Q(term_until=None) | Q(term_until__gte=months_later(today, MONTHS)), rank=None, serves=True
    )
    waiting = {}
    for learner in learners.order_by("-first_served", "pk")[:2000]:
        waiting.setdefault(_county(learner), []).append(learner)
    for master in [*masters, *masters]:
        if near := waiting.get(_county(master)):
            yield master, near.pop()


def _live(mentor, apprentice, state, today):
    """Take a pairing to a state the way it comes about."""
    note = {"by": None, "today": today, "reason": REASON}
    has_begun = state not in {"proposed", "accepted", "declined"}
    from_on = months_before(today, 3) if has_begun else today
    pairing = actions.propose_pairing(
        mentor=mentor, apprentice=apprentice, from_on=from_on,
        until_on=months_later(from_on, MONTHS), plan=PLAN, **note,
    )  # fmt: skip
    if state == "declined":
        actions.decline_pairing(pairing.pk, **note)
    if state in {"proposed", "declined"}:
        return
    actions.accept_pairing(pairing.pk, by=None, today=today)
    if state == "accepted":
        return
    upload = SimpleUploadedFile("结对协议.pdf", SIGNED)
    actions.begin_pairing(pairing.pk, document=upload, **note)
    _log(pairing, today)
    _go_on(pairing, state, note, today)


def _log(pairing, today):
    """A log every three weeks; of the last one the other side has still to confirm."""
    for number, (kind, text) in enumerate(TEXTS):
        day = pairing.from_on + timedelta(days=18 * number)
        if day > today:
            return
        log = actions.write_log(
            pairing.pk, by=None, writer=pairing.apprentice, today=today, kind=kind, done_on=day,
            text=text,
        )  # fmt: skip
        if number < len(TEXTS) - 1:
            actions.confirm_log(log.pk, by=None, writer=pairing.mentor, today=today)


def _go_on(pairing, state, note, today):
    if state == "paused":
        actions.pause_pairing(pairing.pk, **note)
    elif state == "terminated":
        actions.terminate_pairing(pairing.pk, because="mutual", **note)
    elif state in {"assessed", "completed", "failed", "extended"}:
        actions.assess_midterm(pairing.pk, result="not_yet", text="进步明显，笔录待规范。", **note)
        result = "passed" if state in {"assessed", "completed"} else "not_yet"
        actions.assess_pairing(pairing.pk, result=result, text="能够独立办理简单纠纷。", **note)
        if state == "completed":
            actions.complete_pairing(pairing.pk, **note)
        elif state == "failed":
            actions.fail_pairing(pairing.pk, **note)
        elif state == "extended":
            until_on = months_later(pairing.until_on, 6)
            actions.extend_pairing(pairing.pk, until_on=until_on, **note)
