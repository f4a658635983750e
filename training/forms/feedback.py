"""What a participant may say about a session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from training.models import Feedback
from training.models.feedback import ASKED

MARKS = [
    (5, _("5, fully agree")),
    (4, "4"),
    (3, "3"),
    (2, "2"),
    (1, _("1, not at all")),
]


class FeedbackForm(forms.Form):
    """Four statements to agree with or not, and a free remark."""

    comment = forms.CharField(
        label=Feedback._meta.get_field("comment").verbose_name,
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name nobody. Lecturers may read it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ASKED:
            self.fields[name] = forms.TypedChoiceField(
                label=Feedback._meta.get_field(name).verbose_name,
                choices=MARKS,
                coerce=int,
                widget=forms.RadioSelect,
            )
        self.order_fields([*ASKED, "comment"])
