"""Invented facts on which an officer tries a scheme: nothing is written."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.forms.subsidy_schemes import Boxes
from casework.models import Agreement, CaseSource, FileDocument, Fulfilment, TierOutcome
from casework.rules.schemes import CaseFacts, PersonFacts
from registry.models import Employment, OrganizationKind

UNKNOWN = ("", _("not known"))
# Who is tried stands for nobody: it has no number.
NOBODY = 0


class TrialForm(forms.Form):
    """The facts of a case that is not there."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("case", "How it ended"), choices=TierOutcome.choices
    )
    agreement = forms.ChoiceField(
        label=_("Agreement"), choices=[UNKNOWN, *Agreement.choices], required=False
    )
    difficulty = forms.ChoiceField(label=_("Class of difficulty"), required=False)
    fulfilment = forms.ChoiceField(
        label=_("Fulfilment"), choices=[UNKNOWN, *Fulfilment.choices], required=False
    )
    attempts = forms.IntegerField(label=_("Attempts at mediation"), min_value=1, max_value=99)
    documents = Boxes(_("Papers in the file"), FileDocument.choices)
    source = forms.ChoiceField(label=_("How it came"), choices=CaseSource.choices)
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=OrganizationKind.choices)
    level = forms.ChoiceField(label=_("Level of the mediator"), required=False)
    employment = forms.ChoiceField(label=_("Full-time or part-time"), choices=Employment.choices)
    in_post = forms.BooleanField(label=_("In post on the day of the case"), required=False)
    is_listed = forms.BooleanField(
        label=_("Organisation filed on the day of the case"), required=False
    )
    on_public_payroll = forms.BooleanField(label=_("On the public payroll"), required=False)
    paid_elsewhere = forms.DecimalField(
        label=_("Paid by another fund, yuan"),
        min_value=0,
        max_digits=10,
        decimal_places=2,
        required=False,
    )

    START = {
        "outcome": "succeeded", "agreement": "written", "attempts": 1, "source": "applied",
        "kind": "village", "employment": "part_time", "in_post": True, "is_listed": True,
    }  # fmt: skip

    def __init__(self, data=None, *, scheme):
        super().__init__(data, initial=self.START)
        self.fields["difficulty"].choices = [UNKNOWN, *scheme.class_names().items()]
        self.fields["level"].choices = [("", _("none")), *scheme.level_names().items()]

    def facts(self, on):
        """Return the facts as the rules of pricing read them."""
        given = dict(self.cleaned_data)
        own = ["level", "employment", "in_post", "on_public_payroll"]
        person = PersonFacts(
            mediator=NOBODY, name=str(_("The mediator")), leads=True,
            **{name: given.pop(name) for name in own},
        )  # fmt: skip
        given["documents"] = frozenset(given["documents"])
        given["paid_elsewhere"] = given["paid_elsewhere"] or Decimal("0.00")
        return CaseFacts(on=on, people=(person,), **given)
