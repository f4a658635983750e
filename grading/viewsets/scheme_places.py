"""What the pages on which a draft of a rule set is edited have in common: one place each."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from grading.actions.schemes import Faulty
from grading.forms import scheme_nodes
from grading.notices.clauses import condition_or_value, place_words
from grading.reports.schemes import anchor_of
from grading.rules import nodes
from grading.rules.measures import CALCULATIONS
from grading.rules.parts import LISTS, is_place_of_condition
from grading.rules.review_rows import is_review, page_keys
from grading.rules.terms import SECTIONS, label_of_key
from grading.viewsets.review_faults import in_words
from grading.viewsets.review_places import ReviewPlace, vacant_keys
from office.desk.records import EditView

WITH_CONDITION = ("vetoes", "waivers", "downgrade")
CALCULATED = list(CALCULATIONS)


@dataclass(frozen=True)
class Task:
    """What a form writes: an action and its arguments beside who, when and why."""

    take: object
    given: dict


class PlacePage(EditView):
    """A page about one place of a draft."""

    template_name = "grading/desk/node.html"

    # Whether the page is about the very place, not about the part that shows it.
    is_exact = False

    @cached_property
    def path(self):
        return nodes.address(self.keys)

    @cached_property
    def kind(self):
        return self.request.GET.get("kind", "")

    @cached_property
    def scheme(self):
        return self.record.rules

    @cached_property
    def keys(self):
        """The keys that lead to the place; a section the rule does not name has its name."""
        asked, document = self.request.GET.get("at", ""), self.scheme.document
        try:
            found = nodes.keys_of(document, asked)
        except nodes.NoSuchPlace:
            found = (asked,) if asked in SECTIONS else vacant_keys(self.scheme, asked)
            if found is None:
                raise Http404 from None
        return found if self.is_exact else page_keys(document, found)

    @cached_property
    def review(self):
        """The place as one of a review rule, None if it is a condition or no such place."""
        return ReviewPlace(self) if is_review(self.keys) and not self.is_condition else None

    @cached_property
    def value(self):
        if nodes.has(self.scheme.document, self.path):
            return nodes.at(self.scheme.document, self.path)
        if not self.path:
            return self.scheme.document
        return [] if self.path in LISTS else {}

    @property
    def is_condition(self):
        return is_place_of_condition(self.scheme.document, self.keys)

    @property
    def two(self):
        """The section and the name within it, where the place is a name of a section."""
        return self.keys if len(self.keys) == 2 else ("", "")

    def to(self, view, path=None, **more):
        query = urlencode({"at": self.path if path is None else path, **more})
        return f"{self.desk.url(view, self.record.pk)}?{query}"

    def get(self, request, *args, **kwargs):
        return self.show(self.make_form())

    def show(self, form, status=200, **context):
        if form is not None:
            return super().show(form, status, **context)
        page = self.get_context_data(form=None, media="", errors=[], **context)
        return self.render_to_response(page, status=status)

    def post(self, request, *args, **kwargs):
        if self.make_form() is None:
            raise Http404
        return super().post(request, *args, **kwargs)

    def form(self, form_class, data, files, **given):
        return form_class(data, files, user=self.request.user, record=self.record, **given)

    def carry_out(self, form):
        task = self.task(form)
        reason, revision = form.cleaned_data["reason"], form.cleaned_data["revision"]
        try:
            task.take(
                self.record.pk, by=self.request.user, today=self.today, reason=reason,
                revision=revision, **task.given,
            )  # fmt: skip
        except Faulty as refusal:
            if refusal.document is None or not is_review(self.keys):
                raise
            raise in_words(refusal, form, self.target) from None
        self.done_message = _("Saved: %(place)s") % {"place": self.place}
        return f"{self.record_url}#{anchor_of(nodes.nearest(self.scheme.document, self.path))}"

    @property
    def target(self):
        """The keys of what the form writes."""
        return self.keys

    @property
    def place(self):
        return place_words(self.scheme.document, self.path) if self.path else _("The document")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            place=self.place, now=self.now, inner=list(self.inner()), ways=list(self.ways()),
            kinds=list(self.kinds()), faults=list(self.faults()), **kwargs,
        )  # fmt: skip

    @property
    def now(self):
        """What stands here in words; "" where its parts are told one by one."""
        if not self.path or self.path == "review" or (self.review and self.review.is_list):
            return ""
        return condition_or_value(self.scheme, self.keys, self.value)

    def faults(self):
        """What stands against the rule here."""
        return self.review.faults(self.record.blockers()) if self.review else []

    def inner(self):
        return []

    def ways(self):
        return []

    def kinds(self):
        return []


def condition_kinds(page, view):
    for kind, (label, _form) in scheme_nodes.FORMS.items():
        yield label, page.to(view, kind=kind)


def figure_kinds(page, view):
    for kind in CALCULATED:
        yield label_of_key(kind), page.to(view, kind=kind)
