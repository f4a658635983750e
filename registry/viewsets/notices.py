"""Public notices and the objections to them on the officer's desk."""

import django_filters
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts
from office.desk.viewset import DESKS, DeskViewSet
from office.personal import mask_name, mask_phone
from office.policies import rows_for
from registry.actions import notices
from registry.flows import NOTICE, OBJECTION, NoticeState, ObjectionState
from registry.forms.closures import AnswerForm, NewNoticeForm, NoticeForm
from registry.models import Appointment, Closure, Objection, PublicNotice
from registry.models.notice import KINDS
from registry.notices.closures import notice_paper
from registry.viewsets.papers import PaperView
from registry.viewsets.terms import DivisionFilter, division_column

name_acts(
    file=gettext_lazy("Raise an objection"),
    read=gettext_lazy("Read who raised it"),
    attach=gettext_lazy("Add a document"),
)
# A published notice comes to its end by itself: its standing is read from its days.
OVER = "over"
STANDINGS = [
    (NoticeState.DRAFT.value, NoticeState.DRAFT.label),
    (NoticeState.PUBLISHED.value, pgettext_lazy("notice", "running")),
    (OVER, pgettext_lazy("notice", "term over")),
    (NoticeState.WITHDRAWN.value, NoticeState.WITHDRAWN.label),
]
NOTICE_TONES = {NoticeState.PUBLISHED: "ok", NoticeState.WITHDRAWN: "error"}
OBJECTION_TONES = {
    ObjectionState.OPEN: "warn",
    ObjectionState.UPHELD: "error",
    ObjectionState.REJECTED: "ok",
}


def notice_kinds():
    """Return the kinds known by now: floors above name theirs after this module is read."""
    return [(kind.code, kind.label) for kind in KINDS.values()]


class NoticeFilters(Filters):
    title = contains("title", gettext_lazy("Title"))
    division = DivisionFilter()
    kind = choice("kind", gettext_lazy("Kind"), notice_kinds)

    class Meta:
        model = PublicNotice
        fields = []


def publishing_effects(notice, today):
    return [
        _("The public sees it from today, and may object until its last day."),
        _("Papers of the kind “for the public” may be downloaded by anybody."),
    ]


def withdrawing_effects(notice, today):
    return [_("Its page keeps the title, the dates and your reason; the text disappears.")]


class NoticeDesk(DeskViewSet):
    name = "notices"
    icon = "clipboard-list"
    model = PublicNotice
    related = ("division",)
    filterset_class = NoticeFilters
    tab_field = "standing"
    tab_choices = STANDINGS
    list_columns = (
        "title",
        Column(name="kind", label=gettext_lazy("Kind"), value=lambda row: row.kind_label),
        division_column,
        Column(
            name="standing",
            label=gettext_lazy("State"),
            value=lambda row: dict(STANDINGS)[row.standing],
            tone=lambda row: NOTICE_TONES.get(row.standing, "plain"),
        ),
        "number",
        "starts_on",
        "ends_on",
    )
    form_class = NoticeForm
    add_form_class = NewNoticeForm
    add = staticmethod(notices.draft_notice)
    change = staticmethod(notices.change_notice)
    document_kinds = (
        ("published", gettext_lazy("for the public")),
        ("internal", gettext_lazy("for the file only")),
    )
    acts = (
        step(NOTICE, "publish", notices.publish_notice, consequences=publishing_effects),
        step(
            NOTICE,
            "withdraw",
            notices.withdraw_notice,
            consequences=withdrawing_effects,
            grave=True,
            icon="cross",
        ),
    )

    def get_urlpatterns(self):
        paper = PaperView.as_view(desk=self, paper=published_paper)
        return [*super().get_urlpatterns(), path("<int:pk>/paper/", paper, name="paper")]

    def rows(self, user, action="view"):
        return super().rows(user, action).with_standing(timezone.localdate())

    def tags(self, record):
        tone = NOTICE_TONES.get(record.standing, "plain")
        return [(dict(STANDINGS)[record.standing], tone), (record.kind_label, "plain")]

    def sections(self, record, page):
        facts = facts_of(
            record, "number", "title", "division", "starts_on", "ends_on", "policy",
            "rests_on", "published_by",
        )  # fmt: skip
        if record.withdrawn_on:
            facts += facts_of(record, "withdrawn_on", "withdrawal_reason")
        paper = self.url("paper", record.pk) if record.starts_on else ""
        shown = {"facts": facts, "body": record.body, "paper": paper}
        shown["links"] = case_link(record, page)
        return [
            Section(
                name="notice",
                heading=_("Public notice"),
                icon="clipboard-list",
                template="registry/desk/notice.html",
                context={**shown, "public": record.starts_on and record.get_absolute_url()},
            ),
            *self.objections(record, page),
        ]

    def objections(self, record, page):
        """The objections to the notice, for those who may see them."""
        desk = DESKS["registry.objection"]
        if not desk.permits(page.request.user, "view"):
            return []
        rows = [
            (row, desk.url("inspect", row.pk), OBJECTION_TONES.get(row.state, "plain"))
            for row in desk.rows(page.request.user).filter(notice=record)
        ]
        return [
            Section(
                name="objections",
                heading=_("Objections"),
                icon="comment",
                template="registry/desk/objections.html",
                context={"objections": rows},
            )
        ]


def published_paper(notice):
    return notice_paper(notice) if notice.state == NoticeState.PUBLISHED else None


class ObjectionFilters(Filters):
    notice = contains("notice__title", gettext_lazy("Notice"))
    division = DivisionFilter(field_name="notice__division")
    of = django_filters.NumberFilter("notice", label=gettext_lazy("Number of the notice"))

    class Meta:
        model = Objection
        fields = []


def upholding_effects(objection, today):
    """What is taken back with it; a notice that belongs to no case is only answered."""
    return [
        *_effects_on_the_case(objection),
        _("The objector reads your answer with the receipt code."),
    ]


def _effects_on_the_case(objection):
    notice = objection.notice
    withdrawn = _("The public notice is withdrawn; its page says that an objection was upheld.")
    if Closure.objects.running().filter(notice=notice).exists():
        return [_("The deregistration is stopped: the organisation is listed again."), withdrawn]
    if Appointment.objects.on_notice(notice).exists():
        return [_("The candidate is rejected, and may be nominated anew."), withdrawn]
    return []


def rejecting_effects(objection, today):
    return [_("The objector reads your answer with the receipt code.")]


def show_contact(page, contact):
    """Answer with the objector's name and phone, once, on a page that is kept nowhere."""
    page.template_name = "registry/desk/unmasked.html"
    labels = {"name": _("Name"), "phone": _("Phone")}
    numbers = [(labels[name], value) for name, value in contact.items()]
    return page.render_to_response(page.get_context_data(numbers=numbers))


def who(objection):
    """Say who raised it, masked; whoever may know more reads it by an act of its own."""
    if objection.is_anonymous:
        return _("anonymous")
    return " ".join(filter(None, [mask_name(objection.name), mask_phone(objection.phone)]))


class ObjectionDesk(DeskViewSet):
    name = "objections"
    icon = "comment"
    model = Objection
    related = ("notice", "notice__division")
    filterset_class = ObjectionFilters
    tab_field = "state"
    list_columns = (
        Column(name="notice", label=gettext_lazy("Notice"), value=lambda row: row.notice.title),
        "received_on",
        column(Objection, "state", tones=OBJECTION_TONES),
        Column(
            name="notice_ends_on",
            label=gettext_lazy("Notice runs until"),
            value=lambda row: row.notice.ends_on,
            sort="notice__ends_on",
        ),
        "answered_on",
    )
    acts = (
        step(
            OBJECTION,
            "uphold",
            notices.uphold_objection,
            form_class=AnswerForm,
            consequences=upholding_effects,
            grave=True,
        ),
        step(
            OBJECTION,
            "reject",
            notices.reject_objection,
            form_class=AnswerForm,
            consequences=rejecting_effects,
            icon="cross",
        ),
        step(OBJECTION, "withdraw", notices.withdraw_objection, icon="rotate"),
        Act(
            name="read",
            label=gettext_lazy("Read who raised it"),
            take=notices.read_objection,
            permission="read",
            answer=show_contact,
            offered=lambda row: not row.is_anonymous,
            sensitive=True,
            icon="view",
        ),
    )

    def tags(self, record):
        return [(record.get_state_display(), OBJECTION_TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        notice = DESKS["registry.publicnotice"].url("inspect", record.notice_id)
        links = [(_("Notice"), record.notice, notice), *case_link(record.notice, page)]
        facts = [
            *facts_of(record, "received_on", "text"),
            (_("Raised by"), who(record) if page.may("read") else _("not shown to you")),
            *facts_of(record, "answer", "answered_on", "answered_by"),
        ]
        return [
            Section(
                name="objection",
                heading=_("Objection"),
                icon="comment",
                template="registry/desk/appointment.html",
                context={"links": links, "facts": facts},
            )
        ]


def case_link(notice, page):
    """Return the link to the deregistration a notice announces, if the user may see one."""
    desk = DESKS["registry.closure"]
    cases = rows_for(page.request.user, "view", desk.model).filter(notice=notice)
    return [
        (_("Deregistration"), case.organization, desk.url("inspect", case.pk))
        for case in cases.select_related("organization")
    ]
