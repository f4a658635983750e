"""The pages of a subsidy scheme beside its record: a tier, a trial, two schemes side by side."""

from django import forms
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.actions import save_tier
from casework.forms.subsidy_parts import TierForm
from casework.forms.subsidy_trial import TrialForm
from casework.models import FileDocument
from casework.reports.subsidy_schemes import difference
from casework.rules.pricing import price
from casework.rules.splitting import fund
from office.desk.pages import RecordPage
from office.desk.records import InspectView, WritingPage
from office.policies import permission_for


class SchemeView(InspectView):
    """A scheme. What rules from above is read here and acted on by nobody below."""

    def may(self, action):
        wanted = permission_for(action, self.model)
        if action not in self._may:
            self._may[action] = (
                self.request.user.has_perm(wanted)
                and self.rows(action).filter(pk=self.record.pk).exists()
            )
        return self._may[action]


class TierView(WritingPage, RecordPage):
    """A tier of a draft with its amounts: a new one, or one that is there."""

    action = "change"

    def is_permitted(self):
        return super().is_permitted() and self.desk.is_editable(self.record)

    @cached_property
    def tier(self):
        if "tier" not in self.kwargs:
            return None
        found = self.record.tiers.filter(pk=self.kwargs["tier"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self):
        return _("Tier “%(name)s”") % {"name": self.tier} if self.tier else _("Add a tier")

    def make_form(self, data=None, files=None):
        given = {"user": self.request.user, "record": self.record, "tier": self.tier}
        return TierForm(data, files, **given)

    def carry_out(self, form):
        save_tier(self.record.pk, by=self.request.user, today=self.today, **form.values())
        self.done_message = _("The tier was saved.")
        return self.record_url


class TrialView(RecordPage):
    """Tries the scheme on facts that are typed in: what it offers, and why. Writes nothing."""

    template_name = "casework/desk/scheme_trial.html"

    def get(self, request, *args, **kwargs):
        form = TrialForm(request.GET or None, scheme=self.record)
        tried = self.tried(form) if form.is_valid() else {}
        status = 422 if form.is_bound and not form.is_valid() else 200
        context = self.get_context_data(form=form, media=form.media, **tried)
        return self.render_to_response(context, status=status)

    def get_page_title(self):
        return _("Try it")

    def tried(self, form):
        terms = self.record.terms()
        offer = price(terms, form.facts(self.record.from_on))
        names = dict(FileDocument.choices)
        is_one = offer.low is not None and offer.low == offer.high
        split = is_one and offer.low > 0 and sum(part for _name, part in terms.funding) == 100
        return {
            "offer": offer,
            "missing": [names.get(code, code) for code in offer.missing],
            "barred": [sentence for said in offer.barred.values() for sentence in said],
            "funds": fund(offer.low, terms.funding) if split else [],
        }


class CompareForm(forms.Form):
    """Which scheme is put beside this one."""

    other = forms.ModelChoiceField(
        None, label=gettext_lazy("Compare with"), empty_label=gettext_lazy("Choose")
    )

    def __init__(self, data, rows):
        super().__init__(data)
        self.fields["other"].queryset = rows


class CompareView(RecordPage):
    """Two schemes side by side, every line in which they differ marked in words."""

    template_name = "casework/desk/scheme_compare.html"

    def get(self, request, *args, **kwargs):
        others = self.rows().exclude(pk=self.record.pk).order_by("name", "pk")
        form = CompareForm(request.GET or None, others)
        chosen = form.is_valid() and form.cleaned_data["other"]
        rows = difference(self.record, chosen) if chosen else []
        status = 422 if form.is_bound and not chosen else 200
        context = self.get_context_data(form=form, other=chosen, lines=rows)
        return self.render_to_response(context, status=status)

    def get_page_title(self):
        return _("Compare with another")
