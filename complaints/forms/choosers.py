"""Choosing whom a complaint is about: anybody on the public roster, by what the public sees."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from office.desk import choosers
from registry.models import Mediator, Organization

ENTER = "complaints.add_enteredcomplaint"


def on_the_roster(model):
    """Return the mediators or organisations that the public roster shows, wherever they are."""
    return model.objects.filter(row__isnull=False).select_related("row")


class OnTheRoster:
    """Offers the whole public roster to those who enter complaints, and to nobody else."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(ENTER):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def rows(self):
        return on_the_roster(self.model_class)


class ChooseView(OnTheRoster, choosers.ChooseView):
    pass


class ChooseResultsView(OnTheRoster, choosers.ChooseResultsView):
    pass


class ChosenView(OnTheRoster, choosers.ChosenView):
    pass


class ChosenMultipleView(OnTheRoster, choosers.ChosenMultipleView):
    pass


class RosterChooserViewSet(choosers.ScopedChooserViewSet):
    """A chooser of the public roster."""

    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView


ROSTER_ORGANIZATIONS = RosterChooserViewSet(
    "choose_roster_organization",
    url_prefix="choose/roster-organization",
    model=Organization,
    icon="group",
    choose_one_text=_("Choose an organisation"),
    choose_another_text=_("Choose another organisation"),
    related=("row",),
    extra_columns=(("row.place", _("Place")), ("row.get_kind_display", _("Kind"))),
)
ROSTER_MEDIATORS = RosterChooserViewSet(
    "choose_roster_mediator",
    url_prefix="choose/roster-mediator",
    model=Mediator,
    icon="user",
    choose_one_text=_("Choose a mediator"),
    choose_another_text=_("Choose another mediator"),
    related=("row",),
    extra_columns=(("row.organization_name", _("Organisation")), ("row.place", _("Place"))),
)
