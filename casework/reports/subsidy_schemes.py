"""A subsidy scheme in words and tables, and two schemes side by side."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casework.models import (
    Agreement,
    AmountKind,
    CaseSource,
    FileDocument,
    Fulfilment,
    SubsidyScheme,
    TierOutcome,
)
from registry.models import Employment, OrganizationKind

SETTINGS = [
    "standing", "source", "from_on", "until_on", "dated_by", "period", "level_of", "needs_post",
    "needs_listing", "barred_employments", "barred_kinds", "barred_sources", "bars_public_payroll",
    "other_funds",
]  # fmt: skip
LISTS = {
    "barred_employments": Employment,
    "barred_kinds": OrganizationKind,
    "barred_sources": CaseSource,
}


@dataclass(frozen=True)
class TierLine:
    """A tier as a line of the table: its conditions and papers in words, an amount per level."""

    row: object
    conditions: list
    papers: str
    amounts: list


@dataclass(frozen=True)
class Table:
    """The tiers of a scheme against the levels for which any of them pays something else."""

    levels: list
    lines: list


def table_of(scheme):
    """Return the tiers of a scheme as a table."""
    tiers = list(scheme.tiers.all())
    used = {row.level for tier in tiers for row in tier.amounts.all()} - {""}
    levels = scheme.level_names()
    codes = [code for code in levels if code in used] + sorted(used - levels.keys()) + [""]
    classes = scheme.class_names()
    return Table(
        [levels.get(code, code) if code else others(len(codes) > 1) for code in codes],
        [
            TierLine(tier, conditions_of(tier, classes), papers_of(tier), amounts_of(tier, codes))
            for tier in tiers
        ],
    )


def others(there_are_levels):
    return _("other levels or none") if there_are_levels else _("yuan")


def conditions_of(tier, classes):
    """Return a sentence for every condition of a tier."""
    found = [
        (_("Ended: %(words)s"), _words(tier.outcomes, dict(TierOutcome.choices))),
        (_("Agreement: %(words)s"), _words(tier.agreements, dict(Agreement.choices))),
        (_("Class: %(words)s"), _words(tier.difficulties, classes)),
        (_("Fulfilment: %(words)s"), _words(tier.fulfilments, dict(Fulfilment.choices))),
    ]
    said = [sentence % {"words": words} for sentence, words in found if words]
    if tier.least_attempts > 1:
        said.append(_("At least %(number)d attempts") % {"number": tier.least_attempts})
    return said or [_("every case")]


def papers_of(tier):
    """Return the papers a tier asks for, in words."""
    papers = tier.papers()
    if papers is None:
        return _("not decided")
    if tier.documents_rule == "full":
        return tier.get_documents_rule_display()
    return _words(papers, dict(FileDocument.choices)) or _("none")


def amounts_of(tier, codes):
    """Return what a tier pays to each level, in words."""
    if tier.amount_kind == AmountKind.BY_CASE:
        return [tier.get_amount_kind_display() for _code in codes]
    held = {row.level: row for row in tier.amounts.all()}
    return [_amount(held.get(code) or held.get("")) for code in codes]


def allowance_words(row, levels):
    """Return (whom, what) of a rate of allowance."""
    whom = [row.get_employment_display() if row.employment else _("everybody")]
    whom += [str(levels.get(row.level, row.level))] if row.level else []
    what = [_("%(amount)s yuan a month") % {"amount": row.amount}] if row.amount else []
    if row.case_part:
        said = {None: _("%(amount)s yuan a %(period)s by cases, not decided whether at most"),
                True: _("at most %(amount)s yuan a %(period)s by cases"),
                False: _("%(amount)s yuan a %(period)s by cases")}[row.caps_cases]  # fmt: skip
        what.append(said % {"amount": row.case_part, "period": row.get_case_period_display()})
    return "，".join(whom), "；".join(what) or _("not decided")


def setting_of(scheme, name):
    """Return a setting of a scheme as (label, words)."""
    field, value = SubsidyScheme._meta.get_field(name), getattr(scheme, name)
    if name in LISTS:
        value = _words(value, dict(LISTS[name].choices)) or _("none")
    elif isinstance(value, bool):
        value = _("Yes") if value else _("No")
    elif field.choices:
        value = getattr(scheme, f"get_{name}_display")()
    return capfirst(field.verbose_name), value


def difference(left, right):
    """Return (label, left's words, right's words, whether they differ) for two schemes."""
    sides = [dict(_lines(scheme)) for scheme in (left, right)]
    labels = dict.fromkeys([*sides[0], *sides[1]])
    pairs = [(label, *(str(side.get(label) or "—") for side in sides)) for label in labels]
    return [(label, one, other, one != other) for label, one, other in pairs]


def _lines(scheme):
    """Yield (label, words) for everything a scheme says."""
    for name in SETTINGS:
        yield setting_of(scheme, name)
    table = table_of(scheme)
    for line in table.lines:
        amounts = zip(table.levels, line.amounts, strict=True)
        words = [*line.conditions, line.papers, *(f"{level}：{paid}" for level, paid in amounts)]
        yield _("Tier: %(name)s") % {"name": line.row.name}, "；".join(words)
    levels = scheme.level_names()
    for row in scheme.factors.all():
        name = levels.get(row.level, row.level) or others(there_are_levels=True)
        yield _("Factor: %(level)s") % {"level": name}, f"{row.factor.normalize():f}"
    for row in scheme.funding.all():
        yield _("Fund: %(name)s") % {"name": row.fund}, f"{row.percent}%"
    for row in scheme.allowances.all():
        whom, what = allowance_words(row, levels)
        yield _("Allowance: %(whom)s") % {"whom": whom}, what


def _words(codes, names):
    return "、".join(str(names.get(code, code)) for code in codes)


def _amount(row):
    if row is None or row.low is None:
        return _("not decided")
    return str(row)
