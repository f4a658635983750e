"""Questions enter the bank, are edited in versions, approved by a second person, used, retired."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing, taking
from training.actions.question_doubts import doubts, key_of, law_changes, still_open
from training.actions.question_storing import (
    BATCH,
    WORDS,
    locked,
    log_new,
    next_codes,
    store,
    version_of,
)
from training.flows import QuestionState
from training.models import Question
from training.rules.laws import outdated

QUESTIONS = Question.objects.select_related("current")


@transaction.atomic
def add_question(
    *, division, kind, topic, difficulty, stem, content, explanation="", law_basis=(),
    valid_from_on, valid_until_on=None, source="", by, today, reason,
):  # fmt: skip
    """Put a question into the bank of a division as a draft; returns it."""
    division = locked(division)
    question = Question(
        division=division,
        code=next_codes(division, 1)[0],
        kind=kind,
        topic=topic,
        difficulty=difficulty,
        source=source,
        author=by,
    )
    version = version_of(
        question, 1, by=by, today=today, stem=stem, content=content, explanation=explanation,
        law_basis=list(law_basis), valid_from_on=valid_from_on, valid_until_on=valid_until_on,
    )  # fmt: skip
    question.full_clean(exclude=["current"])
    version.full_clean(exclude=["question"])
    store([(question, version)])
    question.findings = doubts(version, today=today)
    question.save(update_fields=["findings"])
    log_new([question], "training.question.add", by=by, reason=reason)
    return question


@transaction.atomic
def edit_question(pk, *, by, today, reason, revision=None, **fields):
    """Write the next version of a question; if it was approved it is a draft again.

    ``fields`` are those of ``add_question`` but division and kind; what is left out stays. The
    version before stays for those who saw it.

    :raises Stale: if it was changed since the form with this revision was opened.
    :raises Refused: while it waits for the second person, or once it is retired.
    """
    words = {name: fields.pop(name) for name in WORDS if name in fields}
    with changing(QUESTIONS, pk, by=by, reason=reason, revision=revision) as question:
        for name, value in fields.items():
            setattr(question, name, value)
        before = question.current
        words = {name: getattr(before, name) for name in WORDS} | words
        version = version_of(question, before.number + 1, by=by, today=today, **words)
        version.full_clean()
        version.save()
        question.current = version
        question.author, question.reviewed_by = by, None
        question.state = QuestionState.DRAFT
        found = doubts(version, today=today)
        question.findings = still_open(found, question.findings, question.settled)
    return question


def submit_question(pk, *, by, today, reason=""):
    """Hand a draft over to the second person."""
    with taking("submit", QUESTIONS, pk, by=by, today=today, reason=reason) as question:
        pass
    return question


def review_question(pk, *, by, today, reason=""):
    """Approve a question, as a second person.

    :raises Refused: if that person wrote the current version.
    """
    with taking("review", QUESTIONS, pk, by=by, today=today, reason=reason) as question:
        if question.author_id == by.pk:
            raise Refused(_("Who wrote a question does not approve it; a second person does."))
        question.reviewed_by = by
    return question


def send_back_question(pk, *, by, today, reason):
    """Send a question back to whoever wrote it, with the reason."""
    with taking("send_back", QUESTIONS, pk, by=by, today=today, reason=reason) as question:
        question.reviewed_by = None
    return question


def put_question_in_use(pk, *, by, today, reason=""):
    """Let exams draw a question."""
    with taking("put_in_use", QUESTIONS, pk, by=by, today=today, reason=reason) as question:
        pass
    return question


def retire_question(pk, *, by, today, reason):
    """Take a question out of the bank for good; its versions stay."""
    with taking("retire", QUESTIONS, pk, by=by, today=today, reason=reason) as question:
        pass
    return question


@transaction.atomic
def recheck_questions(*, division, by, today):
    """Hold the bank of a division against the law of the day; returns how many are newly flagged.

    No question is changed or taken out of use: each gets a finding for a person to look at.
    """
    rows = QUESTIONS.filter(division=division).exclude(state=QuestionState.RETIRED)
    flagged, entries = [], []
    for question in rows.select_for_update(of=("self",)).order_by("pk"):
        if new := _new_law(question, today):
            before = question.findings
            question.findings = before + new
            question.revision += 1
            flagged.append(question)
            told = {"before": {"findings": before}, "after": {"findings": question.findings}}
            entries.append(ledger.draft("training.question.recheck", question, by=by, **told))
    Question.objects.bulk_update(flagged, ["findings", "revision"], batch_size=BATCH)
    ledger.append_all(entries)
    return len(flagged)


def _new_law(question, today):
    """Return what is out of date by now and neither open nor settled yet."""
    version = question.current
    found = outdated(version.stem, version.content, version.law_basis, law_changes(), today)
    known = {key_of(finding) for finding in question.findings}
    known |= {key_of(entry["finding"]) for entry in question.settled}
    return [finding for finding in found if key_of(finding) not in known]


@transaction.atomic
def settle_findings(pk, *, findings, by, today, reason):
    """Settle findings, given by ``key_of``: they were looked at and bar nothing more.

    :raises Refused: if the question waits for the second person, is retired, or has no such
        finding.
    """
    with changing(QUESTIONS, pk, by=by, reason=reason) as question:
        chosen = [finding for finding in question.findings if key_of(finding) in set(findings)]
        if not chosen:
            raise Refused(_("The question has no such finding."))
        question.findings = [finding for finding in question.findings if finding not in chosen]
        question.settled = question.settled + [
            {"finding": finding, "reason": reason, "by": by.pk, "on": today.isoformat()}
            for finding in chosen
        ]
    return question
