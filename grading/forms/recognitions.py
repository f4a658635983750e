"""What is asked when a level given elsewhere is to be recognised."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.forms.setting_up import SEES_RULES
from grading.models import SchemeVersion
from grading.models.recognition import said_of
from grading.rules.levels import UNKNOWN, foreign_level, foreign_levels
from office.desk.forms import ReasonForm
from registry.forms.choosers import MEDIATORS
from registry.forms.staff import DayInput
from registry.models import Mediator
from registry.rules import day_after

NONE, NOT_MAPPED = "none", _("a level the rule sets say nothing of")


def _told(rules, foreign):
    """Return how a level of another scale is offered, with what the rule says of it."""
    told = {"scale": foreign.scale, "level": foreign.label}
    counts_as = said_of(rules, foreign.counts_as)
    return gettext("%(scale)s, %(level)s: counts as %(counts)s") % {**told, "counts": counts_as}


class RecognitionForm(ReasonForm):
    """Whose level, given by whom on which document, counts as which of the own scale."""

    permission = "grading.add_recognition"

    mediator = forms.ModelChoiceField(
        label=_("Mediator"), queryset=Mediator.objects.all(), widget=MEDIATORS.widget_class
    )
    old_level = forms.CharField(label=_("Level given"), max_length=60)
    given_by = forms.CharField(
        label=_("Given by"),
        max_length=120,
        help_text=_("The body, and its scale where it has a name."),
    )
    document = forms.CharField(label=_("Number of the document"), max_length=120)
    dated = forms.DateField(label=_("Date of the document"), widget=DayInput)
    mapped = forms.ChoiceField(
        label=_("As the rule names it"),
        help_text=_("Levels of other scales of which a rule set itself says what they count as."),
    )
    level = forms.ChoiceField(
        label=_("Counts as"),
        required=False,
        help_text=_("A level of a rule set in force; left empty, what the rule's mapping says."),
    )
    departure = forms.CharField(
        label=_("Why it counts otherwise than the rule's mapping says"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The second officer reads it."),
    )
    from_on = forms.DateField(label=_("Counts from"), widget=DayInput)
    until_on = forms.DateField(
        label=_("Valid until"),
        widget=DayInput,
        required=False,
        help_text=_("The last day. Left empty, it is valid as long as the rule says."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = SchemeVersion.objects.within(self.user, SEES_RULES).with_scheme()
        rows = rows.in_force(timezone.localdate()).filter(
            state="active", scheme__subject="mediator"
        )
        self.versions = {str(version.pk): version for version in rows}
        self.fields["level"].choices = [
            ("", "—"),
            *(
                (
                    str(version),
                    [(f"{version.pk}:{one.code}", one.label) for one in version.rules.levels],
                )
                for version in rows
            ),
        ]

        self._offer_mappings()

    def _offer_mappings(self):
        """Offer what the rules map today; where none maps anything, say so instead."""
        today = timezone.localdate()
        groups = [
            (str(version), [(f"{pk}:{one.scale}:{one.code}", _told(version.rules, one))
                            for one in foreign_levels(version.rules, today)])
            for pk, version in self.versions.items()
        ]  # fmt: skip
        groups = [group for group in groups if group[1]]
        if groups:
            self.fields["mapped"].choices = [("", "—"), (NONE, NOT_MAPPED), *groups]
            return
        del self.fields["mapped"], self.fields["departure"]
        level = self.fields["level"]
        level.required = True
        level.help_text = _(
            "A level of a rule set in force. No rule set says what a level of another scale counts"
            " as: the officers decide it on the document."
        )

    def clean(self):
        cleaned = super().clean()
        version, scale, code = self._mapped()
        chosen, _colon, _code = cleaned.get("level", "").partition(":")
        if "level" in self.errors or "mapped" in self.errors:
            return cleaned
        if chosen and version and chosen != version:
            self.add_error("level", gettext("Choose a level of the same rule set."))
        elif not chosen:
            self._preset(version, scale, code)
        return cleaned

    def _mapped(self):
        """Return the version, scale and code chosen; empty where the rule maps nothing."""
        chosen = self.cleaned_data.get("mapped", "")
        return ("", "", "") if chosen in ("", NONE) else chosen.split(":", 2)

    def _preset(self, version, scale, code):
        """Take the level that the rule's mapping says on the day it counts from."""
        on = self.cleaned_data.get("from_on")
        if not version:
            self.add_error("level", gettext("Choose the level it counts as."))
        elif on is not None:
            rules = self.versions[version].rules
            found = foreign_level(rules, scale, code, on)
            if found is None or found.counts_as in (None, UNKNOWN):
                told = gettext("By the rule's mapping it counts as %(level)s: choose a level.")
                counts_as = UNKNOWN if found is None else found.counts_as
                self.add_error("level", told % {"level": said_of(rules, counts_as)})
            else:
                self.cleaned_data["level"] = f"{version}:{found.counts_as}"

    def values(self):
        typed = super().values()
        typed.pop("mapped", None)
        _version, scale, old_code = self._mapped()
        version, _colon, code = typed.pop("level").partition(":")
        given = {"version": self.versions[version], "code": code}
        given["until_on"] = day_after(typed["until_on"])
        return {**typed, **given, "scale": scale, "old_code": old_code}
