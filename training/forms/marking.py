"""What may be typed about markers, marks, corrections of keys, appeals and resits: shape only."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.desk.forms import DeskForm, ReasonForm
from office.models import User
from registry.models import Post
from training.actions.rekeys import can_be_keyed
from training.forms.exams import MomentInput
from training.models import Exam, RekeyKind
from training.queries.marking import trainers_of
from training.rules import rekeying

LONGEST_APPEAL = 2_000


class MarkersForm(ReasonForm):
    """Who marks: trainers of the division; who is ticked off marks no more."""

    users = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Markers"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The edge of the request reads the clock.
        posts = trainers_of(Post.objects, self.record.division_id, timezone.localdate())
        named = list(self.record.markers.values_list("user", flat=True))
        self.fields["users"].queryset = User.objects.filter(
            Q(pk__in=posts.values("user")) | Q(pk__in=named), is_active=True
        ).order_by("name", "pk")
        self.initial.setdefault("users", named)


class NextForm(DeskForm):
    """Of which exam the next answer is wanted."""

    exam = forms.ModelChoiceField(Exam.objects.none(), label=_("Exam"), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Exam.objects.filter(state="marking", markers__user=self.user)
        self.fields["exam"].queryset = mine.order_by("opens_at", "pk")


class MarkForm(DeskForm):
    """Marks for each point of the guide, and a comment."""

    comment = forms.CharField(
        label=_("Comment"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Other markers do not see it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number, (point, most) in enumerate(self.record.guide):
            self.fields[f"point_{number}"] = forms.DecimalField(
                label=point,
                min_value=0,
                max_value=most,
                max_digits=5,
                decimal_places=2,
                help_text=_("at most %(most)s") % {"most": most},
            )
        self.order_fields([name for name in self.fields if name != "comment"])

    def values(self):
        given = self.cleaned_data
        points = [given[f"point_{number}"] for number in range(len(self.record.guide))]
        return {"points": points, "comment": given["comment"]}


class RekeyForm(ReasonForm):
    """How a question of an exam is corrected; ``version`` is the one whose key it has now."""

    kind = forms.ChoiceField(label=_("Correction"), widget=forms.RadioSelect)

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.question = version.question
        kinds = RekeyKind.choices
        if can_be_keyed(self.question.kind):
            self.fields["right"] = self._right(version)
        else:
            kinds = [choice for choice in kinds if choice[0] != RekeyKind.KEY]
        self.fields["kind"].choices = kinds
        self.order_fields(["kind", "right", "reason"])

    def _right(self, version):
        kind, content = version.question.kind, version.content
        if kind in rekeying.CHOSEN:
            return forms.MultipleChoiceField(
                label=_("Right answers"),
                choices=[(one["id"], one["text"]) for one in content["options"]],
                initial=rekeying.right_options(content),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return forms.CharField(
            label=_("Right answers"),
            initial="\n".join(rekeying.lines_of(kind, content)),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("One in a line; a range of numbers as two with a space between."),
        )

    def values(self):
        values = super().values()
        right = values.pop("right", [])
        return {**values, "right": right.splitlines() if isinstance(right, str) else right}


class DecisionForm(ReasonForm):
    """The decision on an appeal, with its grounds."""

    reason = forms.CharField(
        label=_("Decision and its grounds"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The candidate reads it; it is kept in the ledger with your name."),
    )


class UpholdForm(DecisionForm):
    """New marks for the questions of the attempt; what stays as it is does not change."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        items = self.record.attempt.items.select_related("version")
        for item in items:
            self.fields[f"marks_{item.position}"] = forms.DecimalField(
                label=f"{item.position}. {item.version.stem[:40]}",
                initial=item.score,
                min_value=0,
                max_value=item.marks,
                max_digits=5,
                decimal_places=2,
                help_text=_("at most %(most)s") % {"most": item.marks},
            )
        self.order_fields([name for name in self.fields if name != "reason"])

    def values(self):
        given = super().values()
        marks = {
            int(name.removeprefix("marks_")): given.pop(name)
            for name in list(given)
            if name.startswith("marks_")
        }
        return {**given, "marks": marks}


class ResitForm(ReasonForm):
    """When the resit is sat."""

    title = forms.CharField(label=_("Title"), max_length=120)
    opens_at = forms.DateTimeField(label=_("Can be begun from"), widget=MomentInput)
    closes_at = forms.DateTimeField(label=_("Closes at"), widget=MomentInput)

    def clean(self):
        cleaned = super().clean()
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("It must close after it opens."))
        return cleaned


class AppealForm(forms.Form):
    """Why a candidate appeals."""

    text = forms.CharField(
        label=_("Why the result is wrong"),
        max_length=LONGEST_APPEAL,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Name the questions by their numbers."),
    )
