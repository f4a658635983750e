"""Subsidy schemes on the officer's desk: drafted, brought into force by a second officer, ended."""

from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from casework import actions
from casework.flows import SUBSIDY_SCHEME, SchemeState
from casework.forms.subsidy_parts import AllowanceForm, ChooseTierForm, FactorsForm, FundingForm
from casework.forms.subsidy_schemes import (
    ActivateSchemeForm,
    CopySchemeForm,
    EndSchemeForm,
    NewSchemeForm,
    SchemeForm,
)
from casework.models import SubsidyScheme
from casework.reports.subsidy_schemes import SETTINGS, allowance_words, setting_of, table_of
from casework.viewsets.subsidy_pages import CompareView, SchemeView, TierView, TrialView
from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column
from office.desk.filters import Filters, contains
from office.desk.history import name_acts, name_facts
from office.desk.viewset import DeskViewSet
from registry.viewsets.policies import TONES as STANDING_TONES

name_acts(
    shorten=gettext_lazy("Let it end sooner"),
    add_tier=gettext_lazy("Add a tier"),
    change_tier=gettext_lazy("Change a tier"),
    drop_tier=gettext_lazy("Take a tier off"),
    move_tier=gettext_lazy("Try a tier earlier"),
    put_parts=gettext_lazy("Set funds or factors"),
    set_allowance=gettext_lazy("Set an allowance"),
)
name_facts(
    subsidy_tier=(gettext_lazy("Tier"), ()),
    subsidy_parts=(gettext_lazy("It holds now"), ()),
)
S = SchemeState
TONES = {S.DRAFT: "warn", S.ACTIVE: "ok", S.TEMPLATE: "info"}


def place(scheme):
    return scheme.division.name if scheme.division else _("template, holds nowhere by itself")


def is_draft(scheme):
    return scheme.state == S.DRAFT


def shown_draft(page, draft):
    """Go on to the draft that was made."""
    return redirect(page.desk.url("inspect", draft.pk))


def what_ends(scheme, today):
    """Say which schemes end when this one begins."""
    return [
        _("“%(name)s” ends on %(day)s.") % {"name": former, "day": scheme.from_on.isoformat()}
        for former in scheme.rivals()
    ]


def part(name, label, form_class, take, icon="edit"):
    """The act of editing a part of a draft."""
    return Act(
        name=name, label=label, take=take, permission="change", form_class=form_class,
        offered=is_draft, icon=icon,
    )  # fmt: skip


class SchemeFilters(Filters):
    name = contains("name", gettext_lazy("Name"))

    class Meta:
        model = SubsidyScheme
        fields = []


class SubsidySchemeDesk(DeskViewSet):
    name = "subsidy_schemes"
    icon = "list-ol"
    model = SubsidyScheme
    help = gettext_lazy(
        "What is paid for cases. A case is priced by the scheme of the nearest division that was in"
        " force on its day. A template holds nowhere until a draft is made from it."
    )
    related = ("division", "copied_from")
    filterset_class = SchemeFilters
    tab_field = "state"
    list_columns = (
        "name",
        Column(
            name="division", label=pgettext_lazy("rules", "Where"), value=place, sort="division"
        ),
        column(SubsidyScheme, "state", tones=TONES),
        column(SubsidyScheme, "standing", tones=STANDING_TONES),
        "from_on",
        "until_on",
    )
    form_class = SchemeForm
    add_form_class = NewSchemeForm
    add = staticmethod(actions.add_subsidy_scheme)
    change = staticmethod(actions.change_subsidy_scheme)
    acts = (
        part("move_tier", gettext_lazy("Try a tier earlier"), ChooseTierForm, actions.move_tier,
             "arrow-up"),
        part("drop_tier", gettext_lazy("Take a tier off"), ChooseTierForm, actions.drop_tier,
             "bin"),
        part("funding", gettext_lazy("Set the funds"), FundingForm, actions.put_parts),
        part("factors", gettext_lazy("Set factors of levels"), FactorsForm, actions.put_parts),
        part("allowance", gettext_lazy("Set an allowance"), AllowanceForm, actions.set_allowance),
        step(SUBSIDY_SCHEME, "activate", actions.activate_subsidy_scheme,
             form_class=ActivateSchemeForm, consequences=what_ends),
        step(SUBSIDY_SCHEME, "retire", actions.retire_subsidy_scheme, form_class=EndSchemeForm,
             icon="cross", grave=True),
        step(SUBSIDY_SCHEME, "abandon", actions.abandon_subsidy_scheme, icon="bin", grave=True),
        Act(
            name="copy",
            label=gettext_lazy("Make a draft from it"),
            take=actions.copy_subsidy_scheme,
            permission="copy",
            form_class=CopySchemeForm,
            answer=shown_draft,
            icon="copy",
        ),
    )  # fmt: skip

    def initial(self, request):
        return {"from_on": timezone.localdate()}

    def get_urlpatterns(self):
        own = [
            path("<int:pk>/", self.page(SchemeView), name="inspect"),
            path("<int:pk>/tier/", self.page(TierView), name="new_tier"),
            path("<int:pk>/tier/<int:tier>/", self.page(TierView), name="tier"),
            path("<int:pk>/try/", self.page(TrialView), name="try"),
            path("<int:pk>/compare/", self.page(CompareView), name="compare"),
        ]
        return [*own, *super().get_urlpatterns()]

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def ways_on(self, record, page):
        if is_draft(record) and page.may("change"):
            yield _("Add a tier"), self.url("new_tier", record.pk), "plus", False
        yield _("Try it"), self.url("try", record.pk), "search", False
        yield _("Compare with another"), self.url("compare", record.pk), "resubmit", False

    def sections(self, record, page):
        found = [self.open_questions(record)] if record.state in {S.DRAFT, S.TEMPLATE} else []
        return [
            *found,
            Section(
                name="data",
                heading=_("Data"),
                facts=[
                    (pgettext("rules", "Where"), place(record)),
                    *[setting_of(record, name) for name in SETTINGS],
                    (_("Note"), record.note),
                    (_("Made from"), record.copied_from),
                    (_("Drafted by"), record.drafted_by),
                    (_("Brought into force by"), record.activated_by),
                    (_("Brought into force on"), record.activated_on),
                ],
            ),
            self.tiers(record, page),
            self.parts(record),
        ]

    def open_questions(self, record):
        """What keeps the scheme from being in force."""
        return Section(
            name="open",
            heading=_("Not decided yet"),
            icon="warning",
            template="casework/desk/scheme_open.html",
            context={"blockers": record.blockers()},
        )

    def tiers(self, record, page):
        may_edit = is_draft(record) and page.may("change")
        table = table_of(record)
        lines = [
            (
                line,
                self.url("tier", record.pk, line.row.pk) if may_edit else "",
                list(zip(table.levels, line.amounts, strict=True)),
            )
            for line in table.lines
        ]
        return Section(
            name="tiers",
            heading=_("Tiers, in the order in which they are tried"),
            icon="list-ol",
            template="casework/desk/scheme_tiers.html",
            context={"levels": table.levels, "lines": lines},
        )

    def parts(self, record):
        levels = record.level_names()
        return Section(
            name="parts",
            heading=_("Funds, factors and allowances"),
            icon="list-ul",
            template="casework/desk/scheme_parts.html",
            context={
                "funding": list(record.funding.all()),
                "factors": [
                    (levels.get(row.level, row.level), row.factor) for row in record.factors.all()
                ],
                "allowances": [allowance_words(row, levels) for row in record.allowances.all()],
            },
        )
