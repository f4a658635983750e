"""What officers may type about a case: its facts, who mediated, its parties, how it ended."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.flows import CLOSED, CaseState
from casework.forms.case_parts import (
    MOST_SHARES,
    SHARE_FIELDS,
    AgreementPart,
    FulfilmentPart,
    PartiesPart,
    SharesPart,
    classes_for,
    outcome_of,
    parties_of,
)
from casework.models import (
    Agreement,
    CaseRecord,
    DifficultyClass,
    FileDocument,
    Judgment,
    JudicialConfirmation,
)
from office.desk.forms import DeskForm, ReasonForm, RecordModelForm
from registry.forms.choosers import ORGANIZATIONS
from registry.forms.staff import DayInput

ENDS = [
    ("", _("not ended yet")),
    ("succeed", CaseState.SUCCEEDED.label),
    ("fail", CaseState.FAILED.label),
    ("withdraw", CaseState.WITHDRAWN.label),
    ("transfer", CaseState.TRANSFERRED.label),
]
WRITTEN_ONLY = _("Leave it empty to keep what is stored; it is shown to nobody without a reason.")
SIDES = ("applicants", "respondents", "others")


class CaseForm(SharesPart, PartiesPart, RecordModelForm):
    """The facts of a case. Names and what it was about are written anew, never shown here."""

    permission = "casework.change_caserecord"

    documents = forms.MultipleChoiceField(
        label=_("Documents in the file"),
        choices=FileDocument.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    new_summary = forms.CharField(
        label=_("What it was about"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=WRITTEN_ONLY,
    )

    class Meta:
        model = CaseRecord
        fields = [
            "dispute_type", "difficulty", "source", "accepted_on", "people", "amount", "attempts",
            "documents",
        ]  # fmt: skip
        widgets = {"accepted_on": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        if self.record is None:
            self.initial.setdefault("accepted_on", today)
            self.fields["new_summary"].help_text = ""
            self.offer_classes(classes_for(self.user, today))
        else:
            self.fields["applicants"].help_text = WRITTEN_ONLY
            self.open_shares()
            self.offer_classes(
                classes_for(self.user, self.record.accepted_on, self.record.division_id)
                | DifficultyClass.objects.filter(pk=self.record.difficulty_id)
            )
        self.order_fields([name for name in self.fields if name != "reason"])

    def offer_classes(self, classes):
        field = self.fields["difficulty"]
        field.queryset = classes
        field.label_from_instance = lambda row: f"{row}（{row.scheme}）"

    def open_shares(self):
        """Fill in who mediated; with somebody out of reach among them, they stay as they are."""
        shares = list(self.record.shares.order_by("pk"))
        reached = self.fields["mediator_1"].queryset
        people = {share.mediator_id for share in shares}
        if len(shares) > MOST_SHARES or reached.filter(pk__in=people).count() != len(people):
            for name in SHARE_FIELDS:
                del self.fields[name]
            return
        self.fields["mediator_1"].required = self.record.state != CaseState.DRAFT
        for place, share in enumerate(shares, 1):
            self.initial[f"mediator_{place}"] = share.mediator_id
            self.initial[f"role_{place}"] = share.role
            self.initial[f"weight_{place}"] = share.weight

    def values(self):
        typed = super().values()
        given = {name: value for name, value in typed.items() if name not in self.parts}
        if "mediator_1" in self.fields and self.changed(SHARE_FIELDS):
            given["shares"] = self.shares(typed)
        if parties := parties_of(typed):
            given["parties"] = parties
        if typed["new_summary"]:
            given["summary"] = typed["new_summary"]
        return given

    def changed(self, names):
        return self.record is None or any(name in self.changed_data for name in names)

    @property
    def parts(self):
        return {*SHARE_FIELDS, *SIDES, "new_summary"}


class NewCaseForm(AgreementPart, CaseForm):
    """A case as it is entered: a draft, an open case, or one that is over with its outcome."""

    permission = "casework.add_caserecord"

    as_draft = forms.BooleanField(
        label=_("Keep it as a draft: it gets no number and counts nowhere"), required=False
    )
    ended = forms.ChoiceField(
        label=pgettext_lazy("case", "How it ended"), choices=ENDS, required=False
    )
    closed_on = forms.DateField(label=_("Closed on"), widget=DayInput, required=False)
    transferred_to = forms.CharField(label=_("Passed on to"), max_length=120, required=False)

    class Meta(CaseForm.Meta):
        fields = ["organization", *CaseForm.Meta.fields]
        widgets = {**CaseForm.Meta.widgets, "organization": ORGANIZATIONS.widget_class}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["agreement"].initial = Agreement.WRITTEN

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ended") and cleaned.get("as_draft"):
            self.add_error("as_draft", _("A draft has no end."))
        return cleaned

    def values(self):
        given = super().values()
        typed = {name: given.pop(name) for name in self.ending if name in given}
        given["close"] = close_of(typed)
        return given

    @property
    def ending(self):
        return {*AgreementPart.base_fields, "ended", "closed_on", "transferred_to"}


def close_of(typed):
    """Return the argument ``close`` of ``enter_case`` for what was typed of the end, or None."""
    if not typed.get("ended"):
        return None
    close = {"step": typed["ended"], "closed_on": typed.get("closed_on")}
    if typed["ended"] == "succeed":
        close |= outcome_of(typed)
    if typed["ended"] == "transfer":
        close["transferred_to"] = typed.get("transferred_to", "")
    return close


class EndForm(DeskForm):
    """On which day a case ended."""

    closed_on = forms.DateField(label=_("Closed on"), widget=DayInput)
    reason = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the ledger: name no party in it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("closed_on", timezone.localdate())
        self.order_fields([name for name in self.fields if name != "reason"])


class SucceedForm(AgreementPart, EndForm):
    """The end of a case that succeeded, with its agreement."""

    def values(self):
        typed = super().values()
        return {
            "closed_on": typed["closed_on"], "reason": typed["reason"], **outcome_of(typed)
        }  # fmt: skip


class TransferForm(EndForm):
    """To whom a case was passed on."""

    transferred_to = forms.CharField(label=_("Passed on to"), max_length=120)


class AcceptForm(DeskForm):
    """Nothing more is asked: the case is accepted as the draft says."""


class FulfilmentForm(FulfilmentPart, ReasonForm):
    """What became of the agreement."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        for name in FulfilmentPart.base_fields:
            value = getattr(self.record, name, None)
            stored = {True: "yes", False: "no"}.get(value, value) if name == VOLUNTARY else value
            self.initial.setdefault(name, stored)


VOLUNTARY = "is_voluntary"


class ConfirmationForm(ReasonForm):
    """What a court did with the agreement."""

    confirmation = forms.ChoiceField(
        label=_("Judicial confirmation"),
        choices=[("", _("not asked for")), *JudicialConfirmation.choices],
        required=False,
    )
    confirmation_on = forms.DateField(label=_("Court decided on"), widget=DayInput, required=False)
    judgment = forms.ChoiceField(
        label=_("Later judgment"),
        choices=[("", _("nothing known")), *Judgment.choices],
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        for name in ("confirmation", "confirmation_on", "judgment"):
            self.initial.setdefault(name, getattr(self.record, name, None))


class JoinForm(ReasonForm):
    """Which other entry is of the same dispute."""

    permission = "casework.join_caserecord"

    number = forms.CharField(label=_("Number of the other case"), max_length=40)

    def clean_number(self):
        rows = CaseRecord.objects.within(self.user, self.permission)
        found = rows.filter(number=self.cleaned_data["number"].strip())
        found = found.filter(state__in=[CaseState.ACCEPTED, *CLOSED]).first()
        if found is None or found.pk == self.record.pk:
            raise forms.ValidationError(_("There is no other case with this number."))
        return found

    def values(self):
        return {"other": self.cleaned_data["number"], "reason": self.cleaned_data["reason"]}
