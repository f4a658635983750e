"""A question as it is shown: with its keys or without them, and what each edit changed."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from training.rules.content import is_right
from training.rules.laws import law_lines

NOTHING = "—"


@dataclass(frozen=True)
class Answer:
    """One line of the answers: its mark, its text, whether it is right, and what stands beside."""

    text: str
    is_right: bool = False
    notes: list = field(default_factory=list)


def answers_of(kind, content, *, with_keys):
    """Return the answers of a version; without keys only what a candidate would see."""
    if kind in {"single", "multiple", "true_false"}:
        return [_option(one, with_keys=with_keys) for one in content["options"]]
    if kind == "matching":
        return _pairs(content["pairs"], with_keys=with_keys)
    if not with_keys:
        return []
    if kind == "fill_in":
        return [_option(part, with_keys=True) for part in content["accepted"]]
    if kind == "numerical":
        return [Answer(_span(part), is_right(part), _notes(part)) for part in content["accepted"]]
    marks = _("%(marks)s marks")
    return [
        Answer(part["point"], notes=[marks % {"marks": part["marks"]}]) for part in content["guide"]
    ]


def _option(one, *, with_keys):
    if not with_keys:
        return Answer(one["text"])
    return Answer(one["text"], is_right(one), _notes(one))


def _notes(part):
    weight = [f"{part['weight']} %"] if part["weight"] not in {"0", "100"} else []
    return weight + ([part["feedback"]] if part["feedback"] else [])


def _span(part):
    if part["low"] == part["high"]:
        return part["low"]
    return _("%(low)s to %(high)s") % {"low": part["low"], "high": part["high"]}


def _pairs(pairs, *, with_keys):
    if with_keys:
        return [Answer(f"{pair['left'] or NOTHING} → {pair['right']}") for pair in pairs]
    lefts = [Answer(pair["left"]) for pair in pairs if pair["left"]]
    # In the order of the alphabet, which tells nothing.
    return lefts + [Answer(text) for text in sorted(pair["right"] for pair in pairs)]


@dataclass(frozen=True)
class Edit:
    """A version, and what is different in it from the one before: (what, before, after)."""

    version: object
    changes: list


def edits_of(kind, versions, *, with_keys):
    """Return the edits of a question from its versions, the newest first in both."""
    older = [*versions[1:], None]
    return [
        Edit(version, _changes(kind, before, version, with_keys=with_keys) if before else [])
        for version, before in zip(versions, older, strict=True)
    ]


def _changes(kind, before, after, *, with_keys):
    old, new = (_told(kind, version, with_keys=with_keys) for version in (before, after))
    return [
        (label, old[label] or NOTHING, new[label] or NOTHING)
        for label in new
        if old[label] != new[label]
    ]


def _told(kind, version, *, with_keys):
    """Return {what: text} of all that a version says."""
    told = {
        _("Question text"): version.stem,
        _("Answers"): "\n".join(
            _line(answer) for answer in answers_of(kind, version.content, with_keys=with_keys)
        ),
        _("Law it rests on"): law_lines(version.law_basis),
        _("Law in force from"): date_format(version.valid_from_on, "Y-m-d"),
        _("Law in force until"): version.valid_until_on
        and date_format(version.valid_until_on, "Y-m-d"),
    }
    return told | ({_("Explanation"): version.explanation} if with_keys else {})


def _line(answer):
    mark = "✓ " if answer.is_right else ""
    return mark + " · ".join([answer.text, *answer.notes])
