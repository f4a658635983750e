"""The one list of the house: query block, tabs with counts, tags, totals, batch bar."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from office.desk.columns import cells
from office.desk.pages import DeskPage

ROWS_A_PAGE = 20
MOST_PAGES = 250  # further pages cost the database more and more; nobody reads on so far


class CappedPaginator(Paginator):
    """Pages of a list whose size is known, no more than ``MOST_PAGES`` of them."""

    def __init__(self, rows, count):
        super().__init__(rows, ROWS_A_PAGE)
        self.__dict__["count"] = count

    @cached_property
    def num_pages(self):
        return min(super().num_pages, MOST_PAGES)

    @property
    def is_capped(self):
        return self.count > MOST_PAGES * ROWS_A_PAGE


@dataclass(frozen=True)
class Tab:
    """A tab: its label, how many rows it holds, its address, and whether it is open."""

    label: str
    count: int
    query: str
    current: bool


class ListPage(DeskPage):
    """Chooses the rows of a list as the query says; the export takes the same rows."""

    @cached_property
    def filters(self):
        filterset = self.desk.filterset_class
        return filterset and filterset(
            self.request.GET, self.rows(), request=self.request, prefix=None
        )

    @cached_property
    def found(self):
        """All rows that pass the filters, whatever the tab."""
        return self.filters.qs if self.filters else self.rows()

    @cached_property
    def tab(self):
        chosen = self.request.GET.get(self.desk.tab_field or "", "")
        return chosen if chosen in dict(self.tab_choices) else ""

    @property
    def tab_choices(self):
        if not self.desk.tab_field:
            return []
        if self.desk.tab_choices:
            return self.desk.tab_choices
        return self.model._meta.get_field(self.desk.tab_field).flatchoices

    def get_queryset(self):
        rows = self.found
        if self.tab:
            rows = rows.filter(**{self.desk.tab_field: self.tab})
        return rows.order_by(*self.order)

    @cached_property
    def columns(self):
        return self.desk.columns_for(self.request.user, self.desk.columns, self.action)

    @cached_property
    def ordering(self):
        wanted = self.request.GET.get("ordering", "")
        sortable = {column.sort for column in self.columns if column.sort}
        return wanted if wanted.removeprefix("-") in sortable else ""

    @property
    def order(self):
        chosen = [self.ordering] if self.ordering else self.model._meta.ordering
        # Equal rows keep one order, or pages would repeat some and lose others.
        return [*chosen, self.model._meta.pk.name]


class IndexView(ListPage):
    """A list of records."""

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_template_names(self):
        return [self.desk.index_template]

    def get_page_title(self):
        return self.desk.title

    def trail(self):
        return []

    def get_context_data(self, **kwargs):
        tabs = self.tabs()
        paginator = CappedPaginator(self.get_queryset(), self.count(tabs))
        page = paginator.get_page(self.request.GET.get("p"))
        user, permits = self.request.user, self.desk.permits
        listed = [self.line(row) for row in page]
        return super().get_context_data(
            filters=self.filters,
            is_filtered=bool(self.filters and self.filters.form.has_changed()),
            tabs=tabs,
            tab_field=self.desk.tab_field,
            tab=self.tab,
            ordering=self.ordering,
            heads=self.heads(),
            page_obj=page,
            listed=listed,
            bulk_acts=[
                act for act in self.desk.bulk_acts if self.desk.permits(user, act.permission)
            ],
            can_export=self.desk.export_columns and permits(user, "export"),
            can_add=self.desk.add and permits(user, "add"),
            query=self.query(p=None),
            hints=[] if listed else self.desk.when_empty(self),
            media=self.filters.form.media if self.filters else "",
            **kwargs,
        )

    def line(self, row):
        return row, self.desk.url("inspect", row.pk), cells(self.columns, row)

    def heads(self):
        """Return (column, address that sorts by it, "ascending", "descending" or "")."""
        return [
            (column, self.query(ordering=self.turned(column), p=None), self.direction(column))
            if column.sort
            else (column, "", "")
            for column in self.columns
        ]

    def direction(self, column):
        return {column.sort: "ascending", f"-{column.sort}": "descending"}.get(self.ordering, "")

    def turned(self, column):
        return f"-{column.sort}" if self.ordering == column.sort else column.sort

    @cached_property
    def counts(self):
        field = self.desk.tab_field
        rows = self.found.order_by().values_list(field).annotate(Count("pk", distinct=True))
        return dict(rows.values_list(field, "pk__count"))

    def tabs(self):
        """Return a tab for all rows and one for every state that has rows."""
        if not self.desk.tab_field:
            return []
        field = self.desk.tab_field
        states = [
            Tab(
                label,
                self.counts.get(value, 0),
                self.query(p=None, **{field: value}),
                value == self.tab,
            )
            for value, label in self.tab_choices
            if value in self.counts or value == self.tab
        ]
        everything = Tab(
            _("All"), sum(self.counts.values()), self.query(p=None, **{field: None}), not self.tab
        )
        return [everything, *states]

    def count(self, tabs):
        """Return how many rows the list has; the tabs know already."""
        if not tabs:
            return self.found.count()
        return next(tab.count for tab in tabs if tab.current)

    def query(self, **changes):
        """Return the query of this page with changes, ready to follow its address."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query[name] = value
        return f"?{query.urlencode()}"
