"""What a candidate is shown of a question: its words and choices, never what is right.

Nothing of a version's content leaves the server but by these functions before results are out.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choice:
    """A choice under the id it has in this attempt."""

    name: str
    text: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Pair:
    """The left side of a pair, and what was chosen for it."""

    name: str
    text: str
    chosen: str = ""


@dataclass(frozen=True)
class Shown:
    """A question as it stands before the candidate, with the answer so far."""

    kind: str
    stem: str
    choices: list = field(default_factory=list)
    pairs: list = field(default_factory=list)
    text: str = ""


def shown(kind, stem, content, frozen, answer):
    """Return the question as shown; ``answer`` is the one that stands, in shown ids."""
    if kind == "matching":
        left = {pair["id"]: pair["left"] for pair in content["pairs"]}
        right = {pair["id"]: pair["right"] for pair in content["pairs"]}
        chosen = answer or {}
        return Shown(
            kind,
            stem,
            choices=[Choice(name, right[own]) for name, own in frozen["right"]],
            pairs=[Pair(name, left[own], chosen.get(name, "")) for name, own in frozen["left"]],
        )
    if "options" in content:
        words = {option["id"]: option["text"] for option in content["options"]}
        taken = answer if isinstance(answer, list) else [answer]
        choices = [Choice(name, words[own], name in taken) for name, own in frozen["options"]]
        return Shown(kind, stem, choices=choices)
    return Shown(kind, stem, text=answer or "")
