"""What trainers type about a question."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm, RecordForm
from registry.models import Division
from training.actions.question_doubts import key_of
from training.forms.question_parts import SHAPES, content_of, parts_of, row_fields, rows_needed
from training.models import QuestionKind, Topic
from training.rules.content import LONGEST_STEM, LONGEST_TEXT, faults
from training.rules.laws import law_lines, read_laws
from training.rules.remarks import sentence, sentences

DIFFICULTIES = [(1, _("1 easy")), (2, _("2 middling")), (3, _("3 hard"))]


class QuestionForm(RecordForm):
    """The words of a question of one kind; its answers are typed in plain rows."""

    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.all())
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"), choices=DIFFICULTIES, coerce=int, initial=1
    )
    stem = forms.CharField(
        label=_("Question text"),
        max_length=LONGEST_STEM,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown to candidates after the results are released."),
    )
    laws = forms.CharField(
        label=_("Law it rests on"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One law a line, with its article, such as 人民调解法第33条."),
    )
    valid_from_on = forms.DateField(
        label=_("Law in force from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    valid_until_on = forms.DateField(
        label=_("Law in force until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty while no end is known."),
    )
    source = forms.CharField(label=_("Source"), required=False, max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = self._kind()
        self.shape = SHAPES[self.kind]
        content = self.record.current.content if self.record else None
        self.count = rows_needed(self.kind, content)
        self.fields |= dict(row_fields(self.kind, self.count))
        if self.record:
            self._fill(content)

    def _kind(self):
        if self.record:
            return self.record.kind
        named = self.data.get("kind") or self.initial.get("kind")
        return named if named in QuestionKind.values else QuestionKind.SINGLE

    def _fill(self, content):
        """Say in every field what the question says now."""
        record, version = self.record, self.record.current
        given = {
            "topic": record.topic_id,
            "difficulty": record.difficulty,
            "stem": version.stem,
            "explanation": version.explanation,
            "laws": law_lines(version.law_basis),
            "valid_from_on": version.valid_from_on,
            "valid_until_on": version.valid_until_on,
            "source": record.source,
        }
        for number, part in enumerate(parts_of(self.kind, content)):
            given |= {f"{name}_{number}": value for name, value in part.items()}
        self.initial = given | self.initial

    @property
    def row_names(self):
        """The names of the fields of each row, with what a row is called."""
        return [
            (number, [f"{cell.name}_{number}" for cell in self.shape.cells])
            for number in range(self.count)
        ]

    @property
    def rows(self):
        """Each row as (what it is called, its fields) for the page."""
        return [
            (self._called(number), [self[name] for name in names])
            for number, names in self.row_names
        ]

    def _called(self, number):
        if self.kind == QuestionKind.TRUE_FALSE:
            return gettext("True") if number == 0 else gettext("False")
        return f"{self.shape.row} {number + 1}"

    @property
    def plain_fields(self):
        """The fields that stand in no row."""
        in_rows = {name for _number, names in self.row_names for name in names}
        return [field for field in self.visible_fields() if field.name not in in_rows]

    def typed_rows(self):
        """Return what was typed in the rows, as {cell: value}."""
        return [
            {
                name.rpartition("_")[0]: self.cleaned_data.get(name) or ""
                for name in [f"part_{number}", *names]
            }
            for number, names in self.row_names
        ]

    def clean(self):
        super().clean()
        content = content_of(self.kind, self.typed_rows())
        self.cleaned_data["content"] = content
        if "stem" in self.cleaned_data:
            said = faults(self.kind, self.cleaned_data["stem"], content)
            for told in sentences(said):
                self.add_error(None, told)
        first, last = (self.cleaned_data.get(name) for name in ("valid_from_on", "valid_until_on"))
        if first and last and last <= first:
            self.add_error("valid_until_on", gettext("The end lies before the beginning."))
        return self.cleaned_data

    def values(self):
        """Return what was typed as ``add_question`` and ``edit_question`` take it."""
        plain = {field.name for field in self.plain_fields} - {"laws"}
        given = {name: self.cleaned_data[name] for name in plain}
        return {
            **given,
            "content": self._kept(self.cleaned_data["content"]),
            "law_basis": read_laws(self.cleaned_data["laws"]),
        }

    def _kept(self, content):
        """A fill-in that minds capital letters, which only a file can say, goes on minding them."""
        if self.record and self.record.current.content.get("case"):
            content["case"] = True
        return content


class NewQuestionForm(QuestionForm):
    """A question that is not in the bank yet."""

    permission = "training.add_question"

    division = forms.ModelChoiceField(
        label=_("Division"),
        queryset=Division.objects.filter(level__in=["city", "county"], until_on=None),
        help_text=_("Whose bank it enters."),
    )
    kind = forms.ChoiceField(choices=QuestionKind.choices, widget=forms.HiddenInput)

    field_order = ["division", "topic", "difficulty", "stem"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["kind"] = self.kind
        prefer_the_only_one(self, "division")

    def values(self):
        return {**super().values(), "kind": self.cleaned_data["kind"]}


def prefer_the_only_one(form, name):
    """Choose the row of a field in which there is nothing to choose."""
    pks = list(form.fields[name].queryset.values_list("pk", flat=True)[:2])
    if pks:
        form.initial.setdefault(name, pks[0])


class SettleForm(ReasonForm):
    """Which findings were looked at, and why they bar nothing."""

    findings = forms.MultipleChoiceField(
        label=_("Findings"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what is settled."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = self.record.findings if self.record else []
        self.fields["findings"].choices = [(key_of(one), sentence(one)) for one in found]
