"""What is typed when certificates are prepared for those who passed an exam: shape only."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm
from training.forms.certificates import OfKindInForce
from training.models import CertificateKind


class PassedForm(OfKindInForce, ReasonForm):
    """Which certificate those who passed get, and the basis that is printed on it."""

    permission = "training.certify_exam"

    kind = forms.ModelChoiceField(CertificateKind.objects.all(), label=_("Kind"), empty_label=None)
    basis = forms.CharField(label=_("Basis"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        kind.queryset = kind.queryset.of_everywhere_above(self.record.division_id)
        self.initial.setdefault("kind", kind.queryset.filter(category="training").first())
        basis = gettext("Passed the exam “%(exam)s”") % {"exam": self.record.title}
        self.initial.setdefault("basis", basis)
