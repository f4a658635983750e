"""Reappointments on the officers' desk: terms that end, what was decided, and a year's worth."""

import django_filters
from django.urls import path
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grading.actions import renewals
from grading.flows.renewal import RENEWAL, Choice, RenewalState
from grading.flows.review import STANDING
from grading.forms.renewals import DecideForm, RecommendForm, ReviewForm, TellForm
from grading.models import Renewal
from grading.reports.renewals import facts_of_case, said_reasons, tables_of
from grading.viewsets.renewal_pages import (
    AtOnceView,
    ForecastView,
    OpenView,
    PackPaperView,
    RenewalList,
)
from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.history import name_acts_of
from office.desk.lists import IndexView
from office.desk.viewset import DESKS, DeskViewSet
from registry.models import Organization
from registry.viewsets.terms import DivisionFilter

name_acts_of(
    "grading.renewal",
    open=gettext_lazy("Open the case"),
    take_pack=gettext_lazy("Take the evidence"),
    look_again=gettext_lazy("Look at it again"),
    forget=gettext_lazy("Words of the person taken out"),
)
S = RenewalState
TONES = {
    S.OPEN: "warn", S.RECOMMENDED: "info", S.DECIDED: "warn", S.TOLD: "warn",
    S.IN_REVIEW: "error", S.ENDED: "ok", S.VOID: "plain",
}  # fmt: skip
ADVICE_TONES = {Choice.RENEW: "ok", Choice.NOT_RENEW: "error", Choice.UNCLEAR: "warn"}


class OfPlace(DivisionFilter):
    """The division of the organisation."""


class RenewalFilters(Filters):
    mediator = contains("appointment__mediator__name", gettext_lazy("Mediator"))
    organization = contains("appointment__organization__name", gettext_lazy("Organisation"))
    kind = choice(
        "appointment__organization__kind", gettext_lazy("Kind of organisation"),
        Organization._meta.get_field("kind").choices,
    )  # fmt: skip
    division = OfPlace(field_name="appointment__organization__division")
    recommended = choice("recommended", gettext_lazy("By the rule"), Choice.choices)
    decision = choice("choice", pgettext_lazy("reappointment", "Decision"), Choice.choices[:2])
    ends_from = day("term_until_on", gettext_lazy("Term ends from"), "gte")
    ends_until = day("term_until_on", gettext_lazy("Term ends until"), "lte")
    flagged = django_filters.BooleanFilter(
        "flagged_on", lookup_expr="isnull", exclude=True, label=gettext_lazy("Review corrected")
    )

    class Meta:
        model = Renewal
        fields = []


def renewing_effects(case):
    return [
        _("The post ends with its term on %(day)s, and a new one begins the same day.")
        % {"day": date_format(case.term_until_on)},
        _("The new term lasts until %(day)s.") % {"day": date_format(case.new_term_until_on)},
    ]


def carrying_effects(case, today):
    """What the register will say."""
    if case.choice == Choice.RENEW:
        return renewing_effects(case)
    return [
        _("The post ends with its term on %(day)s.")
        % {"day": date_format(max(case.term_until_on, today))},
        _("“Not renewed” is not “dismissed”: nothing bars a later nomination."),
    ]


def deciding_effects(case, today):
    found = [_("The unit that elected or appointed the person decides; this records it.")]
    if case.lacks_reviews:
        found.append(_("A year of the term has no review."))
    return found


def telling_effects(case, today):
    return [_("The person reads the decision with all it rests on, and may ask for a review.")]


def reviewing_effects(case, today):
    """What is reviewed, in the person's own words."""
    return [
        _("Decided so far by %(unit)s: %(choice)s.")
        % {"unit": case.unit, "choice": case.get_choice_display()},
        _("The person writes: %(reply)s") % {"reply": case.reply},
        _("The person reads your answer; a new term is never taken away by a review."),
    ]


def looking_effects(case, today):
    return [
        _("A review this rested on was corrected after it was carried out."),
        _("Your reason says what you made of it; what was decided stays as it is."),
    ]


person = Column(
    name="mediator", label=gettext_lazy("Mediator"),
    value=lambda row: row.appointment.mediator.name, sort="appointment__mediator__name",
)  # fmt: skip
place = Column(
    name="organization", label=gettext_lazy("Organisation"),
    value=lambda row: row.appointment.organization.name, sort="appointment__organization__name",
)  # fmt: skip
corrected = Column(
    name="flagged", label=gettext_lazy("Review corrected"), value=lambda row: row.flagged_on,
    tone=lambda row: "error", sort="flagged_on",
)  # fmt: skip
held = Column(
    name="post", label=gettext_lazy("Post"), value=lambda row: row.appointment.get_post_display(),
)  # fmt: skip


class RenewalDesk(DeskViewSet):
    name = "grading_renewals"
    icon = "rotate"
    model = Renewal
    help = gettext_lazy(
        "Posts whose term ends. The unit that elected or appointed the person decides; the bureau"
        " recommends and records."
    )
    related = (
        "appointment__mediator", "appointment__organization__division", "version__scheme",
        "version__parent__scheme", "recommended_by", "recorded_by", "reviewed_by",
        "carried_out_by", "new_appointment",
    )  # fmt: skip
    filterset_class = RenewalFilters
    tab_field = "state"
    index_template = "grading/desk/renewals.html"
    list_columns = (
        person, place, held, "term_until_on",
        column(Renewal, "recommended", tones=ADVICE_TONES),
        column(Renewal, "choice", tones=ADVICE_TONES),
        corrected,
        column(Renewal, "state", tones=TONES),
    )  # fmt: skip
    exported = (
        person, place, held, "term_until_on", "recommended", "advice", "choice", "unit",
        "unit_document", "unit_decided_on", "new_term_until_on", "told_on", "state", "ended_on",
    )  # fmt: skip
    acts = (
        Act(
            name="take_pack",
            label=gettext_lazy("Take the evidence"),
            take=renewals.take_pack,
            permission="take_pack",
            refusals=renewals.bars_to_taking,
            offered=lambda row: not renewals.bars_to_taking(row, None),
            icon="download",
        ),
        step(RENEWAL, "recommend", renewals.recommend, form_class=RecommendForm, icon="comment"),
        step(
            RENEWAL, "decide", renewals.decide, form_class=DecideForm,
            consequences=deciding_effects,
        ),
        step(
            RENEWAL, "tell", renewals.tell, form_class=TellForm, consequences=telling_effects,
            icon="mail",
        ),
        step(RENEWAL, "review", renewals.review, form_class=ReviewForm, icon="view",
             consequences=reviewing_effects),
        step(
            RENEWAL, "carry_out", renewals.carry_out, consequences=carrying_effects,
            sensitive=True, icon="rotate",
        ),
        Act(
            name="look_again", label=gettext_lazy("Note that it was looked at again"),
            take=renewals.look_again, permission="carry_out", refusals=renewals.bars_to_looking,
            offered=lambda row: not renewals.bars_to_looking(row, None),
            consequences=looking_effects,
        ),
        step(RENEWAL, "void", renewals.void, icon="cross"),
    )  # fmt: skip

    def rows(self, user, action="view"):
        # A list does not carry the texts of the rules about, a file not the evidence either.
        found = super().rows(user, action).defer("version__text", "version__parent__text")
        return found.defer("pack", "reasons") if action == "export" else found

    def page(self, view_class):
        return super().page(RenewalList if view_class is IndexView else view_class)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("forecast/", self.page(ForecastView), name="forecast"),
            path("open/", self.page(OpenView), name="open"),
            path("at-once/<slug:act>/", self.page(AtOnceView), name="at_once"),
            path("<int:pk>/evidence/", self.page(PackPaperView), name="evidence"),
        ]

    def tags(self, record):
        tags = [(record.get_state_display(), TONES.get(record.state, "plain"))]
        if record.flagged_on:
            tags.append((_("a review was corrected"), "error"))
        if record.decided_digest and record.decided_digest != record.pack_digest:
            tags.append((_("evidence taken anew after the decision"), "warn"))
        if record.state in RENEWAL.editable and not record.is_needed:
            tags.append((_("the post ended, or its term was changed"), "warn"))
        return tags

    def ways_on(self, record, page):
        if record.pack_digest:
            yield _("Evidence (PDF)"), self.url("evidence", record.pk), "doc-full", False
        desk = DESKS["registry.appointment"]
        for label, pk in (
            (_("The post"), record.appointment_id), (_("New term"), record.new_appointment_id),
        ):  # fmt: skip
            if pk and desk.rows(page.request.user).filter(pk=pk).exists():
                yield label, desk.url("inspect", pk), "clipboard-list", False
        sheets = DESKS["grading.reviewsheet"]
        rested_on = [one["sheet"] for one in record.reviews]
        rows = sheets.rows(page.request.user).filter(corrects__in=rested_on, state__in=STANDING)
        for sheet in rows.order_by("pk").values_list("pk", flat=True):
            yield _("The corrected sheet"), sheets.url("inspect", sheet), "form", False

    def sections(self, record, page):
        return [
            *self.outcome(record),
            self.advice(record),
            self.evidence(record),
        ]

    def outcome(self, record):
        """What was decided, told, replied and carried out, as far as it is."""
        names = (
            "choice", "unit", "unit_document", "unit_decided_on", "recorded_by",
            "no_reviews_because", "new_term_until_on", "told_on", "reply_until", "reply",
            "replied_on", "review_answer", "reviewed_by", "reviewed_on", "carried_out_by",
            "ended_on",
        )  # fmt: skip
        facts = [
            (label, value) for label, value in facts_of(record, *names) if value not in (None, "")
        ]
        if not facts:
            return []
        heading = _("Decision of the unit")
        return [Section(name="decision", heading=heading, icon="check", facts=facts)]

    def advice(self, record):
        """What the rule recommends with its reasons, and what the officer does."""
        silence, lines = said_reasons(record)
        names = (
            "recommended", "version", "advice", "advice_note", "recommended_by", "recommended_on",
        )  # fmt: skip
        return Section(
            name="advice",
            heading=_("Recommendation"),
            icon="comment",
            template="grading/desk/renewal_advice.html",
            context={
                "facts": facts_of(record, *names), "silence": silence, "lines": lines,
            },
        )  # fmt: skip

    def evidence(self, record):
        """All that the reappointment rests on, on one page."""
        heading = _("Evidence")
        if not record.pack_digest:
            facts = [
                *facts_of(record, person, place, held, "term_until_on", "opened_on"),
                (_("Evidence"), _("not put together yet")),
            ]
            return Section(name="evidence", heading=heading, icon="doc-full", facts=facts)
        return Section(
            name="evidence",
            heading=heading,
            icon="doc-full",
            template="grading/desk/renewal_evidence.html",
            context={"facts": facts_of_case(record), "tables": tables_of(record.pack)},
        )
