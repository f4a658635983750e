"""Samples of cases on the desk: drawn by a seed, and proved by drawing them again."""

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.actions import samples
from casework.forms.samples import NewSampleForm
from casework.models import FileCheck, Opinion, Sample, SampleKind
from casework.queries.opinions import CONCLUDED
from office.desk.columns import Section, column, facts_of
from office.desk.filters import Filters
from office.desk.history import name_acts
from office.desk.pages import RecordPage
from office.desk.viewset import DESKS, DeskViewSet
from registry.viewsets.terms import DivisionFilter

name_acts(draw=gettext_lazy("Draw a sample"))
MOST_SHOWN = 200


class SampleFilters(Filters):
    division = DivisionFilter()

    class Meta:
        model = Sample
        fields = []


class PopulationView(RecordPage):
    """Hands out the cases a sample was drawn from, as the text its digest was taken of."""

    def get(self, request, *args, **kwargs):
        lines = f"{self.record.population.lines}\n"
        response = HttpResponse(lines, content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="sample-{self.record.pk}.txt"'
        response["Cache-Control"] = "no-store, private"
        return response


class SampleDesk(DeskViewSet):
    name = "case_samples"
    icon = "search"
    model = Sample
    help = gettext_lazy(
        "A random choice of closed cases. Whoever has the seed and the list draws the same cases."
    )
    related = ("division", "organization", "policy", "drawn_by")
    filterset_class = SampleFilters
    tab_field = "kind"
    list_columns = (
        "division",
        column(Sample, "kind", tones={}),
        "from_on",
        "last_on",
        "count",
        "size",
        "drawn_on",
    )
    exported = (*list_columns, "seed", "digest")
    add_form_class = NewSampleForm
    add = staticmethod(samples.draw_sample)

    def sections(self, record, page):
        return [
            Section(
                name="data",
                heading=_("Sample of cases"),
                icon="search",
                facts=facts_of(
                    record, *self.list_columns, "organization", "share", "is_stratified", "policy",
                    "drawn_by",
                ),
            ),
            Section(
                name="proof",
                heading=_("Drawn again"),
                icon="check",
                template="casework/desk/includes/sample_proof.html",
                context={
                    "sample": record,
                    "faults": samples.faults_of(record),
                    "population_url": self.url("population", record.pk),
                },
            ),
            Section(
                name="items",
                heading=_("Drawn cases"),
                icon="list-ul",
                template="casework/desk/includes/sampled_cases.html",
                context={"items": lines_of(record, page.request.user), "most": MOST_SHOWN},
            ),
        ]  # fmt: skip

    def get_urlpatterns(self):
        view = self.page(PopulationView)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/population/", view, name="population"),
        ]


def lines_of(sample, user):
    """Return (drawn case, address of the page it is dealt with on, whether that was done).

    Whoever may not open such pages gets no addresses.
    """
    since = {"case": OuterRef("case")}
    visits = Opinion.objects.filter(
        **since, channel="visit", outcome__in=CONCLUDED, given_on__gte=sample.drawn_on
    )
    checks = FileCheck.objects.scored().filter(**since, scored_on__gte=sample.drawn_on)
    is_visit = sample.kind == SampleKind.VISIT
    rows = sample.items.select_related("case__organization").order_by("place")
    rows = rows.annotate(is_done=Exists(visits if is_visit else checks))[:MOST_SHOWN]
    desk = DESKS["casework.visitedcase" if is_visit else "casework.filecheck"]
    pks = {row.case_id: row.case_id for row in rows} if is_visit else latest_checks(rows)
    opens = desk.permits(user, "view")
    return [
        (row, desk.url("inspect", pks[row.case_id]) if opens else "", row.is_done) for row in rows
    ]


def latest_checks(rows):
    """Return {case: its latest check} of drawn cases; each was opened when it was drawn."""
    checks = FileCheck.objects.filter(case__in=[row.case_id for row in rows])
    return dict(checks.order_by("pk").values_list("case", "pk"))
