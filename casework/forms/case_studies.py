"""What is typed about write-ups of cases, by their authors and on the desk."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.actions.case_studies import FOR_THE_CITY
from casework.models import CaseRecord, CaseStudy, LibraryLevel
from casework.rules.library import keywords_of
from office.desk.forms import ReasonForm, RecordModelForm
from registry.forms.staff import DayInput
from registry.models import Mediator

MOST_CASES = 200
MOST_KEYWORDS = 8
SECTION = forms.Textarea(attrs={"rows": 8})
TEXT_FIELDS = ["title", "keywords", "facts", "process", "outcome", "law", "comment"]
WIDGETS = dict.fromkeys(["facts", "process", "outcome", "law", "comment"], SECTION)
HELP = {
    "title": _("Without names: “a dispute about a drain between two neighbours”."),
    "keywords": _("At most 8, parted by blanks."),
    "law": _("Which law or custom was applied, and why."),
    "comment": _("What others can learn from it."),
}


class KeywordsCheck:
    """Keywords are parted by one blank and are not many."""

    def clean_keywords(self):
        words = keywords_of(self.cleaned_data["keywords"])
        if len(words) > MOST_KEYWORDS:
            raise forms.ValidationError(_("At most 8 keywords."))
        return " ".join(words)


class NewStudyForm(forms.ModelForm):
    """Of which case one writes; the rest follows on the next page."""

    submission = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)

    class Meta:
        model = CaseStudy
        fields = ["case", "dispute_type", "title"]
        help_texts = {"title": HELP["title"]}

    def __init__(self, *args, author, **kwargs):
        super().__init__(*args, **kwargs)
        own = CaseRecord.objects.counting().of_mediator(author).select_related("dispute_type")
        recent = own.order_by("-accepted_on", "-pk").values("pk")[:MOST_CASES]
        self.fields["case"].queryset = own.filter(pk__in=[row["pk"] for row in recent])
        self.fields["case"].label_from_instance = case_label
        self.fields["case"].empty_label = _("none of the ledger")
        self.fields["dispute_type"].required = False
        self.fields["dispute_type"].empty_label = _("Choose")
        self.fields["dispute_type"].help_text = _("Of a case of the ledger it is known.")

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("case") or cleaned.get("dispute_type")):
            self.add_error("dispute_type", _("Choose the case, or the type of dispute."))
        return cleaned

    def _post_clean(self):
        """The row is checked by the action, which knows its author."""


def case_label(case):
    return f"{case.number} {case.dispute_type} {case.accepted_on:%Y-%m-%d}"


class OwnStudyForm(KeywordsCheck, forms.ModelForm):
    """The text of one's own write-up. Who took part in the case may be named as co-author."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = CaseStudy
        fields = [*TEXT_FIELDS, "co_authors", "is_signed"]
        widgets = {**WIDGETS, "co_authors": forms.CheckboxSelectMultiple}
        help_texts = {
            **HELP,
            "co_authors": _("Colleagues who took part in the case."),
            "is_signed": _("Otherwise the public reads neither your name nor your organisation."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        colleagues = Mediator.objects.filter(case_shares__case=self.instance.case_id)
        colleagues = colleagues.exclude(pk=self.instance.author_id)
        if self.instance.case_id and colleagues.exists():
            self.fields["co_authors"].queryset = colleagues
        else:
            del self.fields["co_authors"]

    def _post_clean(self):
        """What was typed is written by the action, not into the row that was loaded."""


class StudyForm(KeywordsCheck, RecordModelForm):
    """The text as the editors correct it; that it bears a name is the author's to say."""

    permission = "casework.change_casestudy"

    class Meta:
        model = CaseStudy
        fields = ["dispute_type", *TEXT_FIELDS]
        widgets = WIDGETS
        help_texts = HELP


class AdoptForm(ReasonForm):
    """Which library adopted it, when, by whose decision."""

    level = forms.ChoiceField(label=_("Level of the library"), choices=LibraryLevel.choices)
    adopted_on = forms.DateField(label=_("Adopted on"), widget=DayInput)
    adopted_by = forms.CharField(label=_("Adopted by"), max_length=120)
    document = forms.CharField(
        label=_("Document of the adoption"),
        max_length=200,
        required=False,
        help_text=_("Name and number. Of the province and the ministry it is required."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("adopted_on", timezone.localdate())
        self.fields["level"].choices = [
            (value, label) for value, label in LibraryLevel.choices if self._may(value)
        ]

    def _may(self, level):
        held = self.record.level
        is_higher = not held or LibraryLevel.values.index(level) > LibraryLevel.values.index(held)
        return is_higher and (level != LibraryLevel.CITY or self.user.has_perm(FOR_THE_CITY))


class ConfirmForm(ReasonForm):
    """Which of the likely marks identify nobody."""

    texts = forms.MultipleChoiceField(
        label=_("These identify nobody"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shown = {
            " ".join(mark.text.split()): f"{mark.text} ({label})"
            for label, mark in self.record.unconfirmed_marks()
        }
        self.fields["texts"].choices = list(shown.items())
