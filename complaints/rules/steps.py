"""The steps of the form for the public: which there are, and which one comes next.

Pure functions over the answers given so far, a mapping with one entry a step.
"""

from enum import StrEnum


class Step(StrEnum):
    WAY = "way"
    WHOM = "whom"
    WHAT = "what"
    EVIDENCE = "evidence"
    CONTACT = "contact"
    CHECK = "check"


def steps_of(answers):
    """Return the steps in order; who stays anonymous is not asked how to be reached."""
    return [step for step in Step if step is not Step.CONTACT or not _is_anonymous(answers)]


def next_step(answers):
    """Return the first step without an answer: after a change, the check again."""
    return next(step for step in steps_of(answers) if step not in answers)


def may_open(step, answers):
    """Tell whether a step is one of the form and everything before it is answered."""
    steps = steps_of(answers)
    return step in steps and steps.index(step) <= steps.index(next_step(answers))


def step_before(step, answers):
    """Return the step before this one; none before the first."""
    steps = steps_of(answers)
    at = steps.index(step)
    return steps[at - 1] if at else None


def _is_anonymous(answers):
    return answers.get(Step.WAY, {}).get("mode") == "anonymous"
