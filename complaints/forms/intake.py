"""What the public may type in the form for complaints: shape only."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from complaints.models import ComplaintGround, Mode
from complaints.queries.respondents import counties
from office.identity import check_phone, plain
from registry.search.typed import understand

FEWEST_LETTERS, MOST_LETTERS = 10, 3_000
MOST_LETTERS_OF_WHOM = 500
DAY = re.compile(
    r"([0-9]{4})(?:[-–—/.年]([0-9]{1,2})[-–—/.月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))"
)
EARLIEST_YEAR = 1990


class TextField(forms.CharField):
    """A text of several lines; a line break is one character, as one counts it."""

    widget = forms.Textarea

    def __init__(self, *, fewest, most, **kwargs):
        self.fewest, self.most = fewest, most
        super().__init__(**kwargs)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").strip()

    def validate(self, value):
        super().validate(value)
        if value and len(value) < self.fewest:
            told = _("Write what happened, in at least %(fewest)d characters.")
            raise ValidationError(told % {"fewest": self.fewest})
        if len(value) > self.most:
            told = _("The text has %(length)d characters. Shorten it to at most %(most)d.")
            raise ValidationError(told % {"length": len(value), "most": self.most})


class WayForm(forms.Form):
    """Whether somebody gives a name; each way is a button of its own."""

    mode = forms.ChoiceField(
        label=_("Way of complaining"),
        choices=Mode.choices,
        error_messages={
            "required": _("Choose how you want to complain."),
            "invalid_choice": _("Choose how you want to complain."),
        },
    )


class SearchForm(forms.Form):
    """The name of a mediator or an organisation."""

    q = forms.CharField(
        label=_("Name of the mediator or the committee"),
        help_text=_("Part of the name is enough. You may add the village or the county."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type a name, or choose “I do not know the name”.")},
    )

    def clean_q(self):
        understand(self.cleaned_data["q"])
        return self.cleaned_data["q"]


class UnknownForm(forms.Form):
    """Somebody whose name is not known: as described, in a county of the city."""

    description = TextField(
        label=_("Whom do you mean?"),
        fewest=0,
        most=MOST_LETTERS_OF_WHOM,
        help_text=_("Where and when it was, what the person looked like, who else was there."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Describe whom you mean.")},
    )
    county = forms.ModelChoiceField(
        label=_("County where it happened"),
        queryset=None,
        empty_label=_("Choose a county"),
        error_messages={
            "required": _("Choose the county where it happened."),
            "invalid_choice": _("Choose the county where it happened."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["county"].queryset = counties()


class WhatForm(forms.Form):
    """What happened, when, and which grounds it falls under."""

    marks_optional = True

    grounds = forms.MultipleChoiceField(
        label=_("What is it about?"),
        help_text=_("Choose all that apply. People's Mediation Law, articles 4 and 15."),
        choices=ComplaintGround.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    happened_on = forms.CharField(
        label=_("Date when it happened"),
        required=False,
        help_text=_("For example 2026-11-05. Leave it empty if you do not know it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )
    text = TextField(
        label=_("What happened?"),
        fewest=FEWEST_LETTERS,
        most=MOST_LETTERS,
        help_text=_(
            "10 to 3,000 characters. Do not write ID or bank card numbers. If you want to stay "
            "anonymous, do not write your own name or address either."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write what happened, in at least 10 characters.")},
    )

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_happened_on(self):
        """Return the day as ISO text, or nothing."""
        typed = plain(self.cleaned_data["happened_on"])
        if not typed:
            return ""
        day = _read_day(typed)
        if day is None or day.year < EARLIEST_YEAR:
            raise ValidationError(_("Write the date like 2026-11-05."))
        if day > self.today:
            raise ValidationError(_("This day has not come yet. Check the date."))
        return day.isoformat()


class SeveralFiles(forms.FileInput):
    """A field in which several files may be chosen at once; a phone offers its pictures too."""

    allow_multiple_selected = True


class EvidenceForm(forms.Form):
    """Files that prove something. They are vetted one by one, each with its own refusal."""

    files = forms.FileField(
        label=_("Choose files"),
        required=False,
        help_text=_("Pictures (JPEG, PNG, WebP), PDF, Word or Excel; 8 MB each at most."),
        widget=SeveralFiles(
            attrs={
                "multiple": True,
                "accept": "image/jpeg,image/png,image/webp,.jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx",
            }
        ),
    )


class ContactForm(forms.Form):
    """Who complains and how to be reached; sealed at once."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    phone = forms.CharField(
        label=_("Your phone"),
        max_length=30,
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
        error_messages={"required": _("Write your telephone number.")},
    )

    def clean_phone(self):
        return check_phone(self.cleaned_data["phone"])


def _read_day(typed):
    found = DAY.fullmatch(typed)
    if found is None:
        return None
    year, *parts = (part for part in found.groups() if part)
    try:
        return date(int(year), *map(int, parts))
    except ValueError:
        return None
