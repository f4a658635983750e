"""Grading schemes on the officer's desk: imported or written, put into force by another."""

from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from grading import actions
from grading.flows import SCHEME_VERSION, VersionState
from grading.forms.schemes import (
    ActivateVersionForm,
    CopyVersionForm,
    NewSchemeForm,
    RetireVersionForm,
    VersionForm,
)
from grading.models import SchemeVersion
from grading.reports.schemes import blockers_of, missing_of, parts_of, refusals_of
from grading.viewsets.scheme_growth import AddNodeView, NodeActView
from grading.viewsets.scheme_nodes import NodeView
from grading.viewsets.scheme_pages import (
    CheckedImportView,
    CompareView,
    ExportFileView,
    ImportView,
    VersionView,
)
from grading.viewsets.scheme_trials import TrialOfOneView, TrialView
from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column
from office.desk.filters import Filters, contains
from office.desk.history import name_acts, name_facts
from office.desk.viewset import DeskViewSet

name_acts(
    rewrite=gettext_lazy("Change the text"),
    shorten=gettext_lazy("Let it end sooner"),
)
name_facts(scheme_node=(gettext_lazy("Place"), ()))
S = VersionState
OTHER_TEXTS = ("parent__text", "parent__parent__text", "drawn_from__text")
TONES = {S.DRAFT: "warn", S.ACTIVE: "ok", S.TEMPLATE: "info"}


def place(version):
    division = version.scheme.division
    return division.name if division else _("template, holds nowhere by itself")


def shown_draft(page, draft):
    """Go on to the draft that was made."""
    return redirect(page.desk.url("inspect", draft.pk))


def what_ends(version, today):
    """Say which versions end when this one begins."""
    return [
        _("Version %(number)d ends on %(day)s.")
        % {"number": former.number, "day": version.effective_from.isoformat()}
        for former in version.rivals()
    ]


class VersionFilters(Filters):
    title = contains("scheme__title", gettext_lazy("Title"))
    code = contains("scheme__code", gettext_lazy("Id of the rule set"))

    class Meta:
        model = SchemeVersion
        fields = []


class GradingSchemeDesk(DeskViewSet):
    name = "grading_schemes"
    icon = "list-ol"
    model = SchemeVersion
    help = gettext_lazy(
        "Rules of gradings and of annual reviews, as their documents say it. What a document does"
        " not say stays open, and nothing open is put into force. A template holds nowhere until a"
        " draft is made from it."
    )
    related = ("scheme__division", "parent__scheme", "parent__parent__scheme", "drawn_from__scheme")
    filterset_class = VersionFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="title", label=gettext_lazy("Title"), value=lambda row: row.scheme.title,
            sort="scheme__title",
        ),
        "number",
        Column(name="division", label=pgettext_lazy("rules", "Where"), value=place,
               sort="scheme__division"),
        column(SchemeVersion, "state", tones=TONES),
        "effective_from",
        "effective_until",
    )  # fmt: skip
    form_class = VersionForm
    add_form_class = NewSchemeForm
    add = staticmethod(actions.add_scheme)
    change = staticmethod(actions.change_version)
    index_template = "grading/desk/index.html"
    acts = (
        step(SCHEME_VERSION, "activate", actions.activate_version,
             form_class=ActivateVersionForm, consequences=what_ends, refusals=refusals_of,
             template="grading/desk/activate.html"),
        step(SCHEME_VERSION, "retire", actions.retire_version, form_class=RetireVersionForm,
             icon="cross", grave=True),
        step(SCHEME_VERSION, "abandon", actions.abandon_version, icon="bin", grave=True),
        Act(
            name="copy",
            label=gettext_lazy("Make a draft from it"),
            take=actions.copy_version,
            permission="copy",
            form_class=CopyVersionForm,
            answer=shown_draft,
            icon="copy",
        ),
    )  # fmt: skip

    def rows(self, user, action="view"):
        # A list of rule sets does not carry their texts about.
        found = super().rows(user, action)
        return found.defer("text", *OTHER_TEXTS) if action == "view" else found

    def get_urlpatterns(self):
        own = [
            path("import/", self.page(ImportView), name="import"),
            path("import/enter/", self.page(CheckedImportView), name="enter_import"),
            path("<int:pk>/", self.page(VersionView), name="inspect"),
            path("<int:pk>/compare/", self.page(CompareView), name="compare"),
            path("<int:pk>/file/", self.page(ExportFileView), name="file"),
            path("<int:pk>/trial/", self.page(TrialView), name="trial"),
            path("<int:pk>/trial/<int:mediator>/", self.page(TrialOfOneView), name="trial_of_one"),
            path("<int:pk>/node/", self.page(NodeView), name="node"),
            path("<int:pk>/node/add/", self.page(AddNodeView), name="add_node"),
            path("<int:pk>/node/act/", self.page(NodeActView), name="node_act"),
        ]
        return [*own, *super().get_urlpatterns()]

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def ways_on(self, record, page):
        yield _("Dry run"), self.url("trial", record.pk), "view", False
        yield _("Compare with another version"), self.url("compare", record.pk), "resubmit", False
        if page.may("export"):
            yield _("Take away as a file"), self.url("file", record.pk), "download", False

    def sections(self, record, page):
        may_edit = self.is_editable(record) and page.may("change")
        urls = {
            "node_url": self.url("node", record.pk) if may_edit else "",
            "add_url": self.url("add_node", record.pk) if may_edit else "",
        }
        found = [self.open_questions(record, urls)] if record.state in {S.DRAFT, S.TEMPLATE} else []
        found.append(self.version_section(record))
        found += [self.part_section(part, urls) for part in parts_of(record)]
        return [*found, self.more_section(record, urls)] if may_edit else found

    def open_questions(self, record, urls):
        """What keeps the version from being in force, each with the way to its place."""
        return Section(
            name="open",
            heading=_("What is not decided yet"),
            icon="warning",
            template="grading/desk/open.html",
            context={"blockers": blockers_of(record), **urls},
        )

    def version_section(self, record):
        return Section(
            name="version",
            heading=_("This version"),
            facts=[
                (_("Id of the rule set"), record.scheme.code),
                (_("Version"), record.number),
                (pgettext("rules", "Where"), place(record)),
                (_("What it is for"), record.scheme.get_purpose_display()),
                (_("What is graded"), record.scheme.get_subject_display()),
                (_("In force from"), record.effective_from),
                (_("In force until"), record.effective_until),
                (_("What changed"), record.note),
                (_("Takes over from"), record.parent),
                (_("Made from"), record.drawn_from),
                (_("Drafted by"), record.drafted_by),
                (_("Last edited by"), record.edited_by),
                (_("Put into force by"), record.activated_by),
                (_("Put into force on"), record.activated_on),
                ("SHA-256", record.digest),
            ],
        )

    def part_section(self, part, urls):
        template = f"grading/desk/{part.name}.html" if part.rows else "grading/desk/part.html"
        return Section(
            name=part.anchor, heading=part.heading, icon="list-ul", template=template,
            context={"part": part, **urls},
        )  # fmt: skip

    def more_section(self, record, urls):
        """Sections that the rule set could say and does not."""
        return Section(
            name="more",
            heading=_("Not named by this rule set"),
            icon="plus",
            template="grading/desk/more.html",
            context={"missing": missing_of(record), **urls},
        )
