"""What a member types on a sheet: kept as it is; what it is worth is asked when it is handed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grading.actions.reading import LONGEST_SCORE
from grading.rules.criteria import labels_of
from office.desk.forms import ReasonForm

PREFIX = "score_"


class SheetForm(forms.Form):
    """A field for each criterion, and a remark; ``revision`` is that of the page."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("Remark"),
        max_length=2_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Other members do not see it while they read."),
    )

    def __init__(self, data=None, *, reading, criteria):
        self.criteria = criteria
        labels = labels_of(reading.panel.rules)
        initial = {"revision": reading.revision, "remark": reading.remark}
        super().__init__(data, initial=initial)
        for place, criterion in enumerate(criteria):
            self.fields[f"{PREFIX}{place}"] = forms.CharField(
                label=labels[criterion.code],
                max_length=LONGEST_SCORE,
                required=False,
                initial=reading.scores.get(criterion.code, ""),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                help_text=_("From %(low)s to %(high)s, in steps of %(step)s.")
                % {"low": criterion.low, "high": criterion.high, "step": criterion.step},
            )
        self.order_fields([name for name in self.fields if name != "remark"])

    def anchored(self):
        """Return (field, anchors) of each criterion in the order of the sheet."""
        return [
            (self[f"{PREFIX}{place}"], criterion.anchors)
            for place, criterion in enumerate(self.criteria)
        ]

    def values(self):
        """Return what was typed, as arguments for the action."""
        given = self.cleaned_data
        scores = {
            criterion.code: given[f"{PREFIX}{place}"]
            for place, criterion in enumerate(self.criteria)
        }
        return {"scores": scores, "remark": given["remark"], "revision": given["revision"]}


class StandBackForm(ReasonForm):
    """Why a member stands back."""

    is_kin = forms.BooleanField(
        label=_("The applicant is a relative of mine."),
        required=False,
        help_text=_("It then holds in later rounds as well."),
    )
