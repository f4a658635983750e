"""What is typed when an event is filed: shape only; the actions and the flow decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.documents import PaperField
from office.desk.forms import DeskForm, ReasonForm, RecordModelForm
from office.identity import Sex, check_credit_code, check_phone, check_resident_id
from registry.flows import FilingKind
from registry.flows.filing import changed_organization
from registry.flows.organization import members_of
from registry.forms.choosers import DIVISIONS, MEDIATORS, ORGANIZATIONS
from registry.forms.staff import DayInput
from registry.models import (
    CHANGEABLE,
    Appointment,
    ConfirmationCampaign,
    Employment,
    Filing,
    Mediator,
    Organization,
    PostHeld,
)

PAPERS = (
    ("minutes", _("Minutes of the election or appointment")),
    ("decision", _("Decision of the founding unit")),
    ("members", _("List of members")),
    ("proof", _("Other proof")),
)
POSTS = [(post, post.label) for post in (PostHeld.DIRECTOR, PostHeld.DEPUTY, PostHeld.MEMBER)]


class Draft(RecordModelForm):
    """A page of a draft: kept when it is sent, without a reason; that is asked at the end."""

    permission = "registry.change_filing"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["reason"]


class SetUpForm(Draft):
    """The organisation that is to be set up, and when it was decided."""

    permission = "registry.add_filing"
    event_on = forms.DateField(label=_("Set up on"), widget=DayInput)
    note = forms.CharField(
        label=_("What happened"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Organization
        fields = [
            "name", "short_name", "kind", "field", "division", "parent", "founding_unit",
            "credit_code", "needs_minority_member", "address", "phone", "hours",
        ]  # fmt: skip
        labels = {"name": _("Organisation name")}
        widgets = {"division": DIVISIONS.widget_class, "parent": ORGANIZATIONS.widget_class}

    def clean_credit_code(self):
        typed = self.cleaned_data["credit_code"]
        return check_credit_code(typed).number if typed else ""


class EventForm(Draft):
    """The day of the event, and what happened."""

    class Meta:
        model = Filing
        fields = ["event_on", "note"]
        widgets = {"event_on": DayInput, "note": forms.Textarea(attrs={"rows": 3})}


class ReElectionForm(EventForm):
    """The election, and the term it begins."""

    class Meta(EventForm.Meta):
        fields = ["event_on", "term_number", "term_from_on", "note"]
        labels = {"event_on": _("Elected on")}
        widgets = {**EventForm.Meta.widgets, "term_from_on": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("term_number", "term_from_on"):
            self.fields[name].required = True


class Opening:
    """The organisation an event is of."""

    permission = "registry.add_filing"
    field_order = ["organization"]


class OpenChangeForm(Opening, EventForm):
    class Meta(EventForm.Meta):
        fields = ["organization", *EventForm.Meta.fields]
        widgets = {**EventForm.Meta.widgets, "organization": ORGANIZATIONS.widget_class}


class OpenReElectionForm(Opening, ReElectionForm):
    class Meta(ReElectionForm.Meta):
        fields = ["organization", *ReElectionForm.Meta.fields]
        widgets = {**ReElectionForm.Meta.widgets, "organization": ORGANIZATIONS.widget_class}


class ProposalForm(Draft):
    """The data of the organisation as they are to be; what stays the same is left as it stands."""

    class Meta:
        model = Organization
        fields = CHANGEABLE
        labels = {"name": _("Organisation name")}

    def __init__(self, *args, record, **kwargs):
        body = changed_organization(record)
        body.revision = record.revision
        super().__init__(*args, record=body, **kwargs)

    def _post_clean(self):
        # A new value may be barred by a rule; the check page says so, the draft is kept.
        pass

    def values(self):
        values = super().values()
        values["field"] = getattr(values["field"], "pk", None)
        return values


class MemberForm(DeskForm):
    """A person of the register, named for a post."""

    permission = "registry.change_filing"
    mediator = forms.ModelChoiceField(
        label=_("Mediator"), queryset=Mediator.objects.all(), widget=MEDIATORS.widget_class
    )
    post = forms.ChoiceField(label=_("Post"), choices=POSTS, initial=PostHeld.MEMBER)
    employment = forms.ChoiceField(
        label=_("Full-time or part-time"),
        choices=Employment.choices,
        initial=Employment.PART_TIME,
    )


class NewMemberForm(DeskForm):
    """Somebody who may not be in the register yet, named for a post."""

    name = forms.CharField(label=_("Person's name"), max_length=60)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", "—"), *Sex.choices], required=False)
    born_on = forms.DateField(
        label=_("Date of birth"),
        widget=DayInput,
        required=False,
        help_text=_("May be left empty where the ID number says it."),
    )
    ethnicity = forms.CharField(label=_("Ethnicity"), max_length=20, required=False)
    id_number = forms.CharField(
        label=_("ID number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Personal phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    post = forms.ChoiceField(label=_("Post"), choices=POSTS, initial=PostHeld.MEMBER)
    employment = forms.ChoiceField(
        label=_("Full-time or part-time"),
        choices=Employment.choices,
        initial=Employment.PART_TIME,
    )

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        return check_phone(typed) if typed else ""

    def clean(self):
        """Take date of birth and sex from the ID number."""
        typed = super().clean()
        if not typed.get("id_number"):
            if "sex" in typed and not typed["sex"]:
                self.add_error("sex", _("Say the sex, or give the ID number."))
            return typed
        try:
            said = check_resident_id(typed["id_number"])
        except forms.ValidationError as fault:
            self.add_error("id_number", fault)
            return typed
        typed |= {"id_number": said.number, "born_on": said.born_on, "sex": said.sex}
        return typed


class LeavingForm(Draft):
    """Who of those in post was not elected again."""

    leaving = forms.ModelMultipleChoiceField(
        label=_("Not elected again"),
        queryset=Appointment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All others stay in post until the new term ends."),
    )

    class Meta:
        model = Filing
        fields = []

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        held = [m.pk for m in members_of(record.organization) if m.state != "candidate"]
        self.initial.setdefault("leaving", record.leaving)
        field = self.fields["leaving"]
        field.queryset = Appointment.objects.filter(pk__in=held).select_related("mediator")
        field.label_from_instance = lambda row: f"{row.mediator.name}（{row.get_post_display()}）"


class PaperForm(DeskForm):
    """A paper of the filing."""

    kind = forms.ChoiceField(label=_("Kind of paper"), choices=PAPERS)
    upload = PaperField()


class CampaignForm(RecordModelForm):
    """A yearly call to confirm."""

    permission = "registry.add_confirmationcampaign"

    class Meta:
        model = ConfirmationCampaign
        fields = ["year", "division", "from_on", "due_on"]
        widgets = {
            "division": DIVISIONS.widget_class, "from_on": DayInput, "due_on": DayInput,
        }  # fmt: skip


class ConfirmForm(DeskForm):
    """The word that people and data are right, or what is not."""

    differences = forms.CharField(
        label=_("What differs"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Empty: people and data are as the register says."),
    )


class SentForm(ReasonForm):
    """When the letter went out, and to which court."""

    sent_on = forms.DateField(label=_("Sent on"), widget=DayInput)
    court = forms.CharField(label=_("Court"), max_length=60)

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        if record is not None:
            self.initial.setdefault("court", record.court)


OPENING = {FilingKind.CHANGE: OpenChangeForm, FilingKind.RE_ELECTION: OpenReElectionForm}
