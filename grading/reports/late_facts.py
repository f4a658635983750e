"""What the registers tell of a day after it was decided by them; nothing of it is ever applied."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from grading.evaluation import MEDIATORS, facts_of, subject_of
from grading.notices.clauses import found_words
from grading.reports.clauses_of_one import said_of
from grading.rules.evidence import facts_from, stored
from grading.rules.judging import grade
from grading.rules.predicates import Verdict
from grading.rules.terms import label_of

AT_A_TIME = 500


@dataclass(frozen=True)
class Change:
    """A figure, a fact or a kind of rows that differs now: what was, what is."""

    name: str
    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Late:
    """An application that was decided, and what changed since."""

    application: object
    changes: tuple
    was: str
    now: str

    @property
    def turns(self):
        """Whether the result would be another by what is known now."""
        return self.was != self.now


def late_facts(applications):
    """Yield a ``Late`` for each decided application whose facts changed since.

    :param applications: rows ``with_all()``; those not decided are passed over.
    """
    rows = applications.filter(decided_on__isnull=False).exclude(evidence={}).order_by("pk")
    found = rows.iterator(chunk_size=AT_A_TIME)
    while some := list(islice(found, AT_A_TIME)):
        now = _as_told_now(some)
        for row in some:
            subject = subject_of(row.rules)
            evidence = stored(now[row.grading_round.as_of, subject][row.applicant_id])
            if changes := changes_between(row.evidence, evidence, subject):
                yield Late(
                    row, tuple(changes), said_of(row.result), said_of(_judged(row, evidence))
                )


def _as_told_now(applications):
    """Return {(day, what is judged): facts by applicant}: each day and kind is asked once."""
    asked = defaultdict(list)
    for row in applications:
        asked[row.grading_round.as_of, subject_of(row.rules)].append(row.applicant_id)
    return {
        (day, subject): facts_of(pks, day, subject=subject) for (day, subject), pks in asked.items()
    }


def changes_between(before, after, subject=MEDIATORS):
    """Return the ``Change``s between two takings of evidence: figures, flags, facts, then rows."""
    old, new = facts_from(before), facts_from(after)
    flags = (f"flags.{name}" for name in subject.flags)
    names = [*subject.columns, *subject.figures, *flags]
    found = [
        Change(name, label_of(name.removeprefix("flags.")), _said(old, name), _said(new, name))
        for name in names
        if old.find(name) != new.find(name)
    ]
    return [*found, *_changed_rows(old, new, subject)]


def _said(facts, name):
    return found_words(Verdict("", "", found=facts.find(name)))


def _changed_rows(old, new, subject):
    """Yield a ``Change`` for each kind of rows that differ, with how many there are."""
    for name, series in subject.series.items():
        before, after = old.series(name) or [], new.series(name) or []
        if before == after:
            continue
        keys = {row["key"]: row for row in before}
        altered = sum(row["key"] in keys and keys[row["key"]] != row for row in after)
        now = str(len(after))
        if altered:
            now = _("%(rows)s, of which %(altered)d altered") % {"rows": now, "altered": altered}
        yield Change(name, str(series.label), str(len(before)), now)


def _judged(application, evidence):
    answers = {one.name: one.answer for one in application.answers.standing()}
    ruled = {one.path: one.result for one in application.rulings.in_force()}
    waived = [one.path for one in application.waivings.granted()]
    facts = facts_from(evidence, answers=answers, ruled=ruled, waived=waived)
    return grade(application.rules, application.level_code, facts).result
