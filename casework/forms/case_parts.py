"""The parts that forms of a case are put together from: parties, mediators, how it ended."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import (
    Agreement,
    CaseParty,
    DifficultyClass,
    DifficultyScheme,
    Fulfilment,
    PartySide,
    ShareRole,
)
from office.scopes import grants_of
from registry.forms.choosers import MEDIATORS
from registry.forms.staff import DayInput
from registry.models import Mediator, Organization

MOST_SHARES = 4
UNIT_MARK = "（单位）"
PHONE_AT_THE_END = re.compile(r"[\s,，:：]+(\+?[0-9][0-9 -]{5,18}[0-9])$")
SIDES = {
    "applicants": PartySide.APPLICANT,
    "respondents": PartySide.RESPONDENT,
    "others": PartySide.OTHER,
}
YES_OR_NO = [("", _("not known")), ("yes", _("Yes")), ("no", _("No"))]
LONGEST_NAME = CaseParty._meta.get_field("name").max_length


class PartiesField(forms.CharField):
    """Parties, one to a line: the name, perhaps a telephone; what is no person is marked."""

    def __init__(self, **given):
        given.setdefault("required", False)
        given.setdefault("max_length", 3000)
        given.setdefault("widget", forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}))
        super().__init__(**given)

    def clean(self, value):
        lines = super().clean(value).replace("\r", "").split("\n")
        parties = [read_party(line.strip()) for line in lines if line.strip()]
        if any(not 0 < len(party["name"]) <= LONGEST_NAME for party in parties):
            raise forms.ValidationError(_("One name to a line, at most 60 characters."))
        return parties


def read_party(line):
    """Return name, telephone and whether it is a unit, from a line.

    >>> read_party("枫桥茶厂（单位） 0575-87000000")
    {'name': '枫桥茶厂', 'phone': '0575-87000000', 'is_unit': True}
    """
    phone = PHONE_AT_THE_END.search(line)
    name = line[: phone.start()] if phone else line
    return {
        "name": name.strip().removesuffix(UNIT_MARK).strip(),
        "phone": phone[1] if phone else "",
        "is_unit": name.strip().endswith(UNIT_MARK),
    }


def parties_of(cleaned):
    """Return the parties typed into the fields of the sides."""
    return [
        {"side": side, **party} for name, side in SIDES.items() for party in cleaned.get(name) or []
    ]


class PartiesPart(forms.Form):
    """The parties. They are written and, without the right to, never read back."""

    ONE_TO_A_LINE = _(
        "One to a line, a telephone after the name if known; write （单位） after a unit."
    )

    applicants = PartiesField(label=_("Applicants"), help_text=ONE_TO_A_LINE)
    respondents = PartiesField(label=_("Respondents"))
    others = PartiesField(label=_("Other people concerned"))


def share_fields(place):
    """Return the three fields of one mediator, by name."""
    people = Mediator.objects.filter(erased_on=None, merged_into=None)
    return {
        f"mediator_{place}": forms.ModelChoiceField(
            people,
            label=_("Mediator %(place)d") % {"place": place},
            widget=MEDIATORS.widget_class,
            required=place == 1,
        ),
        f"role_{place}": forms.ChoiceField(
            label=_("Part of mediator %(place)d") % {"place": place},
            choices=ShareRole.choices,
            initial=ShareRole.LEAD if place == 1 else ShareRole.TOGETHER,
            required=False,
        ),
        f"weight_{place}": forms.IntegerField(
            label=_("Weight of mediator %(place)d") % {"place": place},
            min_value=1,
            max_value=1000,
            initial=1,
            required=False,
        ),
    }


SHARE_FIELDS = {
    name: field
    for place in range(1, MOST_SHARES + 1)
    for name, field in share_fields(place).items()
}


class SharesForm(forms.Form):
    """Who mediated, with which part and weight."""

    def shares(self, cleaned):
        """Return the parts as (mediator, role, weight)."""
        return [
            (
                person,
                cleaned.get(f"role_{place}") or ShareRole.TOGETHER,
                cleaned.get(f"weight_{place}") or 1,
            )
            for place in range(1, MOST_SHARES + 1)
            if (person := cleaned.get(f"mediator_{place}"))
        ]


# The fields are declared with the class: the desk narrows the choices of declared fields only.
SharesPart = type(SharesForm)("SharesPart", (SharesForm,), {**SHARE_FIELDS, "__module__": __name__})


def known(value):
    """Return what was chosen of ``YES_OR_NO`` as a boolean, None for not known."""
    return {"yes": True, "no": False}.get(value)


class FulfilmentPart(forms.Form):
    """What became of the agreement."""

    fulfilment = forms.ChoiceField(
        label=_("Fulfilment"), choices=[("", _("not known")), *Fulfilment.choices], required=False
    )
    due_on = forms.DateField(label=_("To be fulfilled by"), widget=DayInput, required=False)
    fulfilled_on = forms.DateField(label=_("Fulfilled on"), widget=DayInput, required=False)
    is_voluntary = forms.TypedChoiceField(
        label=_("Fulfilled voluntarily"),
        choices=YES_OR_NO,
        coerce=known,
        empty_value=None,
        required=False,
    )


class AgreementPart(FulfilmentPart):
    """The agreement of a case that succeeded."""

    agreement = forms.ChoiceField(
        label=_("Agreement"),
        choices=[(value, label) for value, label in Agreement.choices if value != Agreement.NONE],
        required=False,
    )
    agreed_on = forms.DateField(
        label=_("Agreed on"),
        widget=DayInput,
        required=False,
        help_text=_("Left empty: the day it was closed."),
    )


def outcome_of(cleaned):
    """Return what was typed of the agreement as arguments of the act; what is empty is left out."""
    names = ("agreement", "agreed_on", "fulfilment", "due_on", "fulfilled_on", "is_voluntary")
    return {name: cleaned[name] for name in names if cleaned.get(name) not in (None, "")}


def classes_for(user, on, division=None):
    """Return the classes of difficulty that hold on a day where the user acts, or in a division."""
    places = [division] if division else _places_of(user)
    schemes = {DifficultyScheme.objects.ruling(place, on) for place in places} - {None}
    rows = DifficultyClass.objects.select_related("scheme")
    return rows.filter(scheme__in=[scheme.pk for scheme in schemes]).order_by("scheme", "order")


def _places_of(user):
    grants = grants_of(user)
    bodies = [grant.organization for grant in grants if grant.organization is not None]
    below = Organization.objects.filter(pk__in=bodies).values_list("division_id", flat=True)
    # What holds everywhere, holds for a superuser as well.
    return {0, *below, *(grant.low for grant in grants if grant.low is not None)}
