"""Review sheets on the officer's desk: figures, points, results, objections, corrections."""

from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.actions.review_marks import gives
from grading.actions.review_objections import bars_to_answering
from grading.flows.review import SheetState
from grading.models import ReviewSheet
from grading.viewsets.review_papers import SheetPaperView
from grading.viewsets.review_sheet_acts import ACTS, BULK, actor_at
from grading.viewsets.review_sheet_lists import (
    EXPORTED,
    LISTED,
    TONES,
    SheetFilters,
    with_missing,
)
from grading.viewsets.review_sheet_sections import sections_of
from office.desk.bulk import BulkView
from office.desk.records import ActView, InspectView
from office.desk.viewset import DESKS, DeskViewSet

S = SheetState


class SheetView(InspectView):
    """A sheet; points are offered to whose turn it is."""

    template_name = "grading/desk/version.html"

    def buttons(self):
        theirs = self.desk.url("act", self.record.pk, "points")
        is_mine = actor_at(self.record) in gives(self.request.user, self.record)
        return (button for button in super().buttons() if is_mine or button[1] != theirs)


class SheetActView(ActView):
    """An act; says as well if it is not for this officer, before anything is typed."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "refusals": [*context["refusals"], *self.bars()]}

    def bars(self):
        """Return what bars the act to the officer who asks."""
        if self.act.name == "points" and not self.is_mine:
            return [_("Your post does not give these points.")]
        if self.act.name == "answer":
            return bars_to_answering(self.record, self.request.user)
        return []

    @property
    def is_mine(self):
        return actor_at(self.record) in gives(self.request.user, self.record)

    def carry_out(self, form):
        try:
            return super().carry_out(form)
        except ValidationError as refusal:
            fields = getattr(form, "field_of", {})
            if not fields or not hasattr(refusal, "error_dict"):
                raise
            # What an action says of an indicator stands beside the field for it.
            told = {fields.get(name, name): one for name, one in refusal.error_dict.items()}
            raise ValidationError(told) from refusal


class SheetBulkView(BulkView):
    """Signs many sheets; those of one review share it, so that its rule is read once."""

    @cached_property
    def checked(self):
        shared = {}
        found = super().checked
        for one in found:
            one.row.cycle = shared.setdefault(one.row.cycle_id, one.row.cycle)
        return found


class SheetDesk(DeskViewSet):
    name = "grading_sheets"
    icon = "form"
    model = ReviewSheet
    help = gettext_lazy(
        "One sheet for each person and review. Figures come from the registers and say from where;"
        " organisation, justice office and bureau give the points the rule asks of them."
    )
    filterset_class = SheetFilters
    tab_field = "state"
    list_columns = LISTED
    exported = EXPORTED
    export_is_personal = True
    acts = ACTS
    bulk = BULK

    def rows(self, user, action="view"):
        found = super().rows(user, action).with_all()
        if action not in ("view", "export"):
            return found
        # Who reads a list does not need the texts of rule sets, nor what results rest on.
        return with_missing(found).defer("cycle__version__text", "content")

    def get_urlpatterns(self):
        own = [
            path("<int:pk>/", self.page(SheetView), name="inspect"),
            path("<int:pk>/act/<slug:act>/", self.page(SheetActView), name="act"),
            path("<int:pk>/paper/", self.page(SheetPaperView), name="paper"),
            path("bulk/<slug:act>/", self.page(SheetBulkView), name="bulk"),
        ]
        taken = {one.name for one in own}
        return [*own, *(one for one in super().get_urlpatterns() if one.name not in taken)]

    def tags(self, record):
        found = [(record.get_state_display(), TONES.get(record.state, "plain"))]
        if record.number > 1:
            found.append((_("version %(number)d") % {"number": record.number}, "info"))
        if record.is_late:
            found.append((_("without a self-review"), "warn"))
        if record.flagged_on and record.state != S.REPLACED:
            found.append((_("To be looked at again"), "error"))
        return found

    def ways_on(self, record, page):
        yield _("Sheet to print (PDF)"), self.url("paper", record.pk), "doc-full", False
        cycles = DESKS["grading.reviewcycle"]
        if cycles.rows(page.request.user).filter(pk=record.cycle_id).exists():
            yield _("The review"), cycles.url("inspect", record.cycle_id), "calendar-check", False

    def sections(self, record, page):
        return sections_of(record, page)
