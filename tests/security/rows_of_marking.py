"""A row for each desk of marking, with the mark of its place in what people type."""

from tests import make
from tests.make import TODAY
from tests.training import make_exams, make_marking
from training import actions


def sat(at, kinds):
    """An exam of the place whose papers are collected, sat by a person of it."""
    paper = make_exams.paper(kinds, at=at.division, marks="10")
    exam = make_exams.exam(of=paper, title=f"{at.mark}考试")
    sitting = make_marking.answered(exam, right=(), person=at.person)
    return make_marking.collected(exam), sitting


def marking(at):
    exam, _sitting = sat(at, ["single", "essay"])
    users, why = [at.recorder, make.user()], f"{at.mark}函"
    actions.name_markers(exam.pk, by=at.recorder, today=TODAY, users=users, reason=why)
    return actions.claim_answer(exam.pk, by=at.recorder, **make_marking.WHEN)


def rekey(at):
    exam, _sitting = sat(at, ["single", "true_false"])
    return make_marking.rekey(exam=exam)


def appeal(at):
    exam, sitting = sat(at, ["single"])
    why = f"{at.mark}函"
    actions.ask_release(exam.pk, by=make.user(), now=make_marking.OVER, reason=why)
    actions.release_exam(exam.pk, by=at.recorder, now=make_marking.OVER, reason=why)
    return make_marking.appeal(sitting=sitting)


MAKERS = {"markings": marking, "rekeys": rekey, "appeals": appeal}
