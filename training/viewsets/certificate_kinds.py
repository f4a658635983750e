"""Kinds of certificates and seals on the officer's desk: set from a day on, never edited."""

from django.http import FileResponse, Http404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts
from office.desk.pages import RecordPage
from office.desk.viewset import DeskViewSet
from training import actions
from training.forms.certificates import EndForm, NewKindForm, NewSealForm
from training.models import CertificateCategory, CertificateKind, Seal

name_acts(end=gettext_lazy("End"))


def place(row):
    return row.division.name if row.division else _("everywhere")


def is_open(row):
    return row.until_on is None


class KindFilters(Filters):
    name = contains("name", gettext_lazy("Title"))
    category = choice("category", gettext_lazy("Category"), CertificateCategory.choices)

    class Meta:
        model = CertificateKind
        fields = []


PLACE = Column(name="division", label=gettext_lazy("Division"), value=place)


class CertificateKindDesk(DeskViewSet):
    name = "certificate_kinds"
    icon = "cog"
    model = CertificateKind
    help = gettext_lazy(
        "Settings of the bureau. A new row takes the place of the old from a day on."
    )
    related = ("division",)
    filterset_class = KindFilters
    list_columns = ("name", "category", PLACE, "number_pattern", "bars_duty", "from_on", "until_on")
    add_form_class = NewKindForm
    add = staticmethod(actions.add_certificate_kind)
    acts = (
        Act(
            name="end",
            label=gettext_lazy("End"),
            take=actions.end_certificate_kind,
            permission="change",
            form_class=EndForm,
            offered=is_open,
            grave=True,
            icon="cross",
        ),
    )

    def initial(self, request):
        return {"from_on": timezone.localdate()}

    def sections(self, record, page):
        facts = facts_of(
            record, "code", "category", PLACE, "name", "name_en", "wording", "number_pattern",
            "is_limited", "valid_months", "has_yearly_check", "bars_duty", "from_on", "until_on",
        )  # fmt: skip
        return [Section(name="data", heading=_("Kind of certificate"), icon=self.icon, facts=facts)]


class PictureView(RecordPage):
    """Shows the picture of a seal to those who may see it."""

    def get(self, request, *args, **kwargs):
        if not self.record.picture:
            raise Http404
        response = FileResponse(self.record.picture.open(), content_type="image/jpeg")
        response["Cache-Control"] = "no-store, private"
        return response


class SealDesk(DeskViewSet):
    name = "seals"
    icon = "pick"
    model = Seal
    help = gettext_lazy("Printed on certificates; without a picture a plain round seal is drawn.")
    related = ("division", "added_by")
    list_columns = ("body", PLACE, "from_on", "until_on")
    add_form_class = NewSealForm
    add = staticmethod(actions.add_seal)
    acts = (
        Act(
            name="end",
            label=gettext_lazy("End"),
            take=actions.end_seal,
            permission="change",
            form_class=EndForm,
            offered=is_open,
            grave=True,
            icon="cross",
        ),
    )

    def get_urlpatterns(self):
        picture = path("<int:pk>/picture/", self.page(PictureView), name="picture")
        return [*super().get_urlpatterns(), picture]

    def initial(self, request):
        return {"from_on": timezone.localdate()}

    def sections(self, record, page):
        return [
            Section(
                name="data",
                heading=_("Seal"),
                icon=self.icon,
                template="training/desk/seal.html",
                context={
                    "facts": facts_of(record, "body", PLACE, "added_by", "from_on", "until_on"),
                    "picture": self.url("picture", record.pk),
                },
            )
        ]
