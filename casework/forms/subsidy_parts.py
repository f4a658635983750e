"""What officers may type about the parts of a scheme: tiers, funds, factors, allowances."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.forms.subsidy_schemes import Boxes
from casework.models import (
    Agreement,
    AmountKind,
    FileDocument,
    Fulfilment,
    Period,
    SubsidyTier,
    TierDocuments,
    TierOutcome,
)
from office.desk.forms import ReasonForm
from registry.models import Employment

MOST_FUNDS = 4
OTHERS = "others"


def yuan(label, **given):
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=10, decimal_places=2, **given
    )


def levels_and_others(scheme):
    """Yield (name for a field, code, what it is called) for every level and all others."""
    for code, name in scheme.level_names().items():
        yield code, code, name
    yield OTHERS, "", gettext("other levels or none")


class TierForm(ReasonForm):
    """A tier with an amount for each level; the amounts left blank are not decided."""

    code = forms.SlugField(label=_("Code"), max_length=20)
    name = forms.CharField(label=_("Name"), max_length=40)
    clause = forms.CharField(label=_("Clause"), max_length=300, required=False)
    outcomes = Boxes(_("For cases that"), TierOutcome.choices, help_text=_("None: all."))
    agreements = Boxes(_("Forms of agreement"), Agreement.choices, help_text=_("None: all."))
    difficulties = Boxes(_("Classes of difficulty"), [], help_text=_("None: all."))
    fulfilments = Boxes(_("Fulfilment"), Fulfilment.choices, help_text=_("None: all."))
    least_attempts = forms.IntegerField(
        label=_("Attempts at least"), min_value=1, max_value=99, initial=1
    )
    documents_rule = forms.ChoiceField(
        label=_("Papers it asks for"),
        choices=[("", _("not decided")), *TierDocuments.choices],
        required=False,
    )
    documents = Boxes(_("Papers named"), FileDocument.choices)
    amount_kind = forms.ChoiceField(label=_("What it pays"), choices=AmountKind.choices)

    def __init__(self, *args, record, tier=None, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.tier = tier
        classes = record.class_names()
        unknown = [code for code in (tier.difficulties if tier else []) if code not in classes]
        self.fields["difficulties"].choices = [*classes.items(), *zip(unknown, unknown)]  # noqa: B905
        self._add_amounts()
        for name in self.own if tier else []:
            self.initial.setdefault(name, getattr(tier, name))
        self.order_fields([name for name in self.fields if name != "reason"])

    @property
    def own(self):
        """The names of the fields that are the tier's own columns."""
        columns = {field.name for field in SubsidyTier._meta.concrete_fields}
        return [name for name in self.fields if name in columns]

    def _add_amounts(self):
        held = {row.level: row for row in self.tier.amounts.all()} if self.tier else {}
        for key, code, name in levels_and_others(self.record):
            row = held.get(code)
            self.fields[f"low_{key}"] = yuan(gettext("Yuan: %(level)s") % {"level": name})
            self.fields[f"high_{key}"] = yuan(
                gettext("Up to yuan: %(level)s") % {"level": name},
                help_text=gettext("Only of a range."),
            )
            self.initial[f"low_{key}"] = row.low if row else None
            self.initial[f"high_{key}"] = row.high if row and row.high != row.low else None

    def clean(self):
        cleaned = super().clean()
        for key, _code, _name in levels_and_others(self.record):
            low, high = cleaned.get(f"low_{key}"), cleaned.get(f"high_{key}")
            if high is not None and (low is None or high < low):
                self.add_error(f"high_{key}", _("A range begins with the lower amount."))
        return cleaned

    def values(self):
        typed = super().values()
        given = {name: typed[name] for name in [*self.own, "reason"]}
        return given | {"tier": self.tier, "amounts": list(self._amounts(typed))}

    def _amounts(self, typed):
        for key, code, _name in levels_and_others(self.record):
            low, high = typed[f"low_{key}"], typed[f"high_{key}"]
            if low is not None:
                yield code, low, low if high is None else high


class ChooseTierForm(ReasonForm):
    """Which tier is meant."""

    tier = forms.ModelChoiceField(SubsidyTier.objects.none(), label=_("Tier"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tier"].queryset = self.record.tiers.all()


class FundingForm(ReasonForm):
    """Which fund pays which part; a line without a name is left out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = dict(enumerate(self.record.funding.all(), start=1))
        for number in range(1, max(MOST_FUNDS, len(held)) + 1):
            self.fields[f"fund_{number}"] = forms.CharField(
                label=gettext("Fund %(number)d") % {"number": number}, max_length=60, required=False
            )
            self.fields[f"percent_{number}"] = forms.DecimalField(
                label=gettext("Percent %(number)d") % {"number": number},
                required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2,
            )  # fmt: skip
            if row := held.get(number):
                self.initial[f"fund_{number}"] = row.fund
                self.initial[f"percent_{number}"] = row.percent
        self.order_fields([name for name in self.fields if name != "reason"])

    @property
    def numbers(self):
        return [int(name.split("_")[1]) for name in self.fields if name.startswith("fund_")]

    def clean(self):
        cleaned = super().clean()
        for number in self.numbers:
            if bool(cleaned.get(f"fund_{number}")) != bool(cleaned.get(f"percent_{number}")):
                self.add_error(f"percent_{number}", _("A fund has a name and a part."))
        return cleaned

    def values(self):
        typed = super().values()
        rows = [
            {"fund": typed[f"fund_{n}"], "percent": typed[f"percent_{n}"], "order": n}
            for n in self.numbers
            if typed[f"fund_{n}"]
        ]
        return {"reason": typed["reason"], "part": "funding", "rows": rows}


class FactorsForm(ReasonForm):
    """By how much amounts are multiplied for each level; left blank: not at all."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = {row.level: row.factor for row in self.record.factors.all()}
        for key, code, name in levels_and_others(self.record):
            self.fields[f"factor_{key}"] = forms.DecimalField(
                label=gettext("Factor: %(level)s") % {"level": name},
                required=False, min_value=0, max_digits=5, decimal_places=3,
            )  # fmt: skip
            self.initial[f"factor_{key}"] = held.get(code)
        self.order_fields([name for name in self.fields if name != "reason"])

    def values(self):
        typed = super().values()
        rows = [
            {"level": code, "factor": typed[f"factor_{key}"]}
            for key, code, _name in levels_and_others(self.record)
            if typed[f"factor_{key}"]
        ]
        return {"reason": typed["reason"], "part": "factors", "rows": rows}


class AllowanceForm(ReasonForm):
    """What an employment and a level are paid every month; all left blank: nothing."""

    employment = forms.ChoiceField(
        label=_("Full-time or part-time"),
        choices=[("", _("everybody")), *Employment.choices],
        required=False,
    )
    level = forms.ChoiceField(label=_("Level"), required=False)
    amount = yuan(_("Fixed, yuan a month"))
    case_part = yuan(_("By cases, yuan"))
    case_period = forms.ChoiceField(label=_("By cases, every"), choices=Period.choices)
    caps_cases = forms.TypedChoiceField(
        label=_("The part by cases is a ceiling"),
        choices=[("", _("not decided")), ("yes", _("Yes")), ("no", _("No"))],
        coerce={"yes": True, "no": False}.get,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("every level")), *self.record.level_names().items()]
