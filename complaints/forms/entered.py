"""What an officer types for somebody who complains at the window, by letter or telephone."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.actions.entering import BY_OFFICERS
from complaints.forms.choosers import ROSTER_MEDIATORS, ROSTER_ORGANIZATIONS, on_the_roster
from complaints.imports.columns import LEAST_LETTERS, LONGEST_NAME, MOST_LETTERS
from complaints.imports.whom import body_of
from complaints.models import Channel, ComplaintGround, Mode, Subject
from complaints.rules.tickets import LONGEST, ticket_number
from office.desk.forms import DeskForm
from office.documents import readable, vetted
from office.identity import check_phone
from registry.forms.staff import DayInput
from registry.models import Mediator, Organization

C = Channel
CHANNELS = [(one.value, one.label) for one in BY_OFFICERS]
MOST_FILES = 9
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx"


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Several files, each vetted: ``(content, suffix, name)``."""

    widget = FilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data, initial=None):
        uploads = [one for one in data or [] if one]
        if len(uploads) > MOST_FILES:
            raise ValidationError(_("Choose at most nine files."))
        return [(*vetted(one), readable(one.name)) for one in uploads]


class EnteredForm(DeskForm):
    """One complaint as an officer takes it. Nothing of it is ever shown again."""

    channel = forms.ChoiceField(
        label=_("How it came in"), choices=CHANNELS, initial=C.WINDOW, widget=forms.RadioSelect
    )
    source_number = forms.CharField(
        label=_("Number of the ticket or letter"),
        max_length=LONGEST,
        required=False,
        help_text=_("Needed for the hotline and for what another body passes on."),
    )
    source_on = forms.DateField(
        label=_("Date of the ticket or letter"),
        required=False,
        widget=DayInput,
        help_text=_("All limits run from today, the day it reached the bureau."),
    )
    source_body = forms.CharField(
        label=_("Body that passes it on"), max_length=LONGEST_NAME, required=False
    )
    mode = forms.ChoiceField(
        label=_("Way of complaining"), choices=Mode.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("Name of the complainant"), max_length=LONGEST_NAME, required=False
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    address = forms.CharField(label=_("Address for letters"), max_length=200, required=False)
    about = forms.ChoiceField(label=_("About"), choices=Subject.choices, widget=forms.RadioSelect)
    mediator = forms.ModelChoiceField(
        label=_("Mediator"),
        queryset=Mediator.objects.all(),
        required=False,
        widget=ROSTER_MEDIATORS.widget_class,
    )
    organization = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organization.objects.all(),
        required=False,
        widget=ROSTER_ORGANIZATIONS.widget_class,
    )
    whom = forms.CharField(
        label=_("Who it was, as far as is known"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    grounds = forms.MultipleChoiceField(
        label=_("What is complained of"),
        choices=ComplaintGround.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    happened_on = forms.DateField(label=_("When it happened"), required=False, widget=DayInput)
    facts = forms.CharField(
        label=_("What happened"),
        min_length=LEAST_LETTERS,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("In the words of the complainant. It is sealed at once."),
    )
    files = EvidenceField(
        label=_("Evidence"),
        required=False,
        help_text=_(
            "At most nine files: PDF, Word, Excel or pictures. If the form comes back, choose them"
            " again."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("mediator", "organization"):
            field = self.fields[name]
            # Whoever comes may complain of anybody in the city.
            field.queryset = on_the_roster(field.queryset.model)
            field.widget.rows = field.queryset
        # The edge of the request reads the clock.
        self.today = timezone.localdate()

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        return check_phone(typed) if typed else ""

    def clean_source_number(self):
        typed = self.cleaned_data["source_number"]
        number = ticket_number(typed)
        if typed and not number:
            raise ValidationError(_("This is no number of a ticket or letter."))
        return number

    def clean_source_on(self):
        return self._past("source_on")

    def clean_happened_on(self):
        return self._past("happened_on")

    def _past(self, name):
        day = self.cleaned_data[name]
        if day and day > self.today:
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self):
        typed = super().clean()
        self._check_source(typed)
        self._check_contact(typed)
        self._check_whom(typed)
        return typed

    def _check_source(self, typed):
        channel = typed.get("channel")
        if channel in {C.HOTLINE, C.UPPER} and "source_number" in typed:
            self._need("source_number", _("Give the number of the ticket or letter."))
        if channel == C.UPPER:
            self._need("source_on", _("Give the date of the letter."))
            self._need("source_body", _("Name the body that passes it on."))

    def _check_contact(self, typed):
        if typed.get("mode") == Mode.ANONYMOUS:
            for name in ("name", "phone", "address"):
                if typed.get(name):
                    said = _("Of an anonymous complaint nothing of this is kept: leave it empty.")
                    self.add_error(name, said)
        elif typed.get("mode"):
            # The hotline often knows no more than the number that called.
            if typed.get("channel") != C.HOTLINE:
                self._need("name", _("Give the name, or take the complaint as anonymous."))
            if not typed.get("address"):
                self._need("phone", _("Give a telephone number or an address."))

    def _check_whom(self, typed):
        needed = {
            Subject.MEDIATOR: ("mediator", _("Choose the mediator.")),
            Subject.ORGANIZATION: ("organization", _("Choose the organisation.")),
            Subject.UNKNOWN: ("whom", _("Say who it was, as far as is known.")),
        }
        if typed.get("about") in needed:
            self._need(*needed[typed["about"]])

    def _need(self, name, sentence):
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def values(self):
        """Return what was typed, as ``enter_complaint`` takes it."""
        told = super().values()
        told["identity"] = {name: told.pop(name) for name in ("name", "phone", "address")}
        if told["about"] == Subject.MEDIATOR:
            body = body_of(told["mediator"].row)
            told["organization"] = Organization.objects.filter(pk=body).first()
        else:
            told["mediator"] = None
        told["submission"] = self.cleaned_data["submission"]
        return told
