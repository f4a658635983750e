"""The ledger as a report: what was done in the own area, by whom, why; it can be exported."""

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.columns import Column, Section
from office.desk.filters import LONGEST_QUERY, Filters, day
from office.desk.history import act_choices, act_label, kind_label, told
from office.desk.viewset import DESKS, DeskViewSet
from office.models import LedgerEntry
from office.models.ledger import SYSTEM


class LedgerFilters(Filters):
    since = day("at", gettext_lazy("From"), "date__gte")
    until = day("at", gettext_lazy("Until"), "date__lte")
    act = django_filters.ChoiceFilter(
        choices=act_choices,
        label=gettext_lazy("Act"),
        method="is_act",
        empty_label=gettext_lazy("All"),
    )
    by = django_filters.CharFilter(
        label=gettext_lazy("By"), method="is_by", max_length=LONGEST_QUERY
    )
    number = django_filters.NumberFilter(
        "sequence", label=gettext_lazy("Ledger number"), min_value=1, max_value=2**63 - 1
    )

    class Meta:
        model = LedgerEntry
        fields = []

    def is_by(self, rows, name, value):
        """The system is found by what the page calls it."""
        shown = LedgerEntry(actor_name=SYSTEM).done_by
        found = Q(actor_name__icontains=value)
        if value.lower() in shown.lower():
            found |= Q(actor=None, actor_name=SYSTEM)
        return rows.filter(found)

    def is_act(self, rows, name, value):
        return rows.filter(act__endswith=f".{value}")


def moment(entry):
    return timezone.localtime(entry.at)


class LedgerDesk(DeskViewSet):
    name = "ledger"
    icon = "history"
    model = LedgerEntry
    menu_hook = "register_reports_menu_item"
    history = False
    filterset_class = LedgerFilters
    list_columns = (
        Column(name="at", label=gettext_lazy("Time"), value=lambda row: row.at, sort="sequence"),
        Column(
            name="actor_name",
            label=gettext_lazy("By"),
            value=lambda row: row.done_by,
            sort="actor_name",
        ),
        "body",
        Column(name="act", label=gettext_lazy("Act"), value=lambda row: act_label(row.act)),
        Column(
            name="kind",
            label=gettext_lazy("Kind of record"),
            value=lambda row: kind_label(row.subject_type),
        ),
        "reason",
    )
    exported = (
        Column(name="sequence", label=gettext_lazy("Number"), value=lambda row: row.sequence),
        Column(name="at", label=gettext_lazy("Time"), value=moment, width=20),
        *list_columns[1:-1],
        Column(name="subject", label=gettext_lazy("Record"), value=lambda row: row.subject_id),
        "reason",
        "legal_basis",
        "hash",
    )

    def sections(self, record, page):
        subject = DESKS.get(record.subject_type)
        known = subject and record.subject_id.isdigit()
        return [
            Section(
                name="entry",
                heading=_("Entry"),
                icon="history",
                template="office/desk/entry.html",
                context={
                    "acts": told([record]),
                    "kind": kind_label(record.subject_type),
                    "subject_id": record.subject_id,
                    "subject_url": known and subject.url("inspect", record.subject_id),
                    "entry": record,
                },
            )
        ]
