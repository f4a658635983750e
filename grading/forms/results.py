"""What is asked when results are contested, certified, or answered by a higher body."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.models import RoundLevel
from office.desk.forms import ReasonForm
from registry.flows import ObjectionState
from registry.forms.closures import AnswerForm
from registry.models import Objection
from training.models import CertificateCategory, CertificateKind

BEGINNING = 30


class ObjectionField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        told = {
            "number": obj.pk, "day": obj.received_on.isoformat(), "text": obj.text[:BEGINNING],
        }  # fmt: skip
        return gettext("No. %(number)d of %(day)s: %(text)s") % told


class ContestForm(ReasonForm):
    """Which objection to the notice of the round is one to this person."""

    objection = ObjectionField(Objection.objects.none(), label=_("Objection"))

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        rows = Objection.objects.within(self.user, "registry.view_objection")
        notice = record.its_notice_id
        self.fields["objection"].queryset = rows.filter(
            notice=notice, notice__isnull=False, state=ObjectionState.OPEN
        ).order_by("pk")


class ContestedForm(AnswerForm):
    """What the objector is told; above it stands what was objected, to whom it may be shown."""

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        if objection := objection_to(record, self.user):
            said = gettext("Objection No. %(number)d: %(text)s")
            told = {"number": objection.pk, "text": objection.text}
            self.fields["answer"].help_text = f"{said % told} {self.fields['answer'].help_text}"


def objection_to(application, user):
    """Return the objection to an application as far as somebody may read it, or None."""
    if application.objection_id is None:
        return None
    rows = Objection.objects.within(user, "registry.view_objection")
    return rows.filter(pk=application.objection_id).first()


class CertifyForm(ReasonForm):
    """Of which level of the round certificates are prepared, and of which kind."""

    level = forms.ModelChoiceField(RoundLevel.objects.none(), label=_("Level"))
    kind = forms.ModelChoiceField(CertificateKind.objects.none(), label=_("Kind of certificate"))

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.fields["level"].queryset = record.levels.all()
        kinds = CertificateKind.objects.within(self.user, "training.add_certificaterun")
        issued = CertificateKind.objects.issued_in(record.division_id, timezone.localdate())
        kinds = kinds.filter(category=CertificateCategory.LEVEL, pk__in=issued.values("pk"))
        self.fields["kind"].queryset = kinds


class DocumentForm(ReasonForm):
    """The document by which a higher body decided."""

    document = forms.CharField(label=_("Number of the document"), max_length=120)
    on = forms.DateField(
        label=_("Date of the document"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
