"""What all pages of the desk have in common: the row, the right, and the furniture."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class DeskPage(WagtailAdminTemplateMixin, View):
    """A page of a viewset. Who lacks the permission is told that there is no such page."""

    desk = None
    action = "view"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.model = self.desk.model

    def dispatch(self, request, *args, **kwargs):
        if not self.is_permitted():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def is_permitted(self):
        return self.desk.permits(self.request.user, self.action)

    def rows(self, action=None):
        """The rows on which the user may take the action of this page, or the given one."""
        return self.desk.rows(self.request.user, action or self.action)

    @cached_property
    def today(self):
        # The edge of the request reads the clock, the domain does not.
        return timezone.localdate()

    def get_header_icon(self):
        return self.desk.icon

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.desk.url("index"), "label": self.desk.title},
            *self.trail(),
        ]

    def trail(self):
        """The breadcrumbs below the list."""
        return [{"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(desk=self.desk, page_help=self.desk.help, **kwargs)


class RecordPage(DeskPage):
    """A page about one row. A row outside the user's posts cannot be found."""

    def is_permitted(self):
        return super().is_permitted() and self.record is not None

    @cached_property
    def record(self):
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.record)

    @property
    def record_url(self):
        return self.desk.url("inspect", self.record.pk)

    def trail(self):
        return [
            {"url": self.record_url, "label": str(self.record)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(record=self.record, record_url=self.record_url, **kwargs)


class FormPage:
    """Shows a form, and on sending it carries out one act: once, whole, or not at all."""

    template_name = "office/desk/form.html"
    submit_label = ""

    def get(self, request, *args, **kwargs):
        return self.show(self.make_form())

    def make_form(self, data=None, files=None):
        raise NotImplementedError

    def show(self, form, status=200, **context):
        context = self.get_context_data(
            form=form, errors=error_summary(form), media=form.media, **context
        )
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs):
        label = self.submit_label or self.get_page_title()
        return super().get_context_data(submit_label=label, **kwargs)

    def get_header_title(self):
        title = super().get_header_title()
        return _("Error: %(title)s") % {"title": title} if self.request.method == "POST" else title


def error_summary(form):
    """Return (id of the field, sentence) for all that is wrong; "" stands for the whole form."""
    found = [("", error) for error in form.non_field_errors()]
    for field in form.visible_fields():
        found += [(field.id_for_label, f"{field.label}：{error}") for error in field.errors]
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    return found + ([("", _("The form is incomplete. Open it again."))] if hidden else [])


def add_refusal(form, refusal):
    """Put what an action said against the input beside the fields it concerns."""
    if hasattr(refusal, "error_dict"):
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, refusal.error_list)
