"""The statistics of cases on the desk: the yearbook's table, trends, figures of one's own."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSet

from casework.forms.statistics import YEARS_BACK, StatisticsForm
from casework.metrics import PERMISSION
from casework.models import CaseRecord
from casework.reports.satisfaction import least_of
from casework.reports.trends import MONTHS, trend
from casework.reports.yearbook import yearbook
from casework.reports.yearly import by_person, yearly
from office import ledger
from office.desk.exports import WholeList, workbook
from office.desk.pages import DeskPage
from office.desk.viewset import DESKS, DeskViewSet
from office.scopes import grants_of
from office.sheets.writing import ExportColumn
from registry.models import Mediator, Organization

TABLES = [
    ("dispute_type", gettext_lazy("By type of dispute")),
    ("difficulty", gettext_lazy("By difficulty")),
    ("source", gettext_lazy("By how they came")),
    ("kind", gettext_lazy("By kind of organisation")),
    ("division", gettext_lazy("By division")),
    ("organization", gettext_lazy("By organisation")),
]


class StatisticsPage(DeskPage):
    """A page that is narrowed by the form above it."""

    @cached_property
    def form(self):
        return StatisticsForm(self.request.GET, user=self.request.user, today=self.today)

    def get(self, request, *args, **kwargs):
        if not self.form.is_valid() and self.form.is_bound:
            raise Http404
        return self.render_to_response(self.get_context_data())

    def narrowed(self):
        """What the form narrows figures to, as ``measure`` is asked."""
        asked = self.form.asked
        filters = {"kind": asked["kind"]} if asked["kind"] else None
        return {"user": self.request.user, "division": asked["division"], "filters": filters}

    def query(self, **changes):
        """Return the query of this page with changes, ready to follow its address."""
        query = {**self.request.GET.dict(), **changes}
        return f"?{urlencode({name: value for name, value in query.items() if value != ''})}"

    def get_context_data(self, **kwargs):
        kept = [(name, given) for name in ("by", "months") if (given := self.request.GET.get(name))]
        return super().get_context_data(form=self.form, kept=kept, media="", **kwargs)


class YearbookView(StatisticsPage):
    """Type, count, share, change on last year, and what became of the cases."""

    template_name = "casework/desk/yearbook.html"

    @cached_property
    def by(self):
        by = self.request.GET.get("by", TABLES[0][0])
        if by not in dict(TABLES):
            raise Http404
        return by

    @cached_property
    def book(self):
        asked = self.form.asked
        return yearbook(
            self.request.user,
            by=self.by,
            window=self.form.window,
            on=self.today,
            root=asked["division"],
            kind=asked["kind"],
        )

    def get_page_title(self):
        return self.desk.title

    def trail(self):
        return []

    def get_context_data(self, **kwargs):
        lines = [(line, self.address(line)) for line in self.book.lines]
        return super().get_context_data(
            book=self.book,
            lines=lines,
            heading=dict(TABLES)[self.by],
            by=self.by,
            tables=[(self.query(by=by), label, by == self.by) for by, label in TABLES],
            window=self.form.window,
            export_url=self.desk.url("export") + self.query(),
            trend_url=self.desk.url("trend") + self.query(),
            **kwargs,
        )

    def address(self, line):
        """Where a line leads: into its division, or to the figures of its organisation."""
        if line.into is None:
            return ""
        if "organization" in line.into:
            year = self.form.asked["year"]
            return f"{self.desk.url('organization', line.into['organization'])}?year={year}"
        return self.query(**line.into)


class YearbookExportView(YearbookView):
    """The same table as a workbook."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if not self.form.is_valid() and self.form.is_bound:
            raise Http404
        lines = [*self.book.lines, self.book.total]
        self.log(len(lines))
        name = f"{self.desk.title}-{self.form.window.from_on:%Y%m%d}-{self.by}"
        return workbook(name, self.desk.title, self.columns(), [cells_of(line) for line in lines])

    def columns(self):
        heads = [
            str(dict(TABLES)[self.by]),
            _("Cases accepted"), _("Share of all cases, %"), _("Last year"),
            _("Change on last year"), _("Change on last year, %"),
        ]  # fmt: skip
        told = [head_of(metric) for metric in self.book.metrics]
        return [ExportColumn(head) for head in [*heads, *told]]

    def log(self, count):
        grants = grants_of(self.request.user, PERMISSION)
        area = next((grant.low for grant in grants if grant.low is not None), None)
        ledger.append(
            "casework.caserecord.export",
            WholeList(CaseRecord._meta, area),
            by=self.request.user,
            after={"rows": count, "format": "xlsx", "query": self.request.GET.urlencode()[:1000]},
        )


def head_of(metric):
    return f"{metric.label}, %" if metric.unit == "share" else str(metric.label)


def cells_of(line):
    told = [figure.shown for figure in line.rest]
    return [line.label, line.count, line.share, line.before, line.change, line.change_share, *told]


class TrendView(StatisticsPage):
    """Months side by side, drawn and as a table."""

    template_name = "casework/desk/trend.html"

    def get_page_title(self):
        return _("Trend of cases")

    def get_context_data(self, **kwargs):
        months = months_asked(self.request)
        drawn = trend(months, today=self.today, **self.narrowed())
        return super().get_context_data(
            trend=drawn,
            spans=[(self.query(months=n), n, n == months) for n in MONTHS],
            **kwargs,
        )


def months_asked(request):
    wanted = request.GET.get("months", str(MONTHS[1]))
    if wanted not in map(str, MONTHS):
        raise Http404
    return int(wanted)


class SubjectPage(DeskPage):
    """The yearly figures of one organisation or person, within the officer's posts."""

    template_name = "casework/desk/subject.html"
    subject = None

    def is_permitted(self):
        return super().is_permitted() and self.record is not None

    @cached_property
    def record(self):
        rows = self.subject.objects.within(self.request.user, PERMISSION)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def year(self):
        wanted = self.request.GET.get("year", str(self.today.year))
        if wanted not in map(str, self.years):
            raise Http404
        return int(wanted)

    @property
    def years(self):
        return range(self.today.year, self.today.year - YEARS_BACK, -1)

    @property
    def narrowed(self):
        """What figures are narrowed to."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return _("Figures of cases")

    def get_page_subtitle(self):
        return str(self.record)

    def get_context_data(self, **kwargs):
        asked = {"user": self.request.user, **self.narrowed}
        least = least_of(self.record.division_id, self.today)
        return super().get_context_data(
            record=self.record,
            record_url=self.record_url,
            year=self.year,
            years=self.years,
            pairs=yearly(self.year, least=least, **asked),
            trend=trend(MONTHS[1], today=self.today, **asked),
            media="",
            **self.more(asked, least),
            **kwargs,
        )

    @property
    def record_url(self):
        desk = DESKS[self.subject._meta.label_lower]
        user = self.request.user
        return desk.url("inspect", self.record.pk) if desk.permits(user, "view") else ""

    def more(self, asked, least):
        return {}


class OrganizationFiguresView(SubjectPage):
    """An organisation's figures, and those of the people who mediated its cases."""

    subject = Organization

    @property
    def narrowed(self):
        return {"organizations": [self.record.pk]}

    def more(self, asked, least):
        metrics, people = by_person(self.year, least=least, **asked)
        seen = Mediator.objects.within(self.request.user, PERMISSION)
        linked = set(seen.filter(pk__in=[line.person.pk for line in people]).values_list("pk"))
        rows = [
            (line, self.address(line) if (line.person.pk,) in linked else "") for line in people
        ]
        return {"people": rows, "person_metrics": metrics, "of_organization": True}

    def address(self, line):
        return f"{self.desk.url('mediator', line.person.pk)}?year={self.year}"


class MediatorFiguresView(SubjectPage):
    """A person's figures, of all cases within the officer's posts."""

    subject = Mediator

    @property
    def narrowed(self):
        return {"mediators": [self.record.pk]}


class CaseStatisticsDesk(DeskViewSet):
    """Figures, no records; nothing is done here but looking and taking along."""

    name = "case_statistics"
    icon = "table"
    model = CaseRecord
    title = gettext_lazy("Statistics of cases")
    help = gettext_lazy(
        "Cases accepted in the days asked for, and what became of them as far as is known now."
        " Entries of one dispute count once; what is not known is in no share."
    )

    def permits(self, user, action):
        return action == "view" and user.has_perm(PERMISSION)

    def get_urlpatterns(self):
        return [
            path("", self.page(YearbookView), name="index"),
            path("export/", self.page(YearbookExportView), name="export"),
            path("trend/", self.page(TrendView), name="trend"),
            path("organization/<int:pk>/", self.page(OrganizationFiguresView), name="organization"),
            path("mediator/<int:pk>/", self.page(MediatorFiguresView), name="mediator"),
        ]

    def on_register(self):
        # The desk of cases is another.
        ViewSet.on_register(self)
