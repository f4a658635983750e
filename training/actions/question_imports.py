"""A file of questions comes in: each question is checked, then the fit ones are entered."""

import hashlib

from django.db import transaction

from office import ledger
from office.flow import taking
from training.actions.question_doubts import (
    PERCENT,
    bank_of,
    codes_by_fingerprint,
    law_changes,
)
from training.actions.question_storing import locked, log_new, next_codes, store, version_of
from training.formats.items import Item
from training.formats.reading import read_questions
from training.models import (
    Question,
    QuestionImport,
    QuestionImportLine,
    QuestionVerdict,
    Topic,
)
from training.rules.content import faults, fingerprint
from training.rules.laws import outdated
from training.rules.likeness import alike
from training.rules.remarks import remark

V = QuestionVerdict
USUAL_DIFFICULTY = 2
LONGEST_SOURCE = 300
BATCH = 500
# Once the question of the other line has a number, a finding names that.
IN_FILE = {"duplicate_in_file": "duplicate", "near_duplicate_in_file": "near_duplicate"}


@transaction.atomic
def check_questions(data, *, name, division, topic, valid_from_on, by, today):
    """Read a file (its bytes) and keep what each question would do; returns the import.

    Nothing enters the bank yet. Of a question that cannot be taken only its line and the reasons
    are kept.

    :raises UnreadableQuestions: if the file as a whole cannot be taken. Nothing is kept then.
    """
    items = read_questions(data, name)
    batch = QuestionImport(
        division=division,
        file_name=name[-200:],
        digest=hashlib.sha256(data).hexdigest(),
        topic=topic,
        valid_from_on=valid_from_on,
        uploaded_by=by,
        checked_on=today,
    )
    batch.full_clean()
    batch.save()
    lines = judged(items, division=division, on=today)
    for number, line in enumerate(lines, start=1):
        line.batch, line.number = batch, number
    QuestionImportLine.objects.bulk_create(lines, batch_size=BATCH)
    _count(batch, lines)
    batch.save()
    after = ledger.filled(batch)
    ledger.append("training.questionimport.receive", batch, by=by, after=after)
    return batch


def judged(items, *, division, on):
    """Return a line, not stored, for every item: ready, flagged, already there, or refused."""
    fit = {position: item for position, item in enumerate(items) if not item.errors}
    prints = {
        position: fingerprint(item.kind, item.stem, item.content) for position, item in fit.items()
    }
    there = codes_by_fingerprint(division, set(prints.values()))
    new = {position: item for position, item in fit.items() if prints[position] not in there}
    repeats = _repeats(new, prints, division)
    topics = topics_by_name()
    lines = []
    for position, item in enumerate(items):
        if item.errors:
            verdict, said, kept = V.REFUSED, item.errors, None
        elif position not in new:
            verdict, said, kept = V.SAME, [], None
        else:
            item.findings += repeats.get(position, [])
            said = _remarks(item, on, topics)
            verdict, kept = V.FLAGGED if _bars(said) else V.READY, item.plain()
        line = QuestionImportLine(line=item.line, verdict=verdict, remarks=said, item=kept)
        if verdict == V.SAME:
            line.question_id = there[prints[position]][0]
        lines.append(line)
    return lines


def _repeats(new, prints, division):
    """Return {position: findings} for what is in the file twice, or nearly in file or bank."""
    first, found, rest = {}, {}, {}
    for position, item in new.items():
        if (earlier := first.setdefault(prints[position], position)) != position:
            found[position] = [remark("duplicate_in_file", line=new[earlier].line)]
        else:
            rest[position] = item.stem
    bank = bank_of(division)
    texts = {("bank", pk): stem for pk, (_code, stem) in bank.items()}
    likes = alike({("file", position): stem for position, stem in rest.items()}, texts)
    for (_file, position), ((place, other), share) in likes.items():
        percent = int(share * PERCENT)
        if place == "bank":
            said = remark("near_duplicate", of=bank[other][0], percent=percent)
        else:
            line = new[other].line
            said = remark("near_duplicate_in_file", line=line, percent=percent)
        found[position] = [said]
    return found


def _remarks(item, on, topics):
    """Return all that is to be said of a question that can be taken."""
    item.findings += outdated(item.stem, item.content, item.law_basis, law_changes(), on)
    said = item.findings + faults(item.kind, item.stem, item.content)
    if item.topic and item.topic.casefold() not in topics:
        said = [*said, remark("unknown_topic", topic=item.topic[:40])]
    return said


def _bars(said):
    return any(told["code"] != "unknown_topic" for told in said)


def topics_by_name():
    """Return {word, in small letters: topic} for names, codes and synonyms."""
    return {
        word.casefold(): topic
        for topic in Topic.objects.all()
        for word in (topic.name, topic.name_en, topic.code, *topic.synonyms)
    }


def _count(batch, lines):
    for verdict in V:
        setattr(batch, verdict, sum(line.verdict == verdict for line in lines))


@transaction.atomic
def enter_questions(pk, *, by, today, reason=""):
    """Enter what the check found fit, flagged questions with their findings, all as drafts.

    A question that came into the bank since the check is "already there".

    :raises Refused: if the import was entered or put aside before, or holds nothing to enter.
    """
    rows = QuestionImport.objects.select_related("division", "topic")
    with taking("enter", rows, pk, by=by, today=today, reason=reason) as batch:
        division = locked(batch.division)
        lines = list(batch.lines.filter(verdict__in=[V.READY, V.FLAGGED]))
        fresh = _without_late_repeats(lines, division)
        codes = next_codes(division, len(fresh))
        by_line = {line.line: code for line, code in zip(fresh, codes, strict=True)}
        topics = topics_by_name()
        pairs = [
            _pair(line, code, batch, by_line, topics, by=by, today=today)
            for line, code in zip(fresh, codes, strict=True)
        ]
        questions = store(pairs)
        for line, question in zip(fresh, questions, strict=True):
            line.question = question
        _close(batch, lines)
        log_new(questions, "training.question.add", by=by, reason=batch.file_name)
    return batch


def drop_questions(pk, *, by, today, reason):
    """Put an import aside that shall not be entered; what it held of questions is deleted."""
    with taking("drop", QuestionImport.objects, pk, by=by, today=today, reason=reason) as batch:
        batch.lines.update(item=None)
    return batch


def _without_late_repeats(lines, division):
    """Return the lines whose questions are still new; the others are marked."""
    prints = {}
    for line in lines:
        item = line.item
        prints[line.pk] = fingerprint(item["kind"], item["stem"], item["content"])
    there = codes_by_fingerprint(division, set(prints.values()))
    for line in lines:
        if prints[line.pk] in there:
            line.verdict, line.question_id = V.SAME, there[prints[line.pk]][0]
    return [line for line in lines if line.verdict != V.SAME]


def _pair(line, code, batch, by_line, topics, *, by, today):
    item = Item(**line.item)
    question = Question(
        code=code,
        division=batch.division,
        kind=item.kind,
        topic=topics.get(item.topic.casefold(), batch.topic),
        difficulty=item.difficulty or USUAL_DIFFICULTY,
        source=(item.source or f"{batch.file_name} {item.code}".strip())[:LONGEST_SOURCE],
        findings=[named(finding, by_line) for finding in item.findings],
        author=by,
    )
    version = version_of(
        question, 1, by=by, today=today, stem=item.stem, content=item.content,
        explanation=item.explanation, law_basis=item.law_basis,
        valid_from_on=batch.valid_from_on, valid_until_on=None,
    )  # fmt: skip
    return question, version


def named(finding, codes):
    """Return a finding about a line of the file as one about the question entered from it."""
    code = IN_FILE.get(finding["code"])
    if code is None or finding["line"] not in codes:
        return finding
    told = {name: value for name, value in finding.items() if name not in {"code", "line"}}
    return remark(code, of=codes[finding["line"]], **told)


def _close(batch, lines):
    """Keep what became of each question; the answers are in the bank now."""
    for line in lines:
        line.item = None
    QuestionImportLine.objects.bulk_update(lines, ["verdict", "question", "item"], batch_size=BATCH)
    _count(batch, list(batch.lines.all()))
