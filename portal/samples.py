"""Invented content for the page that shows every component in every state."""

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each sort."""

    marks_optional = True

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As it stands in the register"),
        error_messages={"required": _("Enter the name.")},
    )
    happened_on = forms.DateField(label=_("Date"), help_text=_("For example 2026-11-05"))
    county = forms.ChoiceField(
        label=_("County"), required=False, choices=[("", _("Whole city")), ("1", _("A county"))]
    )
    story = forms.CharField(label=_("What happened"), min_length=10, widget=forms.Textarea)
    manner = forms.ChoiceField(
        label=_("How shall we answer?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how we shall answer.")},
        choices=[("phone", _("By telephone")), ("letter", _("By letter"))],
    )
    grounds = forms.MultipleChoiceField(
        label=_("What is it about?"),
        help_text=_("Choose all that apply"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", _("Partiality")), ("2", _("Insult")), ("3", _("Improper gain"))],
    )
    evidence = forms.FileField(label=_("File"), required=False)
    agreed = forms.BooleanField(
        label=_("I have read this"),
        error_messages={"required": _("Confirm that you have read this.")},
    )


TAGS = [
    {"label": _("Not rated"), "kind": ""},
    {"label": _("Full-time"), "kind": "info"},
    {"label": _("Level one"), "kind": "level"},
    {"label": _("On the roster"), "kind": "ok"},
    {"label": _("Term ends soon"), "kind": "warn"},
    {"label": _("Revoked"), "kind": "error"},
]


def components():
    """Return what the components page shows."""
    bound = SampleForm({"happened_on": "11月5日", "story": "太短", "grounds": ["1"]})
    bound.add_error(None, _("The form as a whole can be refused as well."))
    bound.auto_id = "refused_%s"
    return {
        "form_blank": SampleForm(),
        "form_refused": bound,
        "tags": TAGS,
        "chips": [
            {"label": _("A county"), "url": "?without=county"},
            {"label": _("Property"), "url": "?without=property"},
        ],
        "card": {
            "title": "陈宏玉",
            "url": "#cards",
            "tags": [TAGS[2], TAGS[1]],
            "lines": ["枫桥镇人民调解委员会", _("Good at: property, neighbours")],
            "actions": [
                {"label": _("Call the committee"), "url": "tel:12348", "primary": True},
                {"label": _("Details"), "url": "#cards"},
            ],
        },
        "facts": [
            {"term": _("Level"), "value": _("Level one")},
            {
                "term": _("Name"),
                "value": "陈宏玉",
                "url": "#facts",
                "action": _("Change"),
            },
        ],
        "suggestions": [
            {"label": _("Search the whole city"), "url": "#empty", "count": 18},
            {"label": _("Search by surname only"), "url": "#empty", "count": 3},
        ],
        "page": Paginator(range(100), 5).page(7),
        "crumbs": [{"label": _("Components"), "url": ""}],
    }
