"""What officers may type about papers, exams, candidates and incidents: shape only."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm, RecordModelForm
from registry.forms.choosers import DIVISIONS
from registry.models import Mediator
from training.models import Exam, ExamPaper, ExamRoom, PaperLine, QuestionKind, Topic

ROOM = re.compile(r"(?P<name>.{1,80}?)[\s,，、:：]+(?P<seats>[0-9]{1,4})")


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class PaperForm(RecordModelForm):
    """A paper: what kind it is and how it is scored."""

    permission = "training.change_exampaper"

    class Meta:
        model = ExamPaper
        fields = ["name", "division", "kind", "rule", "shuffles_questions", "shuffles_options"]
        widgets = {"division": DIVISIONS.widget_class}


class NewPaperForm(PaperForm):
    permission = "training.add_exampaper"


class LineForm(ReasonForm):
    """A line of a blueprint; what is left open may be any."""

    topic = forms.ModelChoiceField(
        Topic.objects.order_by("order"), label=_("Topic"), required=False, empty_label=_("Any")
    )
    kind = forms.ChoiceField(
        label=_("Kind of question"), choices=[("", _("Any")), *QuestionKind.choices], required=False
    )
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"),
        choices=[("", _("Any")), (1, "1"), (2, "2"), (3, "3")],
        coerce=int,
        empty_value=None,
        required=False,
    )
    number = forms.IntegerField(label=_("Number of questions"), min_value=1, max_value=200)
    marks = forms.DecimalField(
        label=_("Marks for each"), min_value=0.01, max_digits=5, decimal_places=2
    )


class DropLineForm(ReasonForm):
    """Which line is taken off."""

    line = forms.ModelChoiceField(PaperLine.objects.none(), label=_("Line"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = self.record.lines.all()


class AddQuestionsForm(ReasonForm):
    """Questions by their numbers."""

    codes = forms.CharField(
        label=_("Numbers of questions"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One in a line, or with spaces between."),
    )
    marks = forms.DecimalField(
        label=_("Marks for each"), min_value=0.01, max_digits=5, decimal_places=2
    )

    def clean_codes(self):
        return re.split(r"[\s,，、;；]+", self.cleaned_data["codes"].strip())


class DropQuestionForm(ReasonForm):
    """Which question is taken off."""

    code = forms.CharField(label=_("Number of the question"), max_length=20)


class ExamForm(RecordModelForm):
    """An exam that is planned. What is left open is set by the policies when it is scheduled."""

    permission = "training.change_exam"

    class Meta:
        model = Exam
        fields = [
            "title", "purpose", "division", "paper", "opens_at", "closes_at", "minutes",
            "pass_share", "attempts_allowed",
        ]  # fmt: skip
        widgets = {
            "division": DIVISIONS.widget_class,
            "opens_at": MomentInput,
            "closes_at": MomentInput,
        }
        help_texts = {
            name: _("Left open, the policy of the day of the exam sets it.")
            for name in ("minutes", "pass_share", "attempts_allowed")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        papers = self.fields["paper"]
        papers.queryset = papers.queryset.exclude(state="retired")


class NewExamForm(ExamForm):
    permission = "training.add_exam"


class AddCandidateForm(ReasonForm):
    """Somebody by the number of the mediator's certificate."""

    certificate_number = forms.CharField(label=_("Certificate number"), max_length=40)

    def clean_certificate_number(self):
        typed = self.cleaned_data["certificate_number"].strip()
        people = Mediator.objects.in_division(self.record.division).filter(merged_into=None)
        found = people.filter(certificate_number=typed).first()
        if found is None:
            raise forms.ValidationError(_("Nobody of the division has this certificate number."))
        return found

    def values(self):
        values = super().values()
        values["mediator"] = values.pop("certificate_number")
        return values


class RoomsForm(ReasonForm):
    """Rooms with their seats."""

    rooms = forms.CharField(
        label=_("Rooms"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One in a line: name, number of seats."),
    )

    def clean_rooms(self):
        lines = [line.strip() for line in self.cleaned_data["rooms"].splitlines() if line.strip()]
        read = [ROOM.fullmatch(line) for line in lines]
        for line, found in zip(lines, read, strict=True):
            if found is None or int(found["seats"]) < 1:
                message = _("“%(line)s” is not a name and a number of seats.")
                raise forms.ValidationError(message, params={"line": line})
        if len({found["name"] for found in read}) < len(read):
            raise forms.ValidationError(_("Two rooms have the same name."))
        return [(found["name"], int(found["seats"])) for found in read]


class MoreMinutesForm(ReasonForm):
    """How many minutes one candidate gets."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=480)


class ExtendForm(MoreMinutesForm):
    """How many minutes, and whether for one room only."""

    room = forms.ModelChoiceField(
        ExamRoom.objects.none(), label=_("Room"), required=False, empty_label=_("All")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = self.record.rooms.all()
