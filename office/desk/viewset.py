"""From which every viewset of the house is made: a table of contents for one kind of record."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from office.desk.bulk import BulkView
from office.desk.columns import columns_of
from office.desk.documents import DocumentView, attaching, papers_section
from office.desk.exports import ExportView
from office.desk.lists import IndexView
from office.desk.records import ActView, AddView, EditView, HistoryView, InspectView
from office.policies import permission_for, rows_for
from office.scopes import carries

DESKS = {}


class DeskViewSet(ViewSet):
    """One kind of record on the officer's desk. Nothing is copied or deleted here.

    Subclasses name the model, columns, filters and acts, and override ``sections``. ``add`` and
    ``change`` are actions: ``add(*, by, today, reason, **fields)`` returns the row,
    ``change(pk, *, by, today, reason, revision, **fields)`` corrects it.
    """

    model = None
    help = ""
    related = ()
    list_columns = ()
    filterset_class = None
    tab_field = None
    # (value, label) where ``tab_field`` is something the rows are annotated with.
    tab_choices = ()
    exported = ()
    export_is_personal = False
    form_class = None
    add_form_class = None
    add = None
    change = None
    acts = ()
    bulk = ()
    # (code, label) of the papers a record has; none means it has no papers.
    document_kinds = ()
    history = True
    history_action = "view"
    index_template = "office/desk/index.html"
    edit_view = EditView

    @property
    def title(self):
        return capfirst(self.model._meta.verbose_name_plural)

    @cached_property
    def columns(self):
        return columns_of(self.model, self.list_columns)

    @cached_property
    def export_columns(self):
        return columns_of(self.model, self.exported)

    def columns_for(self, user, columns, action):
        """Return the columns that the user may read in every row on which the action is allowed."""
        within = permission_for(action, self.model)
        return [
            column
            for column in columns
            if not column.permission or carries(user, column.permission, within)
        ]

    @cached_property
    def all_acts(self):
        """The acts named by the subclass, and that of adding a paper."""
        attach = [attaching(self.model, self.document_kinds)] if self.document_kinds else []
        return [*self.acts, *attach]

    @cached_property
    def acts_by_name(self):
        return {act.name: act for act in self.all_acts}

    @cached_property
    def bulk_acts(self):
        return [self.acts_by_name[name] for name in self.bulk]

    def rows(self, user, action="view"):
        """The rows on which the user may take the action, with what the list shows of others."""
        return rows_for(user, action, self.model).select_related(*self.related)

    def permits(self, user, action):
        """Whether the user may take the action on rows of this kind anywhere."""
        return user.has_perm(permission_for(action, self.model))

    def is_editable(self, record):
        """Whether the state of the record allows it to be corrected."""
        flow = getattr(record, "flow", None)
        return self.change is not None and (flow is None or record.state in flow.editable)

    def initial(self, request):
        """What a new record's form is filled with."""
        return {}

    def came_from(self, request, form):
        """Return the page of the record that the form was opened from, or an empty string."""
        for name, field in form.fields.items():
            chosen = getattr(field.widget, "get_instance", None)
            row = chosen(request.GET.get(name)) if chosen else None
            desk = DESKS.get(row._meta.label_lower) if row else None
            if desk:
                return desk.url("inspect", row.pk)
        return ""

    def tags(self, record):
        """Return (text, tone) for the tags beside a record's title."""
        return []

    def when_empty(self, page):
        """Return sentences that say why a list is empty and what to do, where that is known."""
        return []

    def sections(self, record, page):
        """Return the ``Section``s of a record's page."""
        return []

    def ways_on(self, record, page):
        """Return (label, address, icon, whether grave) for what may be begun or seen from here.

        Acts write on the record itself; these lead to pages of other kinds of records.
        """
        return []

    def papers(self, record):
        """Return the section of a record's papers, if it can have any."""
        return [papers_section(self, record, self.document_kinds)] if self.document_kinds else []

    def url(self, view, *args):
        return reverse(self.get_url_name(view), args=args)

    def page(self, view_class):
        return view_class.as_view(desk=self)

    def get_urlpatterns(self):
        patterns = [
            path("", self.page(IndexView), name="index"),
            path("export/", self.page(ExportView), name="export"),
            path("bulk/<slug:act>/", self.page(BulkView), name="bulk"),
            path("<int:pk>/", self.page(InspectView), name="inspect"),
            path("<int:pk>/history/", self.page(HistoryView), name="history"),
            path("<int:pk>/act/<slug:act>/", self.page(ActView), name="act"),
        ]
        if self.document_kinds:
            paper = self.page(DocumentView)
            patterns.append(path("<int:pk>/documents/<int:document>/", paper, name="document"))
        if self.add:
            patterns.append(path("new/", self.page(AddView), name="add"))
        if self.change:
            patterns.append(path("<int:pk>/edit/", self.page(self.edit_view), name="edit"))
        return patterns

    def on_register(self):
        super().on_register()
        DESKS[self.model._meta.label_lower] = self

    @property
    def menu_label(self):
        return self.title

    @property
    def menu_name(self):
        return self.name

    @property
    def menu_url(self):
        return self.url("index")

    @cached_property
    def menu_item_class(self):
        desk = self

        class DeskMenuItem(MenuItem):
            """Shown to those who may see this kind of record."""

            def is_shown(self, request):
                return desk.permits(request.user, "view")

        return DeskMenuItem
