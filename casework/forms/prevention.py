"""What is typed about a month of prevention."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import PreventionReport
from casework.models.prevention import FIGURES
from casework.rules.prevention import month_before, read_month
from office.desk.forms import RecordModelForm
from registry.forms.choosers import ORGANIZATIONS
from registry.models import Organization


class MonthField(forms.CharField):
    """A month in the browser's own field, or typed as 2026-10; its first day."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-10"})

    def prepare_value(self, value):
        return f"{value:%Y-%m}" if hasattr(value, "strftime") else value

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        month = read_month(text)
        if month is None:
            raise forms.ValidationError(_("Give the month as 2026-10."))
        return month


class ReportForm(RecordModelForm):
    """The figures of the month."""

    permission = "casework.change_preventionreport"

    class Meta:
        model = PreventionReport
        fields = [*FIGURES, "remarks"]
        help_texts = {"screenings": _("Where there was nothing, write 0.")}


class CorrectReportForm(ReportForm):
    """The figures as they should have been reported."""

    permission = "casework.correct_preventionreport"


class NewReportForm(ReportForm):
    """Whose report of which month."""

    permission = "casework.add_preventionreport"

    month = MonthField(label=_("Month"))

    class Meta(ReportForm.Meta):
        fields = ["organization", *ReportForm.Meta.fields]
        widgets = {"organization": ORGANIZATIONS.widget_class}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["organization", "month"])
        self.initial.setdefault("month", month_before(timezone.localdate()))
        own = Organization.objects.within(self.user, self.permission)[:2]
        if len(own) == 1:
            self.initial.setdefault("organization", own[0].pk)
