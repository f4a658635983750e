"""Choosing a related row: only rows in scope, in the list, the search, and by a chosen id."""

import json

from django import forms
from django.http import Http404
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from office.policies import permission_for, rows_for

# Longer ones are no number of a row, and more than a database can compare.
LONGEST_NUMBER = 18


class ScopedChooser(BaseChooser):
    """The chooser's field. It names no row outside ``rows``, and needs no script in the page."""

    show_edit_link = False
    rows = None

    def get_instance(self, value):
        pk = getattr(value, "pk", value)
        if self.rows is None or not str(pk or "").isdigit() or len(str(pk)) > LONGEST_NUMBER:
            return None
        return self.rows.filter(pk=pk).first()

    def get_value_data_from_instance(self, instance):
        return {"id": instance.pk, "edit_url": None, self.display_title_key: str(instance)}

    def render(self, name, value, attrs=None, renderer=None):
        html = self.render_html(name, self.get_value_data(value), attrs)
        options = json.dumps(self.base_js_init_options)
        return format_html(
            '<div data-desk-chooser="{}" data-options="{}">{}</div>', attrs["id"], options, html
        )


class SearchForm(BaseFilterForm):
    """Finds rows by a part of their name."""

    search_field = "name"
    q = forms.CharField(
        label=_("Search"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Part of the name")}),
    )

    def filter(self, objects):
        objects = super().filter(objects)
        if wanted := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, wanted
            objects = objects.filter(**{f"{self.search_field}__icontains": wanted})
        return objects


class InScope:
    """Only for those who may take the action, and only the rows on which they may take it."""

    action = "view"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(permission_for(self.action, self.model_class)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def rows(self):
        return rows_for(self.request.user, self.action, self.model_class)


class Listed(InScope):
    filter_form_class = SearchForm
    extra_columns = ()
    related = ()

    def get_object_list(self):
        return self.rows.select_related(*self.related)

    def can_create(self):
        return False

    @property
    def columns(self):
        shown = [Column(name, label=label, accessor=name) for name, label in self.extra_columns]
        return [*super().columns, *shown]


class ChooseView(Listed, chooser.ChooseView):
    pass


class ChooseResultsView(Listed, chooser.ChooseResultsView):
    pass


class ChosenView(InScope, chooser.ChosenView):
    def get_object(self, pk):
        if not pk.isdigit():
            raise Http404
        return self.rows.get(pk=pk)

    def get_edit_item_url(self, instance):
        return None


class ChosenMultipleView(InScope, chooser.ChosenMultipleView):
    def get_objects(self, pks):
        return self.rows.filter(pk__in=[pk for pk in pks if pk.isdigit()])

    def get_edit_item_url(self, instance):
        return None


class ScopedChooserViewSet(ChooserViewSet):
    """A chooser of rows in scope, in which nothing can be created."""

    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    base_widget_class = ScopedChooser
    register_widget = False
    action = "view"
    extra_columns = ()
    related = ()

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            action=self.action, extra_columns=self.extra_columns, related=self.related, **kwargs
        )

    def get_urlpatterns(self):
        return [
            path("", self.choose_view, name="choose"),
            path("results/", self.choose_results_view, name="choose_results"),
            path("chosen/<str:pk>/", self.chosen_view, name="chosen"),
            path("chosen-multiple/", self.chosen_multiple_view, name="chosen_multiple"),
        ]
