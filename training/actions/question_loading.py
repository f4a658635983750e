"""The questions that come with the product enter the bank of a division."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from office.flow import Refused
from training.actions.question_doubts import law_changes
from training.actions.question_storing import locked, log_new, store, version_of
from training.flows import QuestionState
from training.formats.items import option, truths
from training.models import Question, Topic
from training.rules.content import faults, plain, shares
from training.rules.content import number as as_number
from training.rules.laws import outdated
from training.rules.remarks import sentences

SOURCE = "随系统提供的题库"
FULL, NOTHING, WRONG = "100", "0", "-100"
KINDS = {"case": "essay"}


@transaction.atomic
def load_questions(content, *, division, by, today, reviewer=None):
    """Store questions given as a list of plain values; returns how many were new.

    Nobody of the bureau wrote them, so one officer is the second person: with ``reviewer`` they
    are in use at once in that person's name, without one they wait for approval. What is there
    already stays as it is.

    :raises Refused: if a question is not sound or its topic is not known; nothing is stored then.
    """
    division = locked(division)
    there = set(Question.objects.filter(division=division).values_list("code", flat=True))
    topics = {topic.code: topic for topic in Topic.objects.all()}
    new = [values for values in content if values["code"] not in there]
    pairs = [_pair(values, division, topics, reviewer, today) for values in new]
    questions = store(pairs)
    log_new(questions, "training.question.load", by=by, reason=SOURCE)
    return len(questions)


def _pair(values, division, topics, reviewer, today):
    kind = KINDS.get(values["type"], values["type"])
    words = {
        "stem": values["stem"].strip(),
        "content": content_of(kind, values),
        "explanation": values.get("explanation", ""),
        "law_basis": values.get("law_basis", []),
        "valid_from_on": date.fromisoformat(values["valid_from"]),
        "valid_until_on": None,
    }
    said = faults(kind, words["stem"], words["content"])
    if said or values["topic"] not in topics:
        reasons = sentences(said) or [_("The topic is not known.")]
        raise Refused([f"{values['code']}: {reason}" for reason in reasons])
    found = outdated(words["stem"], words["content"], words["law_basis"], law_changes(), today)
    question = Question(
        code=values["code"],
        division=division,
        kind=kind,
        topic=topics[values["topic"]],
        difficulty=values["difficulty"],
        source=SOURCE,
        findings=found,
        state=_state(found, reviewer),
        reviewed_by=None if found else reviewer,
    )
    return question, version_of(question, 1, by=None, today=today, **words)


def _state(found, reviewer):
    if found:
        return QuestionState.DRAFT
    return QuestionState.IN_USE if reviewer else QuestionState.SUBMITTED


def content_of(kind, values):
    """Return the answers of such a question as ``QuestionVersion`` keeps them."""
    if kind in {"single", "multiple"}:
        return {"options": _options(values["options"], several=kind == "multiple")}
    if kind == "true_false":
        return {"options": _truths(values["options"])}
    if kind == "fill_in":
        accepted = [{"text": text, "weight": FULL, "feedback": ""} for text in values["accepted"]]
        return {"accepted": accepted, "case": False}
    guide = values["marking_guide"]
    return {
        "guide": [
            {"point": part["point"], "marks": plain(as_number(part["marks"]))} for part in guide
        ]
    }


def _options(given, *, several):
    right = [position for position, one in enumerate(given) if one["correct"]]
    weights = dict(zip(right, shares(len(right)) if several else [FULL] * len(right), strict=True))
    wrong = WRONG if several else NOTHING
    return [
        option(position, one["text"], weights.get(position, wrong), one.get("feedback", ""))
        for position, one in enumerate(given)
    ]


def _truths(given):
    """True stands first, whatever the order of the file."""
    right = next((one["text"] for one in given if one["correct"]), None)
    feedback = {one["text"]: one.get("feedback", "") for one in given}
    options = truths(answer={"正确": True, "错误": False}.get(right))
    for one in options:
        one["feedback"] = feedback.get(one["text"], "")
    return options
