"""A mediator's own cases: the lines on the own page, and the list."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.flows import CaseState
from casework.models import CaseRecord
from casework.queries.case_flags import counted_by_state
from office.models import LedgerEntry
from office.workbench import Place, Task
from registry.models import Mediator

DAYS_AHEAD = timedelta(days=7)
MOST_LINES = 5


def cases_on_my_page(user, today):
    """Return drafts that wait, agreements to be fulfilled within a week, and the place of all."""
    mediator = Mediator.objects.filter(user=user).first()
    if mediator is None:
        return []
    drafts = CaseRecord.objects.own(mediator).drafts_of(user).count()
    due = CaseRecord.objects.of_mediator(mediator).to_be_fulfilled(today + DAYS_AHEAD)
    return [
        *([_drafts(drafts)] if drafts else []),
        *[_fulfilment(case, today) for case in due.order_by("due_on", "pk")[:MOST_LINES]],
        Place(_("My cases"), reverse("my_cases")),
    ]


def _drafts(count):
    said = ngettext("%(count)d case is a draft", "%(count)d cases are drafts", count)
    url = f"{reverse('my_cases')}?state=draft"
    return Task(_("Enter cases in the ledger"), url, said % {"count": count})


def _fulfilment(case, today):
    late = case.due_on < today
    note = _("The agreement should have been fulfilled") if late else _("An agreement is due")
    tone = "error" if late else "warn"
    label = _("Fulfilment of case %(number)s") % {"number": case.number}
    return Task(label, reverse("my_case", args=[case.pk]), note, case.due_on, tone)


def state_tabs(rows, chosen):
    """Return (value, label, count, whether it is open) for every state there are cases of."""
    counts = counted_by_state(rows)
    tabs = [
        (state.value, state.label, counts[state.value], state.value == chosen)
        for state in CaseState
        if state.value in counts
    ]
    return [("", _("All"), sum(counts.values()), chosen not in counts), *tabs]


def was_discarded_by(user, pk):
    """Tell whether the account threw a draft of this number away: a second click finds it gone."""
    entries = LedgerEntry.objects.filter(actor=user, act="casework.caserecord.discard_draft")
    return entries.filter(subject_id=str(pk)).exists()
