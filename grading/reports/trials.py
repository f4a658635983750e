"""A dry run: whom a version would judge how on a day, and why. Nothing of it is stored."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grading.evaluation import Everybody, facts_of, moved, moves, questions_of, subject_of
from grading.notices.clauses import place_words, words_of
from grading.rules.judging import grade
from grading.rules.predicates import FAIL, PASS, PENDING

RESULTS = {
    PASS: pgettext_lazy("judgment", "would pass"),
    PENDING: pgettext_lazy("judgment", "left open"),
    FAIL: pgettext_lazy("judgment", "would not pass"),
    "vetoed": pgettext_lazy("judgment", "vetoed"),
    "blocked_rule": gettext_lazy("the rule does not say enough"),
    "level_not_open": gettext_lazy("this level is not open"),
}
MOST_SHOWN = 50


@dataclass(frozen=True)
class ClauseLine:
    """A condition of the rule: in words, and how many fail it or wait for it."""

    place: str
    words: str
    clause: str
    failed: int
    waiting: int


@dataclass(frozen=True)
class Trial:
    """One dry run over the people an officer may see. ``assumed``: questions count as answered.

    A rule set for committees is tried on organisations: they are the people then.
    """

    version: object
    level: str
    as_of: object
    people: object
    assumed: bool = False

    @cached_property
    def everybody(self):
        answer = True if self.assumed else None
        return Everybody(
            self.version.rules, self.level, self.as_of, people=self.people, answer=answer
        )

    @cached_property
    def counted(self):
        return self.everybody.counted()

    def results(self):
        """Return (result, its words, how many), the best first."""
        found = self.counted.results
        return [(name, words, found[name]) for name, words in RESULTS.items() if name in found]

    def clauses(self):
        """Return the conditions that somebody fails or waits for, in the order of the rule."""
        scheme = self.version.rules
        found = []
        for path, clause, failed, waiting in self.counted.clauses:
            if failed or waiting:
                place = path.rpartition(".")[0]
                words = words_of(scheme, place)
                found.append(
                    ClauseLine(place_words(scheme.document, place), words, clause, failed, waiting)
                )
        return found

    def people_with(self, result):
        """Return some of the people with a result."""
        if result not in RESULTS:
            return []
        return self._in_order(self.everybody.having(result, most=MOST_SHOWN))

    def against(self, other):
        """Return (words before, words after, how many, some of the people) for each change."""
        before = replace(self, version=other).everybody
        found = sorted(moves(before, self.everybody).items(), key=lambda item: -item[1])
        return [
            (
                *(RESULTS[result] for result in results),
                count,
                self._in_order(moved(before, self.everybody, results, most=MOST_SHOWN)),
            )
            for results, count in found
        ]

    def questions(self):
        """Return the names of what only officers can answer."""
        return questions_of(self.version.rules, self.level)

    def judgment_of(self, one):
        """Return (judgment, facts) of one of the people."""
        answers = {one.pk: dict.fromkeys(self.questions(), True) if self.assumed else {}}
        subject = subject_of(self.version.rules)
        facts = facts_of([one.pk], self.as_of, answers=answers, subject=subject)[one.pk]
        return grade(self.version.rules, self.level, facts), facts

    def _in_order(self, pks):
        """Return people by their keys, in the order given."""
        found = subject_of(self.version.rules).rows.select_related("division").in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]


def said_result(result):
    """Return what came out, in words."""
    return str(RESULTS.get(result, _("not known")))
