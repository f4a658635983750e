"""An application clause by clause: what the rule asks, what was found, who answered or ruled."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from grading.notices.clauses import NOT_SAID, leaves_of, line_of, words_of
from grading.rules.predicates import FAIL, PASS, PENDING, UNKNOWN
from grading.rules.results import RESULTS

RESULT_TONES = {PASS: "ok", PENDING: "warn", FAIL: "error", "vetoed": "error"}


@dataclass(frozen=True)
class Clause:
    """A condition for one applicant. ``notes`` are sentences on who answered, ruled or waived."""

    path: str
    place: str
    words: str
    clause: str
    found: str
    answer: str
    tone: str
    by_rule: str = ""
    notes: tuple = ()


def said_of(result):
    """Return what the rule says of an application, in words."""
    return str(RESULTS.get(result, _("not known")))


def clauses_of(application):
    """Return a ``Clause`` for each single condition, vetoes first, in the order of the rule."""
    if not application.evidence:
        return []
    notes = notes_of(application)
    return [
        _clause(application.rules, leaf, notes, *said)
        for leaf, said in leaves_of(application.judgment())
    ]


def notes_of(application):
    """Return sentences by what they are about: a question, a path, an id of a condition."""
    notes = defaultdict(list)
    for one in application.answers.standing().select_related("by"):
        said = _("Answered “%(answer)s” by %(by)s on %(day)s: %(reason)s")
        answer = _("Yes") if one.answer else _("No")
        notes["answer", one.name].append(
            said % {**_who(one.by, one.on, one.reason), "answer": answer}
        )
    for one in application.rulings.filter(dropped_on=None).select_related("by", "confirmed_by"):
        notes["ruling", one.path] += _on_ruling(one)
    for one in application.waivings.granted().select_related("by", "confirmed_by"):
        notes["waiving", one.path] += _on_waiver(one)
    return notes


def _on_waiver(waiving):
    said = _("Waived by %(by)s on %(day)s: %(reason)s")
    yield said % _who(waiving.by, waiving.on, waiving.reason)
    yield _("Confirmed by %(by)s on %(day)s.") % _who(waiving.confirmed_by, waiving.confirmed_on)


def _on_ruling(ruling):
    said = _("Decided as “%(result)s” by %(by)s on %(day)s: %(reason)s")
    result = ruling.get_result_display()
    yield said % {**_who(ruling.by, ruling.on, ruling.reason), "result": result}
    if ruling.confirmed_on:
        who = _who(ruling.confirmed_by, ruling.confirmed_on)
        yield _("Confirmed by %(by)s on %(day)s.") % who
    else:
        yield _("This ruling waits for a second officer and does not count yet.")


def _who(by, on, reason=""):
    return {"by": by.get_full_name() if by else "", "day": on.isoformat(), "reason": reason}


def _clause(scheme, leaf, notes, answers, tones):
    line, verdict = line_of(scheme, leaf, answers, tones), leaf.verdict
    about = [("answer", verdict.name), ("ruling", verdict.path), ("waiving", leaf.lifted)]
    overruled = leaf.by_rule not in ("", verdict.result)
    return Clause(
        verdict.path,
        line.place,
        line.words,
        line.clause,
        line.found,
        line.answer,
        line.tone,
        str(answers.get(leaf.by_rule, NOT_SAID)) if overruled else "",
        tuple(sentence for key in about for sentence in notes.get(key, ())),
    )


def overrulable(application):
    """Return (path, words) of the conditions that a ruling may decide otherwise."""
    if not application.evidence:
        return []
    ruled = {one.path for one in application.rulings.filter(dropped_on=None)}
    found = {
        leaf.path: (leaf.path, f"{words_of(application.rules, leaf.path.rpartition('.')[0])}")
        for leaf in application.judgment().leaves()
        if leaf.path.endswith(f".{leaf.kind}") and leaf.result != UNKNOWN and leaf.path not in ruled
    }
    return list(found.values())
