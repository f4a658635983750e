"""Merges on the officer's desk: who was made one with whom, and the way back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from registry.actions import merges
from registry.forms.merges import MergeMediatorForm, MergeOrganizationForm
from registry.models import Merge, MergedKind

name_acts(merge=gettext_lazy("Merge"), unmerge=gettext_lazy("Undo the merge"))


def merging(take, form_class):
    """Return the act of merging another entry into a record."""
    return Act(
        name="merge",
        label=gettext_lazy("Merge another entry into this one"),
        take=take,
        permission="merge",
        form_class=form_class,
        offered=lambda row: row.merged_into_id is None,
        grave=True,
        icon="link",
    )


def merged_tags(record):
    """Return the tag of an entry that was merged into another."""
    if record.merged_into_id is None:
        return []
    return [(_("merged into “%(entry)s”") % {"entry": record.merged_into}, "error")]


MERGE_MEDIATORS = merging(merges.merge_mediators, MergeMediatorForm)
MERGE_ORGANIZATIONS = merging(merges.merge_organizations, MergeOrganizationForm)


class MergeFilters(Filters):
    kept_name = contains("kept_name", gettext_lazy("Name kept"))
    gone_name = contains("gone_name", gettext_lazy("Name merged"))
    kind = choice("kind", gettext_lazy("Kind"), MergedKind.choices)

    class Meta:
        model = Merge
        fields = []


class MergeDesk(DeskViewSet):
    name = "merges"
    icon = "link"
    model = Merge
    menu_hook = "register_reports_menu_item"
    history = False
    related = ("division", "merged_by")
    filterset_class = MergeFilters
    list_columns = (
        "gone_name",
        "kept_name",
        "kind",
        Column(name="by", label=gettext_lazy("By"), value=lambda row: str(row.merged_by)),
        "merged_on",
        "undone_on",
    )
    acts = (
        Act(
            name="undo",
            label=gettext_lazy("Undo the merge"),
            take=merges.undo_merge,
            permission="undo",
            offered=lambda row: row.undone_on is None,
            icon="rotate",
        ),
    )

    def sections(self, record, page):
        facts = facts_of(record, "gone_name", "kept_name", "kind", "division", "merged_by")
        facts += facts_of(record, "merged_on", "undone_on")
        facts.append((_("Rows moved"), sum(len(rows["pks"]) for rows in record.moved)))
        return [Section(name="data", heading=_("Merge"), icon="link", facts=facts)]
