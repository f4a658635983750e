"""What officers may type about the register: shape only; the actions decide."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm, RecordModelForm
from office.identity import check_credit_code, check_phone, check_resident_id
from office.personal import mask_phone, mask_resident_id
from office.roles import Role
from office.scopes import grants_of
from registry.flows import OrganizationState
from registry.forms.choosers import DIVISIONS, ORGANIZATIONS
from registry.models import FILED_ONLY, ConsentField, Mediator, Organization, Post
from registry.rules import grantable


class DayInput(forms.DateInput):
    """The browser's own field for a date: no script, and at home on a telephone."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class OrganizationForm(RecordModelForm):
    """The data of an organisation; of a listed one without what only a filing changes."""

    permission = "registry.change_organization"

    class Meta:
        model = Organization
        fields = [
            "name", "short_name", "kind", "field", "division", "parent", "founding_unit",
            "credit_code", "number", "established_on", "filed_on", "needs_minority_member",
            "address", "phone", "hours",
        ]  # fmt: skip
        labels = {"name": _("Organisation name")}
        widgets = {
            "division": DIVISIONS.widget_class,
            "parent": ORGANIZATIONS.widget_class,
            "established_on": DayInput,
            "filed_on": DayInput,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None and self.record.state == OrganizationState.LISTED:
            for name in FILED_ONLY:
                self.fields.pop(name, None)

    def clean_number(self):
        # Unique where there is one: none is no number, not an empty one.
        return self.cleaned_data["number"] or None

    def clean_credit_code(self):
        typed = self.cleaned_data["credit_code"]
        return check_credit_code(typed).number if typed else ""


class NewOrganizationForm(OrganizationForm):
    permission = "registry.add_organization"


class EntryErrorForm(RecordModelForm):
    """What only a filing changes, where it was entered wrongly."""

    permission = "registry.correct_organization"

    class Meta(OrganizationForm.Meta):
        fields = FILED_ONLY


class MediatorForm(RecordModelForm):
    """The data of a mediator. Personal numbers are never shown here, only replaced."""

    permission = "registry.change_mediator"
    NUMBERS = {
        "id_number": (check_resident_id, mask_resident_id),
        "phone": (check_phone, mask_phone),
    }

    class Meta:
        model = Mediator
        fields = [
            "name", "sex", "born_on", "ethnicity", "education", "background", "political_status",
            "id_number", "phone", "certificate_number", "division", "specialities", "languages",
            "note",
        ]  # fmt: skip
        labels = {"name": _("Person's name")}
        widgets = {
            "born_on": DayInput,
            "id_number": forms.TextInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"autocomplete": "off"}),
            "division": DIVISIONS.widget_class,
            "specialities": forms.CheckboxSelectMultiple,
            "languages": forms.CheckboxSelectMultiple,
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (_check, mask) in self.NUMBERS.items():
            self.initial.pop(name, None)
            known = getattr(self.record, name, "")
            if known:
                self.fields[name].help_text = gettext(
                    "On record: %(mask)s. Leave empty to keep it, type a new one to replace it."
                ) % {"mask": mask(known)}

    def clean_certificate_number(self):
        return self.cleaned_data["certificate_number"] or None

    def clean_id_number(self):
        return self._number("id_number")

    def clean_phone(self):
        return self._number("phone")

    def _number(self, name):
        typed = self.cleaned_data[name]
        if not typed:
            return getattr(self.record, name, "")
        read = self.NUMBERS[name][0](typed)
        return getattr(read, "number", read)

    def clean(self):
        """Take date of birth and sex from a new ID number, or say that they contradict it."""
        typed = super().clean()
        if "id_number" in self.changed_data and typed.get("id_number"):
            said = check_resident_id(typed["id_number"])
            for name, value in [("born_on", said.born_on), ("sex", said.sex)]:
                if typed.get(name) and typed[name] != value:
                    self.add_error(name, _("This does not agree with the ID number."))
                typed[name] = value
        return typed

    def values(self):
        values = super().values()
        return {name: value for name, value in values.items() if self._is_given(name)}

    def _is_given(self, name):
        return name not in self.NUMBERS or name in self.changed_data


class NewMediatorForm(MediatorForm):
    permission = "registry.add_mediator"


class PhotoForm(ReasonForm):
    """A new photo; it is drawn anew, and what the file says beside the picture is dropped."""

    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, at most 8 MB."),
    )


class ConsentForm(ReasonForm):
    """Which optional field is meant; the reason names the paper on which the consent stands."""

    field = forms.ChoiceField(label=_("Field to be published"), choices=ConsentField.choices)


class NewConsentForm(ConsentForm):
    """A consent given, and when."""

    given_on = forms.DateField(label=_("Given on"), widget=DayInput)


class FindForm(forms.Form):
    """Finds a person by the exact number. It is sent, never put into an address."""

    number = forms.CharField(
        label=_("ID number, phone or certificate number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NewPostForm(RecordModelForm):
    """A post for an officer: only roles this officer may give, only places in the own area."""

    permission = "registry.add_post"
    # Typed, not chosen: a list of accounts would show who serves in other counties.
    account = forms.CharField(label=_("User name of the account"), max_length=150)

    class Meta:
        model = Post
        fields = ["role", "division", "organization", "from_on", "until_on"]
        widgets = {
            "division": DIVISIONS.widget_class,
            "organization": ORGANIZATIONS.widget_class,
            "from_on": DayInput,
            "until_on": DayInput,
        }

    field_order = ["account"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        roles = grantable({grant.role for grant in grants_of(self.user)})
        if self.user.is_superuser:
            roles = list(Role)
        self.fields["role"].choices = [("", "---------"), *[(role, role.label) for role in roles]]

    def clean_account(self):
        accounts = get_user_model().objects.filter(is_active=True)
        account = accounts.filter(username=self.cleaned_data["account"]).first()
        if account is None:
            raise forms.ValidationError(_("There is no account with this user name."))
        return account

    def clean(self):
        """A clerk serves in an organisation, everybody else in a division."""
        typed = super().clean()
        wanted = "organization" if typed.get("role") == Role.CLERK else "division"
        other = {"organization": "division", "division": "organization"}[wanted]
        if typed.get("role") and not typed.get(wanted):
            self.add_error(wanted, _("Choose where the post is."))
        typed[other] = None
        return typed

    def values(self):
        values = super().values()
        values["user"] = values.pop("account")
        return values


class EndPostForm(ReasonForm):
    """The first day without the post."""

    until_on = forms.DateField(label=_("First day without the post"), widget=DayInput)
