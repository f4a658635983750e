"""The query block above every list."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from office.policies import permission_for
from office.scopes import carries

LONGEST_QUERY = 60
# A filter that is not used leaves all rows; it asks for nothing that is unknown.
YES_OR_NO = [("unknown", _("All")), ("true", _("Yes")), ("false", _("No"))]


class Filters(django_filters.FilterSet):
    """Filters of one list. Related rows to choose from are those within the officer's posts.

    ``asks_for`` names a permission for filters that not everybody who sees the list may use.
    """

    asks_for = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        within = permission_for("view", self._meta.model)
        for name, permission in self.asks_for.items():
            if not carries(self.request.user, permission, within):
                del self.filters[name]
        for field in self.form.fields.values():
            rows = getattr(field, "queryset", None)
            if hasattr(rows, "within"):
                field.queryset = rows.within(self.request.user)
            if isinstance(field.widget, forms.NullBooleanSelect):
                field.widget.choices = YES_OR_NO


def contains(field_name, label):
    """A filter for texts that contain what is typed."""
    return django_filters.CharFilter(
        field_name, lookup_expr="icontains", label=label, max_length=LONGEST_QUERY
    )


def choice(field_name, label, choices):
    """A filter for one of the choices."""
    return django_filters.ChoiceFilter(
        field_name=field_name, label=label, choices=choices, empty_label=_("All")
    )


def day(field_name, label, lookup, **given):
    """A filter for dates from or until the day that is typed."""
    return django_filters.DateFilter(
        field_name,
        lookup_expr=lookup,
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **given,
    )
