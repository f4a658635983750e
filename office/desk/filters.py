"""The query block above every list."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_QUERY = 60


class Filters(django_filters.FilterSet):
    """Filters of one list. Related rows to choose from are those within the officer's posts."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.form.fields.values():
            rows = getattr(field, "queryset", None)
            if hasattr(rows, "within"):
                field.queryset = rows.within(self.request.user)


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


def day(field_name, label, lookup):
    """A filter for dates from or until the day that is typed."""
    return django_filters.DateFilter(
        field_name,
        lookup_expr=lookup,
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
