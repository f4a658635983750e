"""Pages beside the list of reappointments: the forecast, opening cases, one act on a whole year."""

from collections import Counter
from dataclasses import dataclass

from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grading.actions import renewals_at_once as at_once
from grading.actions.renewals import bars_to_taking, open_renewals
from grading.forms.renewals import AtOnceForm, DecideAtOnceForm, OpenForm, TellAtOnceForm
from grading.reports.renewal_forecast import forecast
from grading.rules.evidence import digest_of
from grading.views.renewals import paper_of
from office.accounts.reauthentication import needs_reauthentication
from office.desk.lists import IndexView, ListPage
from office.desk.pages import DeskPage, RecordPage
from office.desk.records import WritingPage
from office.policies import rows_for
from office.scopes import grants_of
from registry.models import Appointment, Division

MOST_SHOWN = 300
# What is surely done before a proxy gives up waiting; the rest is done the next time.
MOST_AT_ONCE = 6_000


@dataclass(frozen=True)
class AtOnce:
    """An act on a whole selection: how it is called, the form, the step it sorts by."""

    label: str
    take: object
    form_class: type = AtOnceForm
    step: str = ""
    sensitive: bool = False


ACTS = {
    "take_packs": AtOnce(gettext_lazy("Take the evidence of all"), at_once.take_packs),
    "recommend": AtOnce(
        gettext_lazy("Recommend another term"), at_once.recommend_many, step="recommend"
    ),
    "decide": AtOnce(
        gettext_lazy("Record that another term was decided"), at_once.decide_many,
        DecideAtOnceForm, "decide",
    ),
    "tell": AtOnce(
        gettext_lazy("Record that they were told"), at_once.tell_many, TellAtOnceForm, "tell"
    ),
    "carry_out": AtOnce(
        gettext_lazy("Begin the new terms"), at_once.carry_out_many, step="carry_out",
        sensitive=True,
    ),
}  # fmt: skip


class RenewalList(IndexView):
    """The list, with the acts on all it shows."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        acts = []
        if self.desk.permits(self.request.user, "bulk"):
            query = context["query"]
            acts = [
                (act.label, f"{self.desk.url('at_once', name)}{query}")
                for name, act in ACTS.items()
            ]
            context["open_url"] = self.desk.url("open")
        return context | {"at_once": acts, "forecast_url": self.desk.url("forecast")}


class ForecastView(DeskPage):
    """Terms that end in the next three years, month by month and place by place."""

    template_name = "grading/desk/renewal_forecast.html"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return _("Terms that will end")

    @cached_property
    def division(self):
        """The division the address names, else the one place of one's own, None for more."""
        asked = self.request.GET.get("division", "")
        if not asked:
            return self._own_place()
        is_number = asked.isascii() and asked.isdigit() and len(asked) < 19
        found = Division.objects.filter(pk=asked).first() if is_number else None
        if found is None:
            raise Http404
        return found

    def _own_place(self):
        grants = grants_of(self.request.user, "grading.view_renewal")
        places = {grant.low for grant in grants}
        if len(places) != 1 or None in places:
            return None
        return Division.objects.filter(pk=places.pop()).first()

    def get_context_data(self, **kwargs):
        posts = rows_for(self.request.user, "view", Appointment)
        found = forecast(posts, self.today, self.cases_of, self.division)
        here = self.desk.url("forecast")
        lines = [
            (line, "" if found.by_body else f"{here}?division={line.key}") for line in found.lines
        ]
        return super().get_context_data(found=found, lines=lines, division=self.division, **kwargs)

    def cases_of(self, first, last):
        """Return the address of the cases of terms that end in these days."""
        return f"{self.desk.url('index')}?ends_from={first:%Y-%m-%d}&ends_until={last:%Y-%m-%d}"


class OpenView(WritingPage, DeskPage):
    """Opens cases now for a division; every night this is done for all."""

    action = "bulk"

    def get_page_title(self):
        return _("Open cases for terms that end")

    def make_form(self, data=None, files=None):
        return OpenForm(data, files, user=self.request.user)

    def carry_out(self, form):
        count = open_renewals(by=self.request.user, today=self.today, **form.values())
        self.done_message = ngettext(
            "%(count)d case opened.", "%(count)d cases opened.", count
        ) % {"count": count}  # fmt: skip
        return self.desk.url("index")

    def get_context_data(self, **kwargs):
        return super().get_context_data(back=self.desk.url("index"), **kwargs)


class PackPaperView(RecordPage):
    """Hands out the evidence as a PDF."""

    def get(self, request, *args, **kwargs):
        if not self.record.pack_digest:
            raise Http404
        return paper_of(self.record, self.today)


class AtOnceView(WritingPage, ListPage):
    """One act on all a list shows: what it will do, and every case it leaves out and why."""

    action = "bulk"
    template_name = "grading/desk/renewals_at_once.html"

    def is_permitted(self):
        return self.kwargs["act"] in ACTS and super().is_permitted()

    def dispatch(self, request, *args, **kwargs):
        if self.is_permitted() and self.act.sensitive and needs_reauthentication(request):
            raise ReauthenticationRequired
        return super().dispatch(request, *args, **kwargs)

    @property
    def act(self):
        return ACTS[self.kwargs["act"]]

    def get_page_title(self):
        return self.act.label

    @cached_property
    def sorted(self):
        """The selection, sorted out: what fits, the exceptions, what is at another step."""
        rows = self.get_queryset()
        if self.act.step:
            return at_once.sorted_out(rows, self.act.step, self.today)
        found = at_once.Sorted()
        for case in rows:
            (found.elsewhere if bars_to_taking(case, self.today) else found.fit).append(case)
        return found

    @property
    def now(self):
        """The cases that are done with this sending."""
        return self.sorted.fit[:MOST_AT_ONCE]

    @property
    def list_url(self):
        """The list the selection was made in, filtered as it was."""
        return f"{self.desk.url('index')}?{self.request.GET.urlencode()}"

    @property
    def selection(self):
        """What tells this selection from another one."""
        return digest_of(sorted(case.pk for case in self.now))

    def make_form(self, data=None, files=None):
        form = self.act.form_class(data, files, user=self.request.user, record=None)
        form.initial["selection"] = self.selection
        return form

    def carry_out(self, form):
        if form.cleaned_data["selection"] != self.selection:
            form.data = form.data.copy()
            form.data["selection"] = self.selection
            raise ValidationError(
                _("The selection changed since this page was shown. Check the numbers again.")
            )
        if not self.now:
            raise ValidationError(_("There is no case it could be done for."))
        pks = [case.pk for case in self.now]
        self.act.take(pks, by=self.request.user, today=self.today, **form.values())
        self.done_message = ngettext(
            "%(act)s: done for %(count)d record.", "%(act)s: done for %(count)d records.", len(pks)
        ) % {"act": self.act.label, "count": len(pks)}
        return self.list_url

    def get_context_data(self, **kwargs):
        found = self.sorted
        counted = Counter(name for _case, names in found.exceptions for name in names)
        shown = [
            (case, self.desk.url("inspect", case.pk), [at_once.EXCEPTIONS[name] for name in names])
            for case, names in found.exceptions[:MOST_SHOWN]
        ]
        return super().get_context_data(
            fit=len(self.now),
            bodies=len({case.appointment.organization_id for case in self.now}),
            later=len(found.fit) - len(self.now),
            elsewhere=len(found.elsewhere),
            exceptions=len(found.exceptions),
            reasons=[(at_once.EXCEPTIONS[name], number) for name, number in counted.most_common()],
            shown=shown,
            more=len(found.exceptions) - len(shown),
            back=self.list_url,
            **kwargs,
        )
