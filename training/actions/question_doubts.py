"""What is doubtful about a question beside the bank it is in and the law of the day."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings

from training.models import Question, QuestionVersion
from training.rules.laws import outdated
from training.rules.likeness import alike
from training.rules.remarks import remark

LAWS = settings.BASE_DIR / "fixtures" / "training" / "laws.json"
PERCENT = 100


@cache
def law_changes():
    """Return the list of repealed, revised and renumbered laws; read once."""
    return json.loads(Path(LAWS).read_text(encoding="utf-8"))


def bank_of(division):
    """Return {pk: (code, text of the current version)} of the questions that are not retired."""
    rows = Question.objects.filter(division=division, current__isnull=False)
    rows = rows.exclude(state="retired").order_by("pk")
    return {pk: (code, stem) for pk, code, stem in rows.values_list("pk", "code", "current__stem")}


def codes_by_fingerprint(division, fingerprints):
    """Return {fingerprint: (pk, code)} of the questions that have such a version, old ones too."""
    rows = QuestionVersion.objects.filter(
        question__division=division, fingerprint__in=fingerprints
    ).order_by("-question_id")
    return {
        print_: (pk, code)
        for print_, pk, code in rows.values_list("fingerprint", "question_id", "question__code")
    }


def doubts(version, *, today):
    """Return the findings about a version of a question: law that is out of date, repeats."""
    found = outdated(version.stem, version.content, version.law_basis, law_changes(), today)
    return found + _repeats(version)


def _repeats(version):
    own, bank = version.question_id, bank_of(version.question.division_id)
    bank.pop(own, None)
    same = (
        QuestionVersion.objects.filter(
            pk__in=Question.objects.filter(pk__in=bank).values("current_id"),
            fingerprint=version.fingerprint,
        )
        .order_by("question_id")
        .values_list("question__code", flat=True)
        .first()
    )
    if same:
        return [remark("duplicate", of=same)]
    texts = {pk: stem for pk, (_code, stem) in bank.items()}
    found = alike({"new": version.stem}, texts)
    return [
        remark("near_duplicate", of=bank[pk][0], percent=int(share * PERCENT))
        for pk, share in found.values()
    ]


def key_of(finding):
    """Return what tells a finding from another; how like two texts are plays no part."""
    told = {name: value for name, value in finding.items() if name != "percent"}
    return json.dumps(told, sort_keys=True)


def still_open(found, before, settled):
    """Return the findings of an edited question.

    What was settled stays settled; what only the file said stays open until it is.
    """
    done = {key_of(entry["finding"]) for entry in settled}
    kept = [finding for finding in before if finding["code"] == "marked_in_file"]
    return kept + [finding for finding in found if key_of(finding) not in done]
