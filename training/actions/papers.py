"""Papers are put together line by line or question by question, and declared ready."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing, taking
from training.models import ExamPaper, PaperItem, PaperKind, PaperLine, Question


@transaction.atomic
def add_paper(*, by, today, reason, **fields):
    """Begin a paper; returns it."""
    paper = ExamPaper(**fields)
    paper.full_clean()
    paper.save()
    ledger.append("training.exampaper.add", paper, by=by, reason=reason, after=ledger.filled(paper))
    return paper


def change_paper(pk, *, by, today, reason, revision, **fields):
    """Correct a paper that is a draft; its kind stays, once it asks something.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(ExamPaper.objects, pk, by=by, reason=reason, revision=revision) as paper:
        if fields.get("kind", paper.kind) != paper.kind and paper.number_of_questions():
            raise Refused({"kind": _("Take its lines and questions off first.")})
        for name, value in fields.items():
            setattr(paper, name, value)
    return paper


def add_line(pk, *, by, today, reason, **fields):
    """Add a line to a blueprint.

    :raises Refused: if the paper is not a draft of a drawn paper.
    """
    with changing(ExamPaper.objects, pk, by=by, reason=reason) as paper:
        if not paper.is_drawn:
            raise Refused(_("This paper is a list of questions, not a blueprint."))
        line = PaperLine(paper=paper, **fields)
        line.full_clean()
        line.save()
        ledger.append("training.paperline.add", paper, by=by, after=ledger.filled(line))
    return paper


def drop_line(pk, *, by, today, reason, line):
    """Take a line off a blueprint."""
    with changing(ExamPaper.objects, pk, by=by, reason=reason) as paper:
        row = paper.lines.get(pk=line.pk)
        ledger.append("training.paperline.drop", paper, by=by, before=ledger.filled(row))
        row.delete()
    return paper


def add_questions(pk, *, by, today, reason, codes, marks):
    """Put questions on a fixed paper by their numbers, each in its wording of today.

    :raises Refused: if the paper is no draft of a list, or a question is not to be had or is there.
    """
    with changing(ExamPaper.objects, pk, by=by, reason=reason) as paper:
        if paper.is_drawn:
            raise Refused(_("This paper is drawn by a blueprint, not a list of questions."))
        found = {row.question: row.version for row in paper.pool(today)}
        rows = {row.code: row for row in Question.objects.filter(pk__in=found, code__in=codes)}
        if missing := [code for code in codes if code not in rows]:
            said = _("Not in use: %(codes)s.") % {"codes": ", ".join(missing)}
            raise Refused({"codes": said})
        _append(paper, [found[rows[code].pk] for code in dict.fromkeys(codes)], marks)
        after = {"codes": codes, "marks": str(marks)}
        ledger.append("training.paperitem.add", paper, by=by, after=after)
    return paper


def drop_question(pk, *, by, today, reason, code):
    """Take a question off a fixed paper; those after it move up."""
    with changing(ExamPaper.objects, pk, by=by, reason=reason) as paper:
        items = paper.items.filter(version__question__code=code)
        if not items:
            raise Refused({"code": _("The paper has no question with this number.")})
        ledger.append("training.paperitem.drop", paper, by=by, before={"code": code})
        items.delete()
    return paper


def make_paper_ready(pk, *, by, today, reason):
    """Declare a paper ready to be given.

    :raises Refused: with every line the bank cannot fill today.
    """
    return _stepped("make_ready", pk, by=by, today=today, reason=reason)


def reopen_paper(pk, *, by, today, reason):
    """Work on a ready paper again. :raises Refused: if an exam that is not over uses it."""
    return _stepped("reopen", pk, by=by, today=today, reason=reason)


def retire_paper(pk, *, by, today, reason):
    """Give no exam with this paper any more."""
    return _stepped("retire", pk, by=by, today=today, reason=reason)


def _stepped(name, pk, **note):
    with taking(name, ExamPaper.objects, pk, **note) as paper:
        return paper


def _append(paper, versions, marks):
    if paper.kind != PaperKind.FIXED or paper.items.filter(version__in=versions).exists():
        raise Refused({"codes": _("A question is on the paper already.")})
    last = paper.items.aggregate(last=Max("position"))["last"] or 0
    for position, version in enumerate(versions, start=last + 1):
        item = PaperItem(paper=paper, version_id=version, position=position, marks=marks)
        item.full_clean()
        item.save()
