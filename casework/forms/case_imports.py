"""What officers may type about a file of cases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.forms import DeskForm
from registry.models import Division, Organization

LEVELS = ["city", "county", "township"]


class CaseUploadForm(DeskForm):
    """A file of cases of the officer's area; a clerk gives one of the own organisation."""

    permission = "casework.add_caseimport"

    division = forms.ModelChoiceField(
        label=_("Division"),
        queryset=Division.objects.filter(level__in=LEVELS, until_on=None),
        help_text=_("Organisations are looked up within it."),
    )
    organization = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organization.objects.all(),
        help_text=_("Cases of other organisations are refused."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("An .xlsx or CSV file with a case number in every row; the headings may be "
                    "your own."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        allow_empty_file=True,
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # An officer with a post in a division names the division, a clerk the organisation.
        kept = "division" if self.fields["division"].queryset.exists() else "organization"
        del self.fields["organization" if kept == "division" else "division"]
        rows = list(self.fields[kept].queryset.values_list("pk", flat=True)[:2])
        if len(rows) == 1:
            self.initial.setdefault(kept, rows[0])
