"""What trainers say about a file of questions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.forms import DeskForm
from registry.models import Division
from training.forms.questions import prefer_the_only_one
from training.models import Topic

ACCEPTED = ".gift,.txt,.xml,.csv,.xlsx"


class QuestionUploadForm(DeskForm):
    """A file of questions for the bank of a division."""

    permission = "training.add_questionimport"

    division = forms.ModelChoiceField(
        label=_("Division"),
        queryset=Division.objects.filter(level__in=["city", "county"], until_on=None),
        help_text=_("Whose bank it enters."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("GIFT, Aiken, Moodle XML, .xlsx or CSV; at most 10 MB and 2,000 questions."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
    )
    topic = forms.ModelChoiceField(
        label=_("Topic where the file names none"), queryset=Topic.objects.all()
    )
    valid_from_on = forms.DateField(
        label=_("Law in force from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("For all questions of the file; it can be corrected question by question."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        prefer_the_only_one(self, "division")
