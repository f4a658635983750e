"""An application clause by clause: what the rule asks, what was found, who answered or ruled."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grading.notices.clauses import (
    ANSWERS,
    TONES,
    VETO_ANSWERS,
    VETO_TONES,
    found_words,
    place_words,
    words_of,
)
from grading.rules.predicates import FAIL, PASS, PENDING, UNKNOWN

RESULTS = {
    PASS: pgettext_lazy("application", "passes"),
    PENDING: pgettext_lazy("application", "left open"),
    FAIL: pgettext_lazy("application", "does not pass"),
    "vetoed": pgettext_lazy("application", "vetoed"),
    "blocked_rule": gettext_lazy("the rule does not say enough"),
    "level_not_open": gettext_lazy("this level is not open"),
    "": pgettext_lazy("application", "not judged yet"),
}
RESULT_TONES = {PASS: "ok", PENDING: "warn", FAIL: "error", "vetoed": "error"}
NOT_SAID = gettext_lazy("the rule does not say")


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
    judgment, notes = application.judgment(), notes_of(application)
    found = []
    for _id, _effect, verdict in judgment.vetoes:
        found += [
            _clause(application.rules, one, notes, VETO_ANSWERS, VETO_TONES)
            for one in singles(verdict)
        ]
    for part in judgment.parts:
        found += [
            _clause(application.rules, one, notes, ANSWERS, TONES)
            for one in singles(part)
            if one[0].name
        ]
    return found


def singles(verdict, lifted=""):
    """Yield (condition, what it counts as, id under which it is waived) of all single ones."""
    if verdict.kind == "ruled":
        yield verdict.of[0], PASS if lifted else verdict.result, lifted
    elif verdict.of:
        lifted = verdict.id if verdict.kind == "waived" else lifted
        for inner in verdict.of:
            yield from singles(inner, lifted)
    else:
        yield verdict, PASS if lifted else verdict.result, lifted


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
    for one in application.waivings.standing().select_related("by"):
        said = _("Waived by %(by)s on %(day)s: %(reason)s")
        notes["waiving", one.path].append(said % _who(one.by, one.on, one.reason))
    return notes


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


def _clause(scheme, single, notes, answers, tones):
    leaf, result, lifted = single
    place, year = leaf.path.rpartition(".")[0], ""
    if place.endswith(".each_year"):
        place, year = place.removesuffix(".each_year"), leaf.path.rpartition(".")[2]
    words = words_of(scheme, place)
    about = [("answer", leaf.name), ("ruling", leaf.path), ("waiving", lifted)]
    return Clause(
        leaf.path,
        place_words(scheme.document, place),
        f"{words}（{year}）" if year else words,
        leaf.clause,
        found_words(leaf),
        str(answers.get(result, NOT_SAID)),
        tones.get(result, "plain"),
        str(answers.get(leaf.result, NOT_SAID)) if leaf.result != result else "",
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
