"""The own figures of an applicant, clause by clause, with the rows behind them."""

import re
from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from grading.notices.clauses import Line, lines_of
from grading.notices.evidence_rows import behind
from grading.views.own import base_context, looked_up, own_application

# Names of parameters and clauses stand in columns of their own.
ASIDE = re.compile("〔[^〕]*〕")


@dataclass(frozen=True)
class OwnLine:
    """A clause as it came out, and the rows its figure was counted from."""

    line: Line
    rows: tuple


@dataclass(frozen=True)
class Counted:
    """How many clauses are fulfilled, not fulfilled and left open."""

    fulfilled: int
    failed: int
    waiting: int


def own_lines(application):
    """Return a line for each condition of the level; none if the rule cannot judge."""
    if not application.evidence:
        return []
    rules = application.rules
    return [
        OwnLine(
            replace(line, words=ASIDE.sub("", line.words)),
            tuple(behind(rules, line.name, application.facts)),
        )
        for line in lines_of(rules, application.judgment())
    ]


def counted(lines):
    """Count how the clauses came out; a veto that does not apply is fulfilled."""
    tones = [one.line.tone for one in lines]
    return Counted(tones.count("ok"), tones.count("error"), tones.count("warn"))


@login_required
@never_cache
@require_safe
def application_figures(request, pk):
    """Show each clause with what was found, what is asked for, and the rows behind it."""
    application = looked_up(own_application(request, pk))
    lines = own_lines(application)
    context = {
        **base_context(application, pgettext("application", "Figures")),
        "lines": lines,
        "counted": counted(lines),
    }
    return render(request, "grading/application_figures.html", context)
