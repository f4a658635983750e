"""Two entries of one person or organisation become one, and two again if it was a mistake.

Every row that points to the entry that goes is moved to the one that is kept; which rows these are
is asked of the tables, so that rows of the floors above move as well.
"""

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from registry.models import (
    Mediator,
    MediatorRow,
    Merge,
    MergedKind,
    Organization,
    OrganizationRow,
    OrganizationUserObjectPermission,
    Post,
)
from registry.search.upkeep import refresh_mediators, refresh_organizations

MODELS = {MergedKind.MEDIATOR: Mediator, MergedKind.ORGANIZATION: Organization}
REFRESHES = {
    MergedKind.MEDIATOR: refresh_mediators,
    MergedKind.ORGANIZATION: refresh_organizations,
}
# Copies that follow by themselves, and grants, which are never carried over.
LEFT = {MediatorRow, OrganizationRow, OrganizationUserObjectPermission, Post}


def merge_mediators(pk, *, by, today, reason, gone):
    """Make ``gone`` and the mediator ``pk`` one entry, the latter; returns the merge.

    :raises Refused: if it is the same entry, was merged already, or both hold what one may hold
        only once.
    """
    return _merge(MergedKind.MEDIATOR, pk, gone.pk, by=by, today=today, reason=reason)


def merge_organizations(pk, *, by, today, reason, gone):
    """Make ``gone`` and the organisation ``pk`` one entry, the latter; returns the merge.

    :raises Refused: as :func:`merge_mediators`, or if officers have posts in the one that goes.
    """
    if Post.objects.in_force(today).filter(organization=gone).exists():
        raise Refused(_("Accounts have posts in the entry that would go: end these posts first."))
    return _merge(MergedKind.ORGANIZATION, pk, gone.pk, by=by, today=today, reason=reason)


@transaction.atomic
def undo_merge(pk, *, by, today, reason):
    """Make two entries of one again: the rows that were moved go back.

    :raises Refused: if it was undone already, or the entry kept was itself merged since.
    """
    merge = Merge.objects.select_for_update().get(pk=pk)
    kept, gone = _locked(merge.kind, merge.kept, merge.gone)
    if merge.undone_on or kept.merged_into_id:
        raise Refused(_("This merge cannot be undone any more."))
    for rows in merge.moved:
        model = apps.get_model(rows["model"])
        still_there = model.objects.filter(pk__in=rows["pks"], **{rows["field"]: kept.pk})
        still_there.update(**{rows["field"]: gone.pk})
    _point(gone, None)
    merge.undone_on = today
    merge.save()
    _tell("unmerge", kept, gone, by=by, reason=reason)
    REFRESHES[merge.kind]([kept.pk, gone.pk], today=today)
    return merge


@transaction.atomic
def _merge(kind, kept_pk, gone_pk, *, by, today, reason):
    if kept_pk == gone_pk:
        raise Refused(_("This is the same entry."))
    kept, gone = _locked(kind, kept_pk, gone_pk)
    if kept.merged_into_id or gone.merged_into_id:
        raise Refused(_("One of the two entries was merged already."))
    merge = Merge(
        kind=kind,
        kept=kept.pk,
        gone=gone.pk,
        kept_name=kept.name,
        gone_name=gone.name,
        division=kept.division,
        moved=_moved(kept, gone),
        merged_by=by,
        merged_on=today,
    )
    merge.save()
    _point(gone, kept.pk)
    _tell("merge", kept, gone, by=by, reason=reason)
    REFRESHES[kind]([kept.pk, gone.pk], today=today)
    return merge


def _locked(kind, kept_pk, gone_pk):
    """Lock both entries in one order, so that two merges never wait for each other."""
    rows = MODELS[kind].objects.select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[kept_pk, gone_pk])}
    return found[kept_pk], found[gone_pk]


def _moved(kept, gone):
    """Move every row that points to ``gone``; return which they are."""
    moved = []
    for relation in type(gone)._meta.related_objects:
        model, field = relation.related_model, relation.field.name
        if relation.many_to_many or model in LEFT or field == "merged_into":
            continue
        pks = list(model._base_manager.filter(**{field: gone.pk}).values_list("pk", flat=True))
        if pks:
            _move(model, field, pks, kept)
            moved.append({"model": model._meta.label, "field": field, "pks": pks})
    return moved


def _move(model, field, pks, kept):
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=pks).update(**{field: kept.pk})
    except IntegrityError as conflict:
        raise Refused(
            _("Both entries have “%(kind)s” of which one may have only one: end one of them first.")
            % {"kind": model._meta.verbose_name}
        ) from conflict


def _point(gone, kept_pk):
    type(gone).objects.filter(pk=gone.pk).update(merged_into=kept_pk, revision=gone.revision + 1)


def _tell(act, kept, gone, *, by, reason):
    label = kept._meta.label_lower
    for row, other in [(kept, gone), (gone, kept)]:
        after = {"merged_with": other.pk, "kept": kept.pk}
        ledger.append(f"{label}.{act}", row, by=by, reason=reason, after=after)
