"""Policies on the officer's desk: seen by all, set by the city bureau, never edited."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from registry.actions import policies
from registry.forms.policies import NewPolicyForm
from registry.models import OrganizationKind, Policy, PolicyKey, Standing

name_acts(set=gettext_lazy("Set the policy"))
TONES = {Standing.LAW: "ok", Standing.STATED: "ok", Standing.PRACTICE: "info"}


class PolicyFilters(Filters):
    key = choice("key", gettext_lazy("What it sets"), PolicyKey.choices)
    kind = choice("kind", gettext_lazy("Kind"), OrganizationKind.choices)

    class Meta:
        model = Policy
        fields = []


def place(policy):
    return policy.division.name if policy.division else _("everywhere")


def figure(policy):
    return f"{policy.amount} {policy.get_unit_display()}"


class PolicyDesk(DeskViewSet):
    name = "policies"
    icon = "cog"
    model = Policy
    help = gettext_lazy(
        "A new figure is set from a day on; what was opened under the old one keeps it."
    )
    related = ("division",)
    filterset_class = PolicyFilters
    tab_field = "standing"
    list_columns = (
        "key",
        Column(name="figure", label=gettext_lazy("Figure"), value=figure),
        Column(name="division", label=gettext_lazy("Where"), value=place),
        "kind",
        column(Policy, "standing", tones=TONES),
        "source",
        "from_on",
        "until_on",
    )
    add_form_class = NewPolicyForm
    add = staticmethod(policies.set_policy)

    def initial(self, request):
        return {"from_on": timezone.localdate()}

    def sections(self, record, page):
        facts = facts_of(record, "key", "kind", "standing", "source", "from_on", "until_on")
        facts[1:1] = [(_("Figure"), figure(record)), (_("Where"), place(record))]
        return [Section(name="data", heading=_("Policy"), icon="cog", facts=facts)]
