"""What mediators type about their own annual review."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.forms.review_sheets import POINTS, points_field
from grading.models import Actor
from grading.notices.review_words import plain
from office.desk.submissions import new_key

LONGEST = 3_000


class SelfReviewForm(forms.Form):
    """The own account, and points for what the rule asks of the person."""

    statement = forms.CharField(
        label=_("My account of the period"),
        max_length=LONGEST,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("What figures do not tell. At most 3000 characters; you may leave it empty."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, sheet):
        initial = {"statement": sheet.statement, "revision": sheet.revision}
        super().__init__(data, initial=initial)
        self.asked = list(sheet.asked_of(Actor.SELF))
        self.field_of = {one.name: f"{POINTS}{place}" for place, one in enumerate(self.asked)}
        given = dict(
            sheet.marks.standing().filter(actor=Actor.SELF).values_list("indicator", "points")
        )
        for place, one in enumerate(self.asked):
            points = given.get(one.name)
            initial = None if points is None else plain(points)
            self.fields[f"{POINTS}{place}"] = points_field(one, initial=initial)

    def left_empty(self):
        """Return {field: sentence} of the points that have to be there to hand in."""
        fields = {self.field_of[one.name]: one.label for one in self.asked}
        return {
            name: gettext("Give points: %(indicator)s.") % {"indicator": label}
            for name, label in fields.items()
            if self.cleaned_data.get(name) is None
        }

    def values(self):
        """Return what was typed, as arguments for the action; an empty field takes points back."""
        typed = self.cleaned_data
        points = {
            one.name: "" if typed[f"{POINTS}{place}"] is None else typed[f"{POINTS}{place}"]
            for place, one in enumerate(self.asked)
        }
        return {
            "statement": typed["statement"], "points": points, "revision": typed["revision"],
        }  # fmt: skip


class AppealForm(forms.Form):
    """What is wrong with the own result."""

    submission = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What is wrong, and why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Somebody decides who neither gave points on your sheet nor checked it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", new_key())
