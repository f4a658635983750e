"""Deregistrations and their items on the officer's desk."""

import django_filters
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import kind_label, name_acts
from office.desk.lists import IndexView
from office.desk.viewset import DESKS, DeskViewSet
from office.policies import rows_for
from registry.actions import closures
from registry.flows import CLOSURE, ClosureGround, ClosureState, ObjectionState
from registry.forms.closures import (
    CarryOutForm,
    ClosureForm,
    CustodyForm,
    NewClosureForm,
    SettleForm,
)
from registry.models import Closure, ClosureItem, CourtSubject
from registry.questions import Destination, touched_by_closing
from registry.reports.cascade import cascade
from registry.viewsets.terms import DivisionFilter

name_acts(
    carry_out=gettext_lazy("Carry out"),
    move=gettext_lazy("Move to another organisation"),
    end=gettext_lazy("End"),
)
S = ClosureState
TONES = {S.ON_NOTICE: "warn", S.PROPOSED: "warn", S.CARRIED_OUT: "ok", S.STOPPED: "plain"}


class ClosureFilters(Filters):
    organization = contains("organization__name", gettext_lazy("Organisation"))
    division = DivisionFilter(field_name="organization__division")
    ground = choice("ground", gettext_lazy("Ground"), ClosureGround.choices)

    class Meta:
        model = Closure
        fields = []


def announcing_effects(closure, today):
    return [
        _("“%(name)s” takes no new disputes from today.") % {"name": closure.organization},
        _("A public notice appears, to which anybody may object."),
    ]


def stopping_effects(closure, today):
    if closure.notice is None:
        return []
    return [
        _("“%(name)s” is listed again.") % {"name": closure.organization},
        _("The public notice is withdrawn; its page keeps saying why."),
    ]


class ClosureDesk(DeskViewSet):
    name = "closures"
    icon = "cross"
    model = Closure
    related = ("organization", "organization__division", "notice", "successor", "rectification")
    filterset_class = ClosureFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.organization.name,
            sort="organization__name",
        ),
        Column(
            name="division",
            label=gettext_lazy("Division"),
            value=lambda row: row.organization.division.name,
            sort="organization__division",
        ),
        "ground",
        column(Closure, "state", tones=TONES),
        "opened_on",
        Column(
            name="notice_ends_on",
            label=gettext_lazy("Notice runs until"),
            value=lambda row: row.notice and row.notice.ends_on,
            sort="notice__ends_on",
        ),
        "carried_out_on",
    )
    form_class = ClosureForm
    add_form_class = NewClosureForm
    add = staticmethod(closures.open_closure)
    change = staticmethod(closures.change_closure)
    document_kinds = (
        ("decision", gettext_lazy("decision of the founding unit")),
        ("minutes", gettext_lazy("minutes")),
        ("handover", gettext_lazy("hand-over of seal, plaque or files")),
        ("other", gettext_lazy("other paper")),
    )
    acts = (
        Act(
            name="inventory",
            label=gettext_lazy("Take the inventory again"),
            take=closures.take_inventory,
            permission="change",
            offered=lambda row: row.state in CLOSURE.editable,
            icon="list-ul",
        ),
        Act(
            name="custody",
            label=gettext_lazy("Record seal, plaque and files"),
            take=closures.record_custody,
            permission="change",
            form_class=CustodyForm,
            offered=lambda row: row.state in CLOSURE.editable,
            icon="lock",
        ),
        step(CLOSURE, "announce", closures.announce_closure, consequences=announcing_effects),
        step(CLOSURE, "propose", closures.propose_closure, consequences=cascade),
        step(CLOSURE, "hand_back", closures.hand_back_closure, icon="rotate"),
        step(
            CLOSURE,
            "carry_out",
            closures.carry_out_closure,
            form_class=CarryOutForm,
            consequences=cascade,
            grave=True,
        ),
        step(
            CLOSURE,
            "stop",
            closures.stop_closure,
            consequences=stopping_effects,
            icon="cross",
        ),
    )

    def initial(self, request):
        body = request.GET.get("organization", "")
        return {"organization": body} if body.isascii() and body.isdigit() else {}

    def is_editable(self, record):
        return record.state == S.DRAFT

    def tags(self, record):
        return [
            (record.get_state_display(), TONES.get(record.state, "plain")),
            (record.get_ground_display(), "plain"),
        ]

    def sections(self, record, page):
        return [self.case(record, page), self.items(record, page), self.custody(record)]

    def case(self, record, page):
        desks = {name: DESKS[f"registry.{name}"] for name in ("organization", "publicnotice")}
        body = desks["organization"].url("inspect", record.organization_id)
        links = [(_("Organisation"), record.organization, body)]
        if record.notice:
            url = desks["publicnotice"].url("inspect", record.notice_id)
            links.append((_("Public notice"), record.notice, url))
        if record.state == S.CARRIED_OUT:
            links += letters_to_the_court(record, page)
        facts = facts_of(
            record, "ground", "facts", "rectification", "successor", "opened_on", "opened_by",
            "proposed_on", "proposed_by", "carried_out_on", "carried_out_by",
        )  # fmt: skip
        if record.notice:
            facts += [(_("Notice runs until"), record.notice.ends_on)]
        if record.stopped_on:
            facts += facts_of(record, "stopped_on", "stop_reason")
            links += objections_upheld(record, page)
        return Section(
            name="case",
            heading=_("Deregistration"),
            icon="cross",
            template="registry/desk/appointment.html",
            context={"links": links, "facts": facts},
        )

    def items(self, record, page):
        """What it touches, each with its destination; what came up since, at the end."""
        desk = DESKS["registry.closureitem"]
        rows = list(record.items.select_related("target"))
        now = {}
        if record.state in {S.DRAFT, S.ON_NOTICE, S.PROPOSED}:
            now = {one.key: one for one in touched_by_closing(record.organization, page.today)}
        known = {row.key for row in rows}
        items = [
            {
                "row": row,
                "kind": kind_label(row.subject_type),
                "url": desk.url("inspect", row.pk),
                "gone": row.done_on is None and row.key not in now,
            }
            for row in rows
        ]
        return Section(
            name="items",
            heading=_("What it touches"),
            icon="list-ul",
            template="registry/desk/closure_items.html",
            context={
                "items": items,
                "fresh": [one.label for key, one in now.items() if key not in known],
                "settle_url": f"{desk.url('index')}?of={record.pk}",
                "is_editable": record.state in CLOSURE.editable,
            },
        )

    def custody(self, record):
        facts = facts_of(
            record, "seal_with", "seal_on", "plaque_with", "plaque_on", "files_with", "files_on"
        )
        return Section(name="custody", heading=_("Custody"), icon="lock", facts=facts)


def letters_to_the_court(closure, page):
    """The letter that tells the court of the deregistration, for those who may see it."""
    desk = DESKS["registry.courtnotice"]
    rows = desk.rows(page.request.user).filter(
        organization=closure.organization_id, subject=CourtSubject.DEREGISTRATION
    )
    return [(_("Letter to the court"), row, desk.url("inspect", row.pk)) for row in rows]


def objections_upheld(closure, page):
    """The objection for which the case was stopped, for those who may see it."""
    desk = DESKS["registry.objection"]
    rows = desk.rows(page.request.user).filter(
        notice=closure.notice_id, state=ObjectionState.UPHELD
    )
    return [(_("Objection upheld"), row, desk.url("inspect", row.pk)) for row in rows]


class ClosureItemFilters(Filters):
    of = django_filters.NumberFilter("closure", label=gettext_lazy("Number of the case"))
    organization = contains("closure__organization__name", gettext_lazy("Organisation"))
    open = django_filters.BooleanFilter(
        method="only_open", label=gettext_lazy("Without a destination")
    )

    class Meta:
        model = ClosureItem
        fields = []

    def only_open(self, rows, name, wanted):
        return rows.undecided() if wanted else rows.exclude(destination="")


class ClosureItemList(IndexView):
    """The list of items; that of one case leads back to it."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(case=self.case(), **kwargs)

    def case(self):
        """Return the address of the case the list was narrowed to, if the user may see it."""
        form = self.filters.form
        wanted = form.cleaned_data.get("of") if form.is_valid() else None
        desk = DESKS["registry.closure"]
        rows = rows_for(self.request.user, "view", Closure)
        found = wanted is not None and rows.filter(pk=wanted).exists()
        return desk.url("inspect", int(wanted)) if found else ""


class ClosureItemDesk(DeskViewSet):
    name = "closure_items"
    icon = "list-ul"
    model = ClosureItem
    help = gettext_lazy("Choose rows and give them a destination together, or open one.")
    related = ("closure", "closure__organization", "target")
    filterset_class = ClosureItemFilters
    tab_field = "destination"
    list_columns = (
        "label",
        Column(
            name="kind",
            label=gettext_lazy("Kind of record"),
            value=lambda row: kind_label(row.subject_type),
            sort="subject_type",
        ),
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.closure.organization.name,
            sort="closure__organization__name",
        ),
        column(ClosureItem, "destination", tones=dict.fromkeys(Destination, "ok")),
        Column(name="target", label=gettext_lazy("Goes to"), value=lambda row: row.target),
        "done_on",
    )
    acts = (
        Act(
            name="settle",
            label=gettext_lazy("Give a destination"),
            take=closures.settle_item,
            permission="settle",
            form_class=SettleForm,
            offered=lambda row: row.closure.state in CLOSURE.editable,
            icon="arrow-right",
        ),
    )
    bulk = ("settle",)
    index_template = "registry/desk/closure_items_index.html"

    def page(self, view_class):
        return super().page(ClosureItemList if view_class is IndexView else view_class)

    def sections(self, record, page):
        case = DESKS["registry.closure"].url("inspect", record.closure_id)
        labels = dict(Destination.choices)
        facts = [
            (_("Kind of record"), kind_label(record.subject_type)),
            *facts_of(record, "label"),
            (_("Possible destinations"), "、".join(str(labels[d]) for d in record.allowed)),
            *facts_of(record, "destination", "target", "note", "done_on"),
        ]
        return [
            Section(
                name="item",
                heading=_("Item"),
                icon="list-ul",
                template="registry/desk/appointment.html",
                context={"links": [(_("Deregistration"), record.closure, case)], "facts": facts},
            )
        ]
