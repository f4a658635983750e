"""What officers type when they pay or award what follows from a review."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.flows import AllowanceState
from casework.forms.claims import yuan
from casework.models import AllowanceRun
from office.desk.forms import ReasonForm
from registry.forms.staff import DayInput
from registry.models import Award, AwardLevel, Mediator


class PayForm(ReasonForm):
    """In which run of allowances performance pay is entered, for which month, and how much."""

    permission = "casework.add_performance_allowancerun"

    run = forms.ModelChoiceField(
        label=_("Run of allowances"),
        queryset=AllowanceRun.objects.filter(state=AllowanceState.DRAFT),
        empty_label=_("Choose"),
        help_text=_("Drafts only. Another officer approves the pay there."),
    )
    month = forms.DateField(label=_("A day of the month"), widget=DayInput)
    amount = yuan(_("Amount (yuan)"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.fields["run"].queryset.select_related("division", "organization")
        self.fields["run"].queryset = rows
        self.initial.setdefault("amount", self.record.amount)
        if self.record.factor is not None:
            told = {"factor": f"{self.record.factor.normalize():f}"}
            said = gettext("By the rule %(factor)s times the performance pay.") % told
            self.fields["amount"].help_text = said
        runs = list(rows[:2])
        if not runs:
            self.fields["run"].help_text = gettext(
                "There is no draft: first open a run of allowances, then enter the pay here."
            )
        if len(runs) == 1:
            self.initial.setdefault("run", runs[0].pk)
            self.initial.setdefault("month", runs[0].from_on)


class AwardForm(ReasonForm):
    """The award that somebody was given, as the register keeps it."""

    level = forms.ChoiceField(
        label=Award._meta.get_field("level").verbose_name,
        choices=[("", _("Choose")), *AwardLevel.choices],
    )
    title = Award._meta.get_field("title").formfield()
    awarded_by = Award._meta.get_field("awarded_by").formfield()
    awarded_on = forms.DateField(label=_("Awarded on"), widget=DayInput)

    def clean(self):
        people = Mediator.objects.within(self.user, "registry.add_award")
        if not people.filter(pk=self.record.sheet.mediator_id).exists():
            raise forms.ValidationError(gettext("Your post does not enter awards of this person."))
        return super().clean()
