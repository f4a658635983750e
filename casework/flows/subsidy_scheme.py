"""The life of a subsidy scheme: put together, brought into force by a second officer, ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class SchemeState(models.TextChoices):
    # Published elsewhere: it holds nowhere, a draft is made from it.
    TEMPLATE = "template", _("template")
    DRAFT = "draft", _("draft")
    ACTIVE = "active", _("in force")
    RETIRED = "retired", _("end set")
    ABANDONED = "abandoned", _("abandoned")


def everything_is_decided(scheme, today):
    """Give a sentence for everything the scheme leaves open."""
    return scheme.blockers()


@guard(_("Cases of days before today were priced by another scheme already; begin today or later."))
def no_past_case_changes_its_price(scheme, today):
    return scheme.from_on >= today or not scheme.displaces_before(today)


@guard(_("Another scheme of this division begins on the same day or later."))
def none_begins_later(scheme, today):
    return not scheme.rivals().filter(from_on__gte=scheme.from_on).exists()


@guard(_("It follows a scheme that dates cases by another day; some would have no price or two."))
def dates_cases_as_the_one_before(scheme, today):
    before = scheme.rivals().order_by("-from_on").first()
    return before is None or before.dated_by == scheme.dated_by


S = SchemeState
SUBSIDY_SCHEME = Flow(
    Step(
        "activate",
        _("Bring into force"),
        S.DRAFT,
        S.ACTIVE,
        everything_is_decided,
        none_begins_later,
        no_past_case_changes_its_price,
        dates_cases_as_the_one_before,
    ),
    Step("retire", _("End"), S.ACTIVE, S.RETIRED),
    Step("abandon", _("Abandon"), S.DRAFT, S.ABANDONED),
    editable=[S.DRAFT],
)
# It answers for the cases of its days, now or ever after.
RULING = [S.ACTIVE, S.RETIRED]
