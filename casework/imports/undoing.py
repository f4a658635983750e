"""Take back what an import did, as long as nothing was built upon it."""

from django.utils.translation import gettext as _

from casework.flows import what_bars_changes
from casework.imports.storing import locked, rewrite
from casework.models import CaseParty, CaseRecord, CaseShare
from office.models import Document
from registry.imports.undoing import referred_to
from registry.models import Verdict

NEWLY = 0  # the revision of a case nobody has touched since it was entered


class Undo:
    """The undoing of some rows: ``faults`` says all that bars it, ``take_back`` does it."""

    def __init__(self, lines, *, today):
        self.lines, self.today = lines, today
        self.rows = locked(lines)
        self.new = [line for line in lines if line.verdict == Verdict.NEW]
        self.changed = [line for line in lines if line.verdict == Verdict.CHANGED]

    @property
    def faults(self):
        """A sentence for each case that was changed, or used, since."""
        touched = [line.case_number for line in self.lines if self._is_touched(line)]
        if touched:
            sentence = _("Case %(number)s was changed or removed after the import.")
            return [sentence % {"number": number} for number in touched]
        return [*self._used(), *self._barred()]

    def _is_touched(self, line):
        row = self.rows.get(line.case_number)
        if row is None:
            return True
        before = line.revision_before
        return row.revision != (NEWLY if before is None else before + 1)

    def _used(self):
        numbers = {self.rows[line.case_number].pk: line.case_number for line in self.new}
        own = {
            table: table.objects.filter(case__in=numbers).values("pk")
            for table in (CaseShare, CaseParty)
        }
        used = referred_to(CaseRecord, list(numbers), own) if numbers else set()
        papers = Document.objects.filter(
            subject_type=CaseRecord._meta.label_lower, subject_id__in=[str(pk) for pk in numbers]
        )
        used |= {int(pk) for pk in papers.values_list("subject_id", flat=True)}
        sentence = _("Something was built upon case %(number)s after the import.")
        return [sentence % {"number": numbers[pk]} for pk in sorted(used)]

    def _barred(self):
        barred = what_bars_changes([row.pk for row in self.rows.values()], self.today)
        for row in self.rows.values():
            yield from (f"{row.number}：{reason}" for reason in barred.get(row.pk, []))

    def take_back(self):
        """Remove the new cases; let the changed ones say again what they said."""
        pks = [self.rows[line.case_number].pk for line in self.new]
        CaseShare.objects.filter(case__in=pks).delete()
        CaseParty.objects.filter(case__in=pks).delete()
        CaseRecord.objects.filter(pk__in=pks).delete()
        rewrite(
            [
                (
                    self.rows[line.case_number],
                    line.before,
                    line.told_parties["before"] if line.parties else None,
                )
                for line in self.changed
            ]
        )
