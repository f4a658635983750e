"""What is asked when a complaint is handled. Whatever is typed is kept sealed in the case."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.models import Complaint, ComplaintGround, StatementKind, Subject, Urgency
from complaints.queries.handlers import handlers_for
from complaints.rules.routes import Refusal, Standstill
from office.desk.forms import DeskForm, ReasonForm
from registry.forms.choosers import MEDIATORS, ORGANIZATIONS
from registry.models import Division, DivisionLevel, Mediator, Organization

LONGEST_TEXT = 4000
SEALED = _("It is kept sealed in the case. The ledger says only that it is there.")
WRITTEN = [
    (StatementKind.QUESTION, _("Question to the complainant")),
    (StatementKind.NOTICE, _("Notice to the complainant")),
    (StatementKind.NOTE, _("Note of one's own")),
]
CITY_DIGITS = 4


def text(label, **given):
    """A field for a longer text."""
    given.setdefault("max_length", LONGEST_TEXT)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 5}), **given)


class CaseForm(ReasonForm):
    """Asks for a note on why, which the step does not need."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = self.asks_why
        self.fields["reason"].label = _("Reason") if self.asks_why else _("Note")
        self.fields["reason"].help_text = SEALED

    asks_why = False


class WhyForm(CaseForm):
    """Asks why."""

    asks_why = True


class PlainForm(DeskForm):
    """Asks for nothing but to be sent."""


class MaterialForm(DeskForm):
    items = text(
        _("What is missing"),
        help_text=_("Name all of it: it can be asked for once. The complainant reads it."),
    )


class RejectForm(CaseForm):
    ground = forms.ChoiceField(
        label=_("Why, and the right way to go"),
        choices=Refusal.choices,
        help_text=_("The complainant is told so."),
    )
    more = text(_("What else the complainant is told"), required=False)


class WriteForm(DeskForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=WRITTEN)
    text = text(_("Text"))


class SuspendForm(CaseForm):
    ground = forms.ChoiceField(label=_("What it waits for"), choices=Standstill.choices)


class ExtendForm(ReasonForm):
    days = forms.IntegerField(label=_("Days to add"), min_value=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The complainant reads it.")


class WithdrawForm(CaseForm):
    facts = text(
        _("Facts that are followed up as a lead"),
        required=False,
        help_text=_("Only if they are serious. Word them so that nobody learns who complained."),
    )


class LeadForm(CaseForm):
    facts = text(
        _("Facts that are followed up as a lead"),
        help_text=_("Word them so that nobody learns who complained."),
    )


class ClassifyForm(DeskForm):
    permission = "registry.view_organization"

    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices)
    about = forms.ChoiceField(label=_("About"), choices=Subject.choices)
    mediator = forms.ModelChoiceField(
        label=_("Mediator"), queryset=Mediator.objects.all(), required=False,
        widget=MEDIATORS.widget_class,
    )  # fmt: skip
    organization = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organization.objects.all(), required=False,
        widget=ORGANIZATIONS.widget_class,
    )  # fmt: skip
    grounds = forms.MultipleChoiceField(
        label=pgettext_lazy("complaint", "Grounds"),
        choices=ComplaintGround.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    FILLED = ("urgency", "about", "mediator", "organization", "grounds")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.FILLED:
            self.initial.setdefault(name, getattr(self.record, name))

    def clean(self):
        """Keep what goes with the one complained of, and refuse what does not."""
        typed = super().clean()
        about = typed.get("about")
        if about == Subject.MEDIATOR and not typed.get("mediator"):
            self.add_error("mediator", _("Choose the mediator."))
        if about == Subject.ORGANIZATION and not typed.get("organization"):
            self.add_error("organization", _("Choose the organisation."))
        if about != Subject.MEDIATOR:
            typed["mediator"] = None
        if about == Subject.UNKNOWN:
            typed["organization"] = None
        return typed


class ChosenForm(CaseForm):
    """Asks for one of a few rows, found when the form is made."""

    chosen = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.found = {str(row.pk): row for row in self.rows_to_choose()}
        labels = [(key, self.label_of(row)) for key, row in self.found.items()]
        self.fields[self.chosen].choices = labels

    def rows_to_choose(self):
        raise NotImplementedError

    def label_of(self, row):
        return str(row)

    def values(self):
        typed = super().values()
        return typed | {self.chosen: self.found[typed[self.chosen]]}


class HandOverForm(ChosenForm):
    """To whom: those who may handle it where it lies."""

    asks_why = True
    chosen = "to"

    to = forms.ChoiceField(label=_("New handler"))

    def rows_to_choose(self):
        everyone = handlers_for(self.record, timezone.localdate())
        return [one for one in everyone if one.pk != self.record.handler_id]

    def label_of(self, row):
        return row.get_full_name()


class MergeForm(ChosenForm):
    """Into which: undecided complaints about the same that the officer may read."""

    chosen = "into"

    into = forms.ChoiceField(
        label=_("Complaint that takes it in"),
        help_text=_("Only complaints about the same that were given to you."),
    )

    def rows_to_choose(self):
        rows = Complaint.objects.within(self.user, "complaints.merge_complaint")
        return rows.readable_by(self.user).undecided().about_the_same(self.record)


class TransferForm(ChosenForm):
    """To which body: that of the city, or of another county of it."""

    asks_why = True
    chosen = "division"

    division = forms.ChoiceField(
        label=_("Body that takes it on"), help_text=_("The complainant is told which.")
    )

    def rows_to_choose(self):
        own = self.record.division
        places = Division.objects.filter(
            level__in=[DivisionLevel.CITY, DivisionLevel.COUNTY],
            code__startswith=own.code[:CITY_DIGITS],
            until_on=None,
        )
        return places.exclude(pk=own.pk)
