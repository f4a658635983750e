"""What officers may type about notices, orders to rectify and deregistrations: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm, RecordModelForm
from office.identity import check_phone
from registry.flows import OrganizationState
from registry.flows.closure import UNDER_AN_ORDER
from registry.forms.choosers import DIVISIONS, ORGANIZATIONS
from registry.forms.staff import DayInput
from registry.models import Closure, Organization, PublicNotice, Rectification
from registry.models.notice import KINDS
from registry.questions import Destination


class NoticeForm(RecordModelForm):
    """A notice that is not published yet."""

    permission = "registry.change_publicnotice"

    class Meta:
        model = PublicNotice
        fields = ["kind", "title", "body", "division"]
        widgets = {"division": DIVISIONS.widget_class, "body": forms.Textarea(attrs={"rows": 12})}
        help_texts = {"body": _("Plain text; each line becomes a paragraph.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = self.record.kind if self.record else None
        choices = [
            (kind.code, kind.label) for kind in KINDS.values() if kind.by_hand or kind.code == mine
        ]
        self.fields["kind"] = forms.ChoiceField(
            label=self.fields["kind"].label, choices=choices, initial=mine
        )
        self.order_fields(["kind", "title", "body", "division", "reason"])


class NewNoticeForm(NoticeForm):
    permission = "registry.add_publicnotice"


class AnswerForm(ReasonForm):
    """What the objector is told."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The objector reads it with the receipt code."),
    )


class NewRectificationForm(RecordModelForm):
    """An order to an organisation to put something right."""

    permission = "registry.add_rectification"

    class Meta:
        model = Rectification
        fields = ["organization", "ground", "faults"]
        widgets = {
            "organization": ORGANIZATIONS.widget_class,
            "faults": forms.Textarea(attrs={"rows": 5}),
        }


class RecheckForm(ReasonForm):
    """What the re-check found."""

    result = forms.CharField(
        label=_("Result of the re-check"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ClosureForm(RecordModelForm):
    """The ground of a deregistration and who carries on."""

    permission = "registry.change_closure"

    class Meta:
        model = Closure
        fields = ["ground", "facts", "rectification", "successor"]
        widgets = {
            "successor": ORGANIZATIONS.widget_class,
            "facts": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "rectification": _("Needed unless the founding unit itself decided."),
            "successor": _("Needed after a merger."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["rectification"]
        standing = field.queryset.filter(state="failed", organization__state__in=UNDER_AN_ORDER)
        field.queryset = standing.select_related("organization")
        body = self.record.organization if self.record else self.body_asked_for()
        if body:
            field.queryset = field.queryset.filter(organization=body)
        if body and not self.record and body.state == OrganizationState.RECTIFYING:
            # The order it is under, unless that still runs.
            self.initial.setdefault("rectification", field.queryset.first())

    def body_asked_for(self):
        """The organisation the form was opened from, if any."""
        chooser = self.fields["organization"].widget if "organization" in self.fields else None
        return chooser and chooser.get_instance(self.initial.get("organization"))


class NewClosureForm(ClosureForm):
    permission = "registry.add_closure"

    class Meta(ClosureForm.Meta):
        fields = ["organization", *ClosureForm.Meta.fields]
        widgets = {**ClosureForm.Meta.widgets, "organization": ORGANIZATIONS.widget_class}


class CustodyForm(ReasonForm):
    """Who keeps the seal, the plaque and the files, and since when."""

    seal_with = forms.CharField(label=_("Seal kept by"), max_length=120)
    seal_on = forms.DateField(label=_("Seal handed over on"), widget=DayInput)
    plaque_with = forms.CharField(label=_("Plaque kept by"), max_length=120)
    plaque_on = forms.DateField(label=_("Plaque handed over on"), widget=DayInput)
    files_with = forms.CharField(label=_("Files kept by"), max_length=120)
    files_on = forms.DateField(label=_("Files handed over on"), widget=DayInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields:
            if self.record is not None and hasattr(self.record, name):
                self.initial.setdefault(name, getattr(self.record, name))


class CarryOutForm(ReasonForm):
    """The name of the organisation, typed again: nothing leads back from a deregistration."""

    typed_name = forms.CharField(
        label=_("Type the full name of the organisation"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SettleForm(ReasonForm):
    """What becomes of something that the deregistration touches."""

    permission = "registry.view_organization"

    destination = forms.ChoiceField(label=_("Destination"), choices=Destination.choices)
    target = forms.ModelChoiceField(
        label=_("Organisation it goes to"),
        queryset=Organization.objects.listed(),
        required=False,
        widget=ORGANIZATIONS.widget_class,
        help_text=_("Only if it is moved."),
    )
    note = forms.CharField(
        label=_("Handed over to"),
        max_length=200,
        required=False,
        help_text=_("Only if it is handed over: name and office."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None:
            labels = dict(Destination.choices)
            allowed = [(code, labels[code]) for code in self.record.allowed]
            self.fields["destination"].choices = allowed
            self.initial.setdefault("destination", self.record.destination)


class ObjectionForm(forms.Form):
    """What somebody of the public has against a notice; a name is not asked for."""

    marks_optional = True

    submission = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What do you object to, and why?"),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what you object to.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        required=False,
        help_text=_("Leave name and phone empty to stay anonymous."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Your phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        return check_phone(typed) if typed else ""


class ReceiptForm(forms.Form):
    """The receipt code of an objection."""

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the receipt code.")},
    )
