"""What is typed about claims and allowances: shape only; the actions and the flows decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import CaseRecord, PayLine, SubsidyTier
from casework.rules.allowances import ProRata
from office.desk.documents import PaperField
from office.desk.forms import ReasonForm
from registry.forms.choosers import DIVISIONS, MEDIATORS, ORGANIZATIONS
from registry.forms.staff import DayInput
from registry.models import Division, Mediator, Organization

QUARTERS = [(number, str(number)) for number in (1, 2, 3, 4)]
LENGTHS = [(1, _("one month")), (3, _("one quarter"))]


def yuan(label, **given):
    """A field for an amount of yuan."""
    return forms.DecimalField(label=label, max_digits=10, decimal_places=2, min_value=0, **given)


class NewBatchForm(ReasonForm):
    """Whose cases of which quarter are claimed."""

    permission = "casework.add_claimbatch"
    organization = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organization.objects.all(),
        widget=ORGANIZATIONS.widget_class,
    )
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    quarter = forms.TypedChoiceField(label=_("Quarter"), choices=QUARTERS, coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        own = list(self.fields["organization"].queryset[:2])
        if len(own) == 1:
            # A clerk serves one organisation: there is nothing to choose.
            self.initial.setdefault("organization", own[0].pk)


class SubmitForm(ReasonForm):
    """The word of the organisation with which a batch is handed in."""

    declares = forms.BooleanField(
        label=_(
            "I declare: no other fund has paid for these cases but what is entered with a line, "
            "and nobody is on the public payroll but who is entered there."
        )
    )


class ReviewForm(ReasonForm):
    """Who of the township reviewed the batch, when, and the paper that was signed."""

    leader = forms.CharField(label=_("Leader of the township"), max_length=60)
    reviewed_on = forms.DateField(label=_("Signed on"), widget=DayInput)
    document = PaperField(label=_("Signed paper"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Opinion")


class OpinionForm(ReasonForm):
    """The opinion of a check; it stands on the approval sheet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Opinion")
        self.fields["reason"].help_text = _("It stands on the approval sheet with your name.")


class PaidForm(ReasonForm):
    """When it was paid, under which voucher."""

    paid_on = forms.DateField(label=_("Paid on"), widget=DayInput)
    voucher = forms.CharField(label=_("Voucher number"), max_length=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class AddCaseForm(ReasonForm):
    """A further case for a draft, by its number."""

    number = forms.CharField(
        label=_("Case number"),
        max_length=40,
        help_text=_("A case closed before the quarter, with the reason why it is claimed late."),
    )

    def clean_number(self):
        typed = self.cleaned_data["number"].strip()
        cases = CaseRecord.objects.filter(organization=self.record.organization_id, number=typed)
        found = cases.first()
        if found is None:
            raise forms.ValidationError(_("This organisation has no case of this number."))
        return found

    def values(self):
        values = super().values()
        return {**values, "case": values.pop("number")}


class AdjustForm(ReasonForm):
    """Another tier or amount for a line; what stays empty stays as it is."""

    tier = forms.ModelChoiceField(
        label=_("Tier"), queryset=SubsidyTier.objects.none(), required=False
    )
    amount = yuan(_("Amount (yuan)"), required=False)
    paid_elsewhere = yuan(_("Paid by another fund (yuan)"), required=False)
    document = PaperField(
        label=_("Paper of the decision"),
        required=False,
        help_text=_("For an amount that is decided case by case."),
    )

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        if record is not None:
            tiers = SubsidyTier.objects.filter(scheme=record.scheme_id)
            self.fields["tier"].queryset = tiers
            self.initial |= {"tier": record.tier_approved_id, "amount": record.amount_approved}

    def values(self):
        """Leave out what was not touched."""
        typed = super().values()
        same = {"tier": self.record.tier_approved, "amount": self.record.amount_approved}
        for name, held in same.items():
            if typed[name] == held:
                typed[name] = None
        return typed


class NewRunForm(ReasonForm):
    """Of which division or organisation, and of which months."""

    permission = "casework.add_allowancerun"
    division = forms.ModelChoiceField(
        label=_("Division"), queryset=Division.objects.all(), widget=DIVISIONS.widget_class
    )
    organization = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organization.objects.all(),
        widget=ORGANIZATIONS.widget_class,
        required=False,
        help_text=_("Empty: all organisations of the division."),
    )
    from_on = forms.DateField(label=_("First day"), widget=DayInput)
    months = forms.TypedChoiceField(label=_("For"), choices=LENGTHS, coerce=int)
    pro_rata = forms.ChoiceField(
        label=_("Months begun"), choices=ProRata.choices, initial=ProRata.BY_DAYS
    )


class PerformanceForm(ReasonForm):
    """Performance pay for one person and month."""

    permission = "casework.add_performance_allowancerun"
    mediator = forms.ModelChoiceField(
        label=_("Mediator"), queryset=Mediator.objects.all(), widget=MEDIATORS.widget_class
    )
    month = forms.DateField(label=_("A day of the month"), widget=DayInput)
    label = forms.CharField(label=_("For what"), max_length=80)
    amount = yuan(_("Amount (yuan)"))


class StrikePerformanceForm(ReasonForm):
    """A performance line that is not to be paid."""

    line = forms.ModelChoiceField(label=_("Line"), queryset=PayLine.objects.none())

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        if record is not None:
            lines = record.lines.standing().filter(kind="performance")
            self.fields["line"].queryset = lines.select_related("mediator")


class PayrollForm(ReasonForm):
    """Somebody on the public payroll, and since when."""

    permission = "casework.add_publicpayroll"
    mediator = forms.ModelChoiceField(
        label=_("Mediator"), queryset=Mediator.objects.all(), widget=MEDIATORS.widget_class
    )
    employer = forms.CharField(label=_("Employer"), max_length=120)
    from_on = forms.DateField(label=_("From"), widget=DayInput)


class PayrollEndForm(ReasonForm):
    """The first day on which somebody is not on the public payroll any more."""

    until_on = forms.DateField(label=_("Until"), widget=DayInput)
