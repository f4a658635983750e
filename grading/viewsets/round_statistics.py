"""A round in figures, and what the registers tell since: pages beside the list of applications."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from grading.models import GradingRound
from grading.reports.late_facts import late_facts
from grading.reports.round_figures import STAGES, RoundFigures
from office import ledger
from office.desk.exports import workbook
from office.desk.pages import DeskPage
from office.policies import rows_for
from office.sheets.writing import ExportColumn


class RoundPage(DeskPage):
    """A page about a round whose figures the user may see."""

    def is_permitted(self):
        return super().is_permitted() and self.round is not None

    @cached_property
    def round(self):
        rows = rows_for(self.request.user, "statistics", GradingRound)
        return get_object_or_404(
            rows.select_related("division", "version__scheme"), pk=self.kwargs["round"]
        )

    def get_page_subtitle(self):
        return str(self.round)

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            round=self.round, list_url=f"{self.desk.url('index')}?round={self.round.pk}", **kwargs
        )


class StatisticsView(RoundPage):
    """Taking part, distribution and funnel; figures say of what they are a share."""

    template_name = "grading/desk/round_statistics.html"

    def get_page_title(self):
        return _("Figures of the round")

    @cached_property
    def figures(self):
        return RoundFigures(self.round, self.rows())

    def get_context_data(self, **kwargs):
        figures = self.figures
        return super().get_context_data(
            funnel=figures.funnel(),
            stages=[str(label) for label in STAGES.values()],
            tables=[
                (name, str(heading), figures.by(name))
                for name, heading in figures.dimensions.items()
            ],
            total=figures.total(),
            export_url=self.desk.url("statistics_export", self.round.pk),
            late_url=self.desk.url("late_facts", self.round.pk),
            **kwargs,
        )


class StatisticsExportView(StatisticsView):
    """Every combination of level, kind, division and employment as a workbook."""

    def get(self, request, *args, **kwargs):
        raise Http404

    def post(self, request, *args, **kwargs):
        heads = [_("Level"), _("Kind of organisation"), _("Division"), _("Employment")]
        columns = [ExportColumn(str(head)) for head in [*heads, *STAGES.values()]]
        rows = self.figures.crossed()
        told = {"rows": len(rows), "format": "xlsx"}
        ledger.append("grading.gradinground.export", self.round, by=request.user, after=told)
        title = self.get_page_title()
        return workbook(f"{self.round}-{title}-{self.today:%Y%m%d}", title, columns, rows)


class LateFactsView(RoundPage):
    """Applications that were decided and whose facts as of the round's day changed since."""

    template_name = "grading/desk/round_late_facts.html"

    def get_page_title(self):
        return _("Late facts")

    def get_context_data(self, **kwargs):
        rows = self.rows().filter(grading_round=self.round)
        found = [(late, self.desk.url("inspect", late.application.pk)) for late in late_facts(rows)]
        return super().get_context_data(
            found=found, back=self.desk.url("statistics", self.round.pk), **kwargs
        )
