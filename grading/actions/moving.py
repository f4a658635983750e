"""Many applications take a step at once: a statement for each batch, an entry for each person."""

from django.db.models import F
from django.utils.translation import gettext as _

from grading.flows import APPLICATION
from grading.models import Application
from office import ledger
from office.flow import Refused

AT_A_TIME = 500


def locked(rows):
    """Lock applications in one order and return them with what acts on many look at."""
    rows = rows.select_for_update(of=("self",)).order_by("pk")
    return list(rows.select_related("round_level__level", "mediator", "organization"))


def move_all(name, rows, *, by, reason, **fields):
    """Take a step with locked applications, whose guards the round has answered for all.

    Call it in a transaction, once all other locks are taken: it writes to the ledger.

    :raises Refused: if one is in another state.
    """
    taken = APPLICATION.steps[name]
    if any(row.state not in taken.sources for row in rows):
        raise Refused(_("An application was changed meanwhile. Open the page again."))
    entries = []
    for row in rows:
        before = {"state": row.state}
        row.state, row.revision = taken.target, row.revision + 1
        for field, value in fields.items():
            setattr(row, field, value)
        act = f"grading.application.{name}"
        after = {"state": str(row.state)}
        entries.append(ledger.draft(act, row, by=by, reason=reason, before=before, after=after))
    pks = [row.pk for row in rows]
    for begin in range(0, len(pks), AT_A_TIME):
        some = Application.objects.filter(pk__in=pks[begin : begin + AT_A_TIME])
        some.update(state=taken.target, revision=F("revision") + 1, **fields)
    if entries:
        ledger.append_all(entries)
