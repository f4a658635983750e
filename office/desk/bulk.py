"""One act for many rows at once: first a page that checks every row, then all of them or none."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from office.desk.pages import DeskPage
from office.desk.records import WritingPage

MOST_ROWS = 200


@dataclass(frozen=True)
class Checked:
    """A chosen row, its address, and all that bars the act for it."""

    row: object
    url: str
    refusals: list = field(default_factory=list)


class BulkView(WritingPage, DeskPage):
    """Shows each chosen row with what bars it; on sending takes the act for all the others.

    Rows out of scope are not found, so they do not appear. If one row is refused at the last
    moment, nothing is written for any of them, and the page says which.
    """

    template_name = "office/desk/bulk.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.act = next((a for a in self.desk.bulk_acts if a.name == kwargs["act"]), None)

    def is_permitted(self):
        if self.act is None:
            return False
        self.action = self.act.permission
        return super().is_permitted()

    def get(self, request, *args, **kwargs):
        if not self.checked:
            messages.warning(request, _("Choose at least one row."))
            return redirect(self.list_url)
        return super().get(request, *args, **kwargs)

    def get_page_title(self):
        return self.act.label

    @property
    def list_url(self):
        """The list from which the rows were chosen, filtered as it was."""
        query = QueryDict(self.request.GET.get("list", "").removeprefix("?")).urlencode()
        return f"{self.desk.url('index')}?{query}" if query else self.desk.url("index")

    @cached_property
    def checked(self):
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        pks = [pk for pk in sent.getlist("pk") if pk.isascii() and pk.isdigit() and len(pk) < 19]
        rows = self.rows().filter(pk__in=pks[:MOST_ROWS]).order_by(*self.model._meta.ordering)
        return [
            Checked(row, self.desk.url("inspect", row.pk), self.act.refusals(row, self.today))
            for row in rows
        ]

    @property
    def passing(self):
        return [checked.row for checked in self.checked if not checked.refusals]

    def make_form(self, data=None, files=None):
        return self.act.form_class(data, files, user=self.request.user, record=None)

    def post(self, request, *args, **kwargs):
        if not self.checked:
            raise Http404
        return super().post(request, *args, **kwargs)

    def carry_out(self, form):
        for row in self.passing:
            try:
                self.act.take(row.pk, by=self.request.user, today=self.today, **form.values())
            except ValidationError as refusal:
                said = " ".join(refusal.messages)
                raise ValidationError(
                    _("Nothing was written, because of “%(row)s”: %(reason)s"),
                    params={"row": row, "reason": said},
                ) from refusal
        count = len(self.passing)
        self.done_message = ngettext(
            "%(act)s: done for %(count)d record.", "%(act)s: done for %(count)d records.", count
        ) % {"act": self.act.label, "count": count}
        return self.list_url

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            act=self.act,
            passing=len(self.passing),
            passing_rows=[item for item in self.checked if not item.refusals],
            barred_rows=[item for item in self.checked if item.refusals],
            most_rows=MOST_ROWS,
            back=self.list_url,
            **kwargs,
        )
