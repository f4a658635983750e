"""The life of an organisation: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard
from registry.rules import COMMITTEES, SEATS, composition_faults, name_faults


class OrganizationState(models.TextChoices):
    DRAFT = "draft", _("draft")
    FIRST_REVIEW = "first_review", _("awaiting first review")
    RETURNED = "returned", _("returned for correction")
    FILING = "filing", _("awaiting filing")
    LISTED = "listed", _("listed")
    CHANGE_PENDING = "change_pending", _("change awaiting filing")
    RECTIFYING = "rectifying", _("ordered to rectify")
    CLOSING = "closing", _("to be deregistered")
    DEREGISTERED = "deregistered", _("deregistered")
    NOT_LISTED = "not_listed", _("not listed")


@guard(_("The date of establishment is missing."))
def establishment_is_dated(organization, today):
    return organization.established_on is not None


@guard(_("The date of establishment lies in the future."))
def establishment_has_happened(organization, today):
    return organization.established_on is None or organization.established_on <= today


# They go to the county bureau without the justice office (practice of Henan).
DIRECT_KINDS = {"county", "industry", "regional", "social", "commercial"}


@guard(_("An organisation of this kind is filed with the county bureau directly."))
def goes_through_the_justice_office(organization, today):
    return organization.kind not in DIRECT_KINDS


@guard(_("An organisation of this kind is filed through the justice office."))
def goes_to_the_bureau_directly(organization, today):
    return organization.kind in DIRECT_KINDS


@guard(_("It was returned by the county bureau and goes back there."))
def goes_back_to_the_office(organization, today):
    return organization.kind not in DIRECT_KINDS and not _was_returned_by_the_bureau(organization)


@guard(_("It was returned by the justice office and goes back there."))
def goes_back_to_the_bureau(organization, today):
    return organization.kind in DIRECT_KINDS or _was_returned_by_the_bureau(organization)


def _was_returned_by_the_bureau(organization):
    return organization.filings.filter(state="returned", returned_from="filing").exists()


def members_of(organization):
    """Return the members of a committee: those in post and those who are to enter into it."""
    held = organization.appointments.filter(
        until_on=None,
        state__in=["candidate", "in_post", "term_ending", "suspended"],
        post__in=SEATS,
    )
    return list(held.select_related("mediator").order_by("pk"))


def name_fits_its_kind(organization, today):
    """Give every reason why the name does not fit the pattern of its kind."""
    place = organization.division
    return name_faults(
        organization.name, organization.kind, place=place.name, place_level=place.level
    )


def committee_is_complete(organization, today):
    """Give every reason why the members do not make up a committee (art. 8 of the law)."""
    if organization.kind not in COMMITTEES:
        return []
    return composition_faults(
        members_of(organization), needs_minority_member=organization.needs_minority_member
    )


def members_may_enter(organization, today):
    """Give for everybody who is to enter every condition of entry that bars the person."""
    return bars_to_entry(members_of(organization), today)


def bars_to_entry(members, today):
    return [
        f"{member.mediator}：{one.said}"
        for member in members
        if member.state == "candidate"
        for one in member.conditions(today)
        if one.bars and not one.met
    ]


SET_UP = [
    establishment_is_dated,
    establishment_has_happened,
    name_fits_its_kind,
    committee_is_complete,
    members_may_enter,
]


def set_up_is_in_order(organization, today):
    """Give every fault of a set-up that is being filed; what was filed on paper long ago passes."""
    if organization.state != OrganizationState.FILING:
        return []
    return [
        reason
        for reasons in (name_fits_its_kind, committee_is_complete, members_may_enter)
        for reason in reasons(organization, today)
    ]


O = OrganizationState  # noqa: E741
IN_FILING = [O.FIRST_REVIEW, O.FILING]
ORGANIZATION = Flow(
    Step("submit", _("Submit"), O.DRAFT, O.FIRST_REVIEW, goes_through_the_justice_office, *SET_UP),
    Step("submit_directly", _("Submit"), O.DRAFT, O.FILING, goes_to_the_bureau_directly, *SET_UP),
    Step("pass_on", _("Pass on to the county bureau"), O.FIRST_REVIEW, O.FILING),
    Step("send_back", _("Return for correction"), IN_FILING, O.RETURNED),
    Step(
        "resubmit",
        _("Submit again"),
        O.RETURNED,
        O.FIRST_REVIEW,
        goes_back_to_the_office,
        *SET_UP,
    ),
    Step(
        "resubmit_directly",
        _("Submit again"),
        O.RETURNED,
        O.FILING,
        goes_back_to_the_bureau,
        *SET_UP,
    ),
    # From a draft: what was filed on paper before this register began.
    Step(
        "list",
        _("Enter in the roster"),
        [O.DRAFT, O.FILING],
        O.LISTED,
        establishment_is_dated,
        establishment_has_happened,
        set_up_is_in_order,
    ),
    Step("refuse", _("Do not list"), O.FILING, O.NOT_LISTED),
    Step("withdraw", _("Withdraw the filing"), [*IN_FILING, O.RETURNED], O.NOT_LISTED),
    Step("refile", _("File again"), O.NOT_LISTED, O.DRAFT),
    Step("propose_change", _("File a change"), O.LISTED, O.CHANGE_PENDING),
    Step("settle_change", _("Settle the change"), O.CHANGE_PENDING, O.LISTED),
    Step("order", _("Order to rectify"), O.LISTED, O.RECTIFYING),
    Step("restore", _("Note that it was put right"), O.RECTIFYING, O.LISTED),
    Step("close", _("Begin the deregistration"), [O.LISTED, O.RECTIFYING], O.CLOSING),
    Step("reopen", _("Stop the deregistration"), O.CLOSING, O.LISTED),
    Step("deregister", _("Deregister"), O.CLOSING, O.DEREGISTERED),
    editable=[O.DRAFT, O.RETURNED, O.LISTED],
)
