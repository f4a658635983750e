"""What a candidate's browser sends, with and without script: shape only."""

import json

from django import forms

SEVERAL, PAIRS = "multiple", "matching"


def typed_answer(kind, frozen, sent):
    """Return the answer that a question page sends, as ``training.rules.answering`` takes it."""
    if kind == SEVERAL:
        chosen = sent.getlist("answer")
        # In the order shown, as an answer is kept: the same choice is the same answer.
        known = [shown for shown, _own in frozen["options"] if shown in chosen]
        return known + [one for one in chosen if one not in known]
    if kind == PAIRS:
        chosen = {name: sent.get(f"answer-{name}", "") for name, _own in frozen["left"]}
        return {name: other for name, other in chosen.items() if other}
    return sent.get("answer", "").replace("\r\n", "\n")


class SaveForm(forms.Form):
    """One answer as the script sends it."""

    position = forms.IntegerField(min_value=1, max_value=1_000)
    client = forms.RegexField(r"\A[0-9a-f]{32}\Z")
    number = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    base = forms.IntegerField(min_value=0, max_value=2_000_000_000)

    @classmethod
    def read(cls, body):
        """Return (form, answer) of what was sent, or (None, None) if it is not even JSON."""
        try:
            sent = json.loads(body)
        except (ValueError, RecursionError):
            return None, None
        if not isinstance(sent, dict):
            return None, None
        return cls(sent), sent.get("value")
