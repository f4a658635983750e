"""How questions are stored: number, first version, and what the ledger is told.

The ledger is read by more people than may see keys: it is told a digest of the words, never them.
"""

import hashlib
import json

from django.db.models import Max

from office import ledger
from registry.models import Division
from training.models import Question, QuestionVersion
from training.rules.content import fingerprint
from training.rules.laws import law_lines

BATCH = 500
DIGITS = 5
WORDS = ("stem", "content", "explanation", "law_basis", "valid_from_on", "valid_until_on")


def locked(division):
    """Lock the division whose bank is written, so that numbers and repeats are settled in turn."""
    return Division.objects.select_for_update(of=("self",)).get(pk=division.pk)


def next_codes(division, count):
    """Return the next free numbers of the bank of a locked division."""
    prefix = f"{division.code}-"
    given = Question.objects.filter(
        division=division, code__regex=rf"^{prefix}[0-9]{{{DIGITS}}}$"
    ).aggregate(last=Max("code"))["last"]
    last = int(given.removeprefix(prefix)) if given else 0
    return [f"{prefix}{number:0{DIGITS}d}" for number in range(last + 1, last + count + 1)]


def version_of(question, number, *, by, today, **words):
    """Return a version that is not stored yet."""
    return QuestionVersion(
        question=question,
        number=number,
        written_by=by,
        written_on=today,
        fingerprint=fingerprint(question.kind, words["stem"], words["content"]),
        laws=law_lines(words["law_basis"]),
        **words,
    )


def store(pairs):
    """Store (question, first version) pairs; returns the questions."""
    questions = [question for question, _version in pairs]
    Question.objects.bulk_create(questions, batch_size=BATCH)
    for question, version in pairs:
        version.question = question
    QuestionVersion.objects.bulk_create([version for _q, version in pairs], batch_size=BATCH)
    for question, version in pairs:
        question.current = version
    Question.objects.bulk_update(questions, ["current"], batch_size=BATCH)
    return questions


def log_new(questions, act, *, by, reason):
    """Tell the ledger of new questions, each with the digest of its words."""
    entries = []
    for question in questions:
        after = ledger.filled(question) | {"version": question.current.number}
        entry = ledger.draft(act, question, by=by, reason=reason, after=after)
        entry.evidence = [digest(question.current)]
        entries.append(entry)
    ledger.append_all(entries)


def digest(version):
    """Return the SHA-256 of the words and keys of a version."""
    words = {name: getattr(version, name) for name in WORDS}
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
