"""Keys of platforms on the officer's desk: made and shown once, confirmed by another, revoked."""

from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import actions
from casework.flows import PUSH_KEY, PushKeyState
from casework.forms.push_keys import NewPushKeyForm
from casework.models import PushKey
from office.desk.acts import step
from office.desk.columns import Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.records import AddView
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column

TONES = {PushKeyState.PROPOSED: "warn", PushKeyState.ACTIVE: "ok"}

name_acts(make=gettext_lazy("Make a key"))


class PushKeyFilters(Filters):
    name = contains("name", gettext_lazy("Name of the platform"))
    division = DivisionFilter()

    class Meta:
        model = PushKey
        fields = []


class NewPushKeyView(AddView):
    """Makes a key and shows its token, now and never again."""

    def get_page_title(self):
        return _("Make a key")

    def carry_out(self, form):
        self.key, self.token = actions.make_push_key(
            by=self.request.user, today=self.today, **form.values()
        )
        return self.desk.url("inspect", self.key.pk)

    def go_on(self, outcome):
        self.template_name = "casework/desk/token.html"
        context = self.get_context_data(key=self.key, token=self.token, record_url=outcome)
        response = self.render_to_response(context)
        response["Cache-Control"] = "no-store, private"
        return response


class PushKeyDesk(DeskViewSet):
    name = "push_keys"
    icon = "key"
    model = PushKey
    title = gettext_lazy("Keys of platforms")
    help = gettext_lazy("With a key a platform pushes cases of a division into the ledger.")
    related = ("division", "created_by", "confirmed_by")
    filterset_class = PushKeyFilters
    tab_field = "state"
    list_columns = (
        "name", division_column, "prefix", column(PushKey, "state", tones=TONES), "last_used_on",
        "created_at",
    )  # fmt: skip
    add_form_class = NewPushKeyForm
    add = staticmethod(actions.make_push_key)
    acts = (
        step(PUSH_KEY, "confirm", actions.confirm_push_key, sensitive=True, grave=True),
        step(PUSH_KEY, "revoke", actions.revoke_push_key, grave=True, icon="cross"),
    )

    def get_urlpatterns(self):
        return [path("new/", self.page(NewPushKeyView), name="add"), *super().get_urlpatterns()]

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        facts = [
            "name", division_column, "prefix", "created_by", "created_at", "confirmed_by",
            "confirmed_on", "revoked_on", "last_used_on",
        ]  # fmt: skip
        return [
            Section(name="data", heading=_("Key"), icon=self.icon, facts=facts_of(record, *facts))
        ]
