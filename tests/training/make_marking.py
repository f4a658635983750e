"""Exams in marking and released, markers, corrections and appeals, made through the real acts."""

from decimal import Decimal

from tests import make
from tests.make import DAY, TODAY
from tests.training import make_exams
from tests.training.make_exams import HOUR, NOW, RIGHT
from training import actions
from training.models import Appeal, Marking, Rekey

OVER = NOW + 2 * HOUR
WHY = {"reason": "Letter of November."}
WHEN = {"now": OVER, "today": TODAY}
ESSAY = "双方自愿。"


def answered(exam, *, right=("single",), essays=True, person=None):
    """A sitting that was handed in: choices right or wrong, essays written or left blank."""
    place = make_exams.candidate(exam, person)
    sitting = make_exams.sitting(place=place, seed=make.next_number())
    for item in sitting.attempt.items.select_related("version__question"):
        kind = item.version.question.kind
        if kind == "essay" and essays:
            sitting.save(item.position, f"{ESSAY}{place.pk}")
        elif kind in right:
            sitting.save(item.position, make_exams.shown(item, RIGHT[kind]))
    sitting.submit()
    return sitting


def collected(exam):
    return actions.collect_exam(exam.pk, by=make.user(), now=OVER, **WHY)


def in_marking(kinds=("single", "essay"), *, sitters=1, markers=0, at=None, **sat):
    """An exam whose papers were collected; each question is worth ten."""
    exam = make_exams.exam(of=make_exams.paper(kinds, marks="10", at=at))
    sittings = [answered(exam, **sat) for _each in range(sitters)]
    exam = collected(exam)
    named(exam, markers)
    return exam, sittings


def named(exam, number):
    """Name new accounts as markers of an exam; returns them."""
    users = [make.user() for _each in range(number)]
    if users:
        actions.name_markers(exam.pk, by=make.user(), today=TODAY, users=users, **WHY)
    return users


def marked(exam, marker, points):
    """Let a marker take the next answer and give points for it; returns the marking."""
    marking = actions.claim_answer(exam.pk, by=marker, **WHEN)
    given = {"points": [Decimal(points)]}
    return actions.mark_answer(marking.pk, by=marker, **given, **WHEN)


def marking(state="claimed", exam=None):
    """A marking in any state."""
    exam = exam or in_marking()[0]
    row = actions.claim_answer(exam.pk, by=named(exam, 2)[0], **WHEN)
    fields = {"marks": 1, "marked_at": OVER} if state == "marked" else {}
    Marking.objects.filter(pk=row.pk).update(state=state, **fields)
    return Marking.objects.get(pk=row.pk)


def released(kinds=("single",), *, rights=(True,), at=None, **fields):
    """An exam whose results are out, and its sittings: who has the choices right has passed."""
    exam = make_exams.exam(of=make_exams.paper(kinds, marks="10", at=at), **fields)
    sittings = [answered(exam, right=kinds if right else ()) for right in rights]
    collected(exam)
    return make_exams.release(exam, now=OVER, **WHY), sittings


def rekey(state="proposed", exam=None, **fields):
    """A correction of the first question of an exam, in any state."""
    exam = exam or in_marking(["single", "true_false"])[0]
    item = exam.attempts.first().items.get(position=1)
    given = {"kind": "full_marks", **fields}
    row = actions.propose_rekey(
        exam.pk, by=make.user(), today=TODAY, version=item.version, **given, **WHY
    )
    fields = {} if state == "proposed" else {"decided_by": make.user(), "decided_at": OVER}
    Rekey.objects.filter(pk=row.pk).update(state=state, **fields)
    return Rekey.objects.get(pk=row.pk)


def appeal(state="open", sitting=None):
    """An appeal in any state."""
    sitting = sitting or released(rights=[False])[1][0]
    row = actions.file_appeal(sitting.attempt.pk, by=sitting.user, today=TODAY, text="请复核。")
    fields = {"decided_by": make.user(), "decided_on": TODAY + DAY, "decision": "已复核。"}
    if state != "open":
        Appeal.objects.filter(pk=row.pk).update(state=state, **fields)
    return Appeal.objects.get(pk=row.pk)


def again(row):
    """A row as it is in the database."""
    return type(row).objects.get(pk=row.pk)
