"""What the holder of a receipt code types: shape only."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from complaints.forms.intake import SeveralFiles
from office.desk.submissions import new_key
from office.pictures import MEGABYTE

MOST_LETTERS = 3_000
FILES_AT_ONCE = 5
MOST_BYTES_A_FILE = 8 * MEGABYTE
FORMATS = "image/jpeg,image/png,image/webp,.jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx"
MARKS = [
    (5, _("5, very satisfied")),
    (4, _("4, satisfied")),
    (3, _("3, neither")),
    (2, _("2, dissatisfied")),
    (1, _("1, very dissatisfied")),
]


class FilesField(forms.FileField):
    """Files, each checked like one; ``cleaned_data`` holds a list."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        files = [one for one in (data or []) if one]
        if len(files) > FILES_AT_ONCE:
            told = _("Send %(most)d files at once at most.")
            raise forms.ValidationError(told % {"most": FILES_AT_ONCE})
        if any(one.size > MOST_BYTES_A_FILE for one in files):
            limit = filesizeformat(MOST_BYTES_A_FILE)
            raise forms.ValidationError(_("A file is larger than %(limit)s.") % {"limit": limit})
        return [super(FilesField, self).clean(one, initial) for one in files]


class FollowCodeForm(forms.Form):
    """The receipt code. Whatever is no code is refused later, like any code nobody has."""

    code = forms.CharField(
        label=_("Follow-up code"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "maxlength": 60,
            }
        ),
        help_text=_("16 characters. Dashes, blanks and capitals make no difference."),
        error_messages={"required": _("Type the follow-up code.")},
    )


class SendingForm(forms.Form):
    """A form that takes effect once, however often it is sent."""

    marks_optional = True

    submission = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput, initial=new_key)


def words(label, **given):
    """Return a field for a text of some length."""
    return forms.CharField(
        label=label,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write a few words.")},
        **given,
    )


class MaterialForm(SendingForm):
    """Something to add to a complaint: words, files or both."""

    text = words(
        _("What do you want to add?"),
        required=False,
        help_text=_("Up to 3,000 characters."),
    )
    files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_(
            "Pictures (JPEG, PNG, WebP), PDF, Word or Excel; 5 at once, 8 MB each at most."
        ),
        widget=SeveralFiles(attrs={"multiple": True, "accept": FORMATS}),
    )

    def clean(self):
        typed = super().clean()
        if not self.errors and not typed.get("text") and not typed.get("files"):
            self.add_error("text", _("Write something or choose a file."))
        return typed


class AnswerForm(SendingForm):
    """The answer to a question of the handler."""

    text = words(_("Your answer"), help_text=_("Up to 3,000 characters."))


class ReviewForm(forms.Form):
    """Why somebody else shall look at the decision."""

    text = words(_("What do you think is wrong with the decision?"))


class ReopenForm(forms.Form):
    """Why a closed complaint shall be opened again."""

    text = words(_("Why shall it be opened again?"))


class RatingForm(forms.Form):
    """How satisfied somebody is with how the complaint was handled."""

    score = forms.TypedChoiceField(
        label=_("How satisfied are you with how your complaint was handled?"),
        choices=MARKS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a mark.")},
    )


class WithdrawalForm(forms.Form):
    """That the complaint is withdrawn; a reason is not asked for."""

    marks_optional = True

    text = words(_("Do you want to tell us why?"), required=False)
    sure = forms.BooleanField(
        label=_("I withdraw my complaint."),
        error_messages={"required": _("Confirm that you withdraw it.")},
    )


class RetaliationForm(SendingForm):
    """What somebody suffers for having complained."""

    text = words(
        _("What happened, when, and who did it?"),
        help_text=_("Up to 3,000 characters. The next higher body reads it."),
    )
