"""The tiers, amounts, factors, funds and allowances of a draft."""

from contextlib import contextmanager

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from casework.models import (
    AllowanceRate,
    FundingShare,
    LevelFactor,
    SubsidyScheme,
    SubsidyTier,
    TierAmount,
)
from office import ledger
from office.flow import Refused, changing

PARTS = {"factors": LevelFactor, "funding": FundingShare, "allowances": AllowanceRate}


def save_tier(pk, *, by, today, reason, tier=None, amounts=(), **fields):
    """Add a tier to a draft, or correct one, with all its amounts: (level, low, high) each.

    :raises Refused: if the scheme is not a draft.
    """
    with _editing(pk, by=by, reason=reason) as scheme:
        row = _tier_of(scheme, tier)
        before = _told(row) if row.pk else {}
        for name, value in fields.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
        _put_amounts(row, amounts)
        act = "change_tier" if before else "add_tier"
        _tell(act, scheme, by, before, _told(row), subsidy_tier=_words(row))
    return scheme


def drop_tier(pk, *, by, today, reason, tier):
    """Take a tier off a draft. :raises Refused: if the scheme is not a draft."""
    with _editing(pk, by=by, reason=reason) as scheme:
        row = _tier_of(scheme, tier)
        before, words = _told(row), _words(row)
        row.amounts.all().delete()
        row.delete()
        _tell("drop_tier", scheme, by, before, {}, subsidy_tier=words)
    return scheme


def move_tier(pk, *, by, today, reason, tier):
    """Try a tier before the one that is tried before it. :raises Refused: if it is the first."""
    with _editing(pk, by=by, reason=reason) as scheme:
        row = _tier_of(scheme, tier)
        former = scheme.tiers.filter(order__lt=row.order).order_by("-order").first()
        if former is None:
            raise Refused({"tier": _("It is the first tier already.")})
        before, after = former.order, row.order
        # No two tiers may have one place, not even for a moment: the last place is lent.
        SubsidyTier.objects.filter(pk=former.pk).update(order=_last(scheme) + 1)
        SubsidyTier.objects.filter(pk=row.pk).update(order=before)
        SubsidyTier.objects.filter(pk=former.pk).update(order=after)
        places = {"order": after}, {"order": before}
        _tell("move_tier", scheme, by, *places, subsidy_tier=row.name)
    return scheme


def put_parts(pk, *, by, today, reason, part, rows):
    """Put the rows of a part (a key of ``PARTS``) in the place of those a draft has.

    :raises Refused: if the scheme is not a draft.
    """
    model = PARTS[part]
    with _editing(pk, by=by, reason=reason) as scheme:
        held = getattr(scheme, part).all()
        before = [ledger.filled(row) for row in held]
        held.delete()
        for values in rows:
            row = model(scheme=scheme, **values)
            row.full_clean()
            row.save()
        after = list(getattr(scheme, part).all())
        told = [ledger.filled(row) for row in after]
        words = "、".join(map(str, after)) or "—"
        _tell("put_parts", scheme, by, before, told, subsidy_parts=words)
    return scheme


def set_allowance(pk, *, by, today, reason, employment, level, **given):
    """Set what an employment and a level are paid every month in a draft; nothing takes it off.

    :raises Refused: if the scheme is not a draft.
    """
    with _editing(pk, by=by, reason=reason) as scheme:
        held = scheme.allowances.filter(employment=employment, level=level)
        before = [ledger.filled(row) for row in held]
        held.delete()
        row = AllowanceRate(scheme=scheme, employment=employment, level=level, **given)
        if row.amount is not None or row.case_part is not None:
            row.full_clean()
            row.save()
        after = [ledger.filled(row)] if row.pk else []
        _tell("set_allowance", scheme, by, before, after, subsidy_parts=str(row))
    return scheme


@transaction.atomic
def copy_parts(source, draft):
    """Give a draft copies of everything another scheme consists of."""
    for tier in source.tiers.all():
        twin = _copied(tier, scheme=draft)
        for amount in tier.amounts.all():
            _copied(amount, tier=twin)
    for part in PARTS:
        for row in getattr(source, part).all():
            _copied(row, scheme=draft)


def _copied(row, **place):
    fields = [
        field
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in place
    ]
    twin = type(row)(**{field.attname: getattr(row, field.attname) for field in fields}, **place)
    twin.full_clean()
    twin.save()
    return twin


@contextmanager
def _editing(pk, *, by, reason):
    """Lock a draft to edit its parts; whoever does so may not bring it into force."""
    with changing(SubsidyScheme.objects, pk, by=by, reason=reason) as scheme:
        yield scheme
        scheme.edited_by = by


def _tier_of(scheme, tier):
    if tier is None:
        return SubsidyTier(scheme=scheme, order=_last(scheme) + 1)
    return scheme.tiers.get(pk=getattr(tier, "pk", tier))


def _last(scheme):
    return scheme.tiers.aggregate(last=Max("order"))["last"] or 0


def _put_amounts(tier, amounts):
    tier.amounts.all().delete()
    for level, low, high in amounts:
        row = TierAmount(tier=tier, level=level, low=low, high=high)
        row.full_clean()
        row.save()


def _told(tier):
    amounts = {row.level or "*": str(row) for row in tier.amounts.all()}
    return ledger.filled(tier) | {"amounts": amounts}


def _words(tier):
    amounts = "、".join(str(row) for row in tier.amounts.all())
    return f"{tier.name}：{amounts}" if amounts else tier.name


def _tell(act, scheme, by, before, after, **words):
    """Append what became of a part; ``words`` are what the page of the history shows of it."""
    told = {"before": {"part": before}, "after": {"part": after, **words}}
    ledger.append(f"casework.subsidyscheme.{act}", scheme, by=by, **told)
