"""Choosing rows of the register within the own area."""

from django.utils.translation import gettext_lazy as _

from office.desk.choosers import ScopedChooserViewSet
from registry.models import Division, Mediator, Organization

DIVISIONS = ScopedChooserViewSet(
    "choose_division",
    url_prefix="choose/division",
    model=Division,
    icon="site",
    choose_one_text=_("Choose a division"),
    choose_another_text=_("Choose another division"),
    related=("parent",),
    extra_columns=(("code", _("Code")), ("parent", _("Belongs to"))),
)
ORGANIZATIONS = ScopedChooserViewSet(
    "choose_organization",
    url_prefix="choose/organization",
    model=Organization,
    icon="group",
    choose_one_text=_("Choose an organisation"),
    choose_another_text=_("Choose another organisation"),
    related=("division",),
    extra_columns=(("division", _("Division")), ("get_kind_display", _("Kind"))),
)
MEDIATORS = ScopedChooserViewSet(
    "choose_mediator",
    url_prefix="choose/mediator",
    model=Mediator,
    icon="user",
    choose_one_text=_("Choose a mediator"),
    choose_another_text=_("Choose another mediator"),
    action="read_internal",
    related=("division",),
    extra_columns=(
        ("certificate_number", _("Certificate number")),
        ("division", _("Division")),
    ),
)
