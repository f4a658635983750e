"""The life of a deregistration as a case: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from office.documents import documents_of
from office.flow import Flow, Step, asking, guard
from registry.flows.notice import NoticeState, ObjectionState
from registry.flows.organization import ORGANIZATION, OrganizationState
from registry.flows.rectification import RectificationState
from registry.questions import Destination, may_deregister, touched_by_closing


class ClosureState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("case", "being prepared")
    ON_NOTICE = "on_notice", _("on public notice")
    PROPOSED = "proposed", _("proposed, to be decided by a second person")
    CARRIED_OUT = "carried_out", _("carried out")
    STOPPED = "stopped", _("stopped")


class ClosureGround(models.TextChoices):
    ABOLISHED = "abolished", _("abolished by the founding unit")
    MERGED = "merged", _("merged by the founding unit")
    PLACE_GONE = "place_gone", _("the village or unit no longer exists")
    NOT_RECTIFIED = "not_rectified", _("not put right by the date")
    CANNOT_WORK = "cannot_work", _("cannot work normally")
    ROSTER_DUTIES = "roster_duties", _("does not carry out the duties of the roster")


# Abolition is decided by the founding unit, deregistration by the bureau: two acts.
OF_THE_FOUNDING_UNIT = {ClosureGround.ABOLISHED, ClosureGround.MERGED, ClosureGround.PLACE_GONE}
DECISION = "decision"
TAKING_OVER = {
    OrganizationState.LISTED,
    OrganizationState.CHANGE_PENDING,
    OrganizationState.RECTIFYING,
}
# Put back on the roster, an organisation is under no order; it is ordered anew.
UNDER_AN_ORDER = [OrganizationState.RECTIFYING, OrganizationState.CLOSING]
LONGEST_LINE_OF_SUCCESSORS = 100


def organization_may_close(closure, today):
    """Ask the life of the organisation itself."""
    return ORGANIZATION.refusals(closure.organization, "close", today)


@guard(_("The founding unit's decision is missing among the documents."))
def decision_is_there(closure, today):
    by_the_unit = closure.ground in OF_THE_FOUNDING_UNIT
    return not by_the_unit or documents_of(closure, DECISION).exists()


@guard(_("This ground needs an order to rectify that was not met and still stands."))
def rectification_failed(closure, today):
    order = closure.rectification
    return closure.ground in OF_THE_FOUNDING_UNIT or (
        order is not None
        and order.state == RectificationState.FAILED
        and closure.organization.state in UNDER_AN_ORDER
        and order == closure.organization.rectifications.order_by("-pk").first()
    )


@guard(_("After a merger the organisation that carries on must be named."))
def successor_is_named(closure, today):
    return closure.ground != ClosureGround.MERGED or closure.successor is not None


@guard(_("The successor is not on the roster itself."))
def successor_is_listed(closure, today):
    return closure.successor is None or closure.successor.state in TAKING_OVER


@guard(_("The line of successors would lead back to this organisation."))
def successors_make_no_circle(closure, today):
    heir = closure.successor
    for _step in range(LONGEST_LINE_OF_SUCCESSORS):
        if heir is None:
            return True
        if heir.pk == closure.organization_id:
            return False
        heir = heir.successor
    return False


@guard(_("The public notice has not run its full term."))
def notice_has_run(closure, today):
    notice = closure.notice
    return notice.state == NoticeState.PUBLISHED and notice.ends_on < today


@guard(_("An objection to the notice is still open."))
def no_objection_is_open(closure, today):
    return not closure.notice.objections.filter(state=ObjectionState.OPEN).exists()


# Upholding stops the case itself; this holds those that are older than that rule.
@guard(_("An objection to the notice was upheld: the deregistration has to be stopped."))
def no_objection_was_upheld(closure, today):
    return not closure.notice.objections.filter(state=ObjectionState.UPHELD).exists()


@guard(_("It is not recorded who keeps the seal, the plaque and the files, and since when."))
def custody_is_recorded(closure, today):
    return all([closure.seal_with, closure.plaque_with, closure.files_with])


def everything_has_a_destination(closure, today):
    """Ask all floors again; whatever has no destination, or came up since, bars the decision."""
    items = {item.key: item for item in closure.items.select_related("target")}
    reasons = []
    for touched in touched_by_closing(closure.organization, today):
        item = items.get(touched.key)
        if item is None:
            reasons.append(
                gettext("“%(item)s” came up after the inventory: take it again.")
                % {"item": touched.label}
            )
        elif fault := _fault_of(item, touched):
            reasons.append(fault % {"item": touched.label})
    return reasons


def _fault_of(item, touched):
    if not item.destination:
        return gettext("“%(item)s” has no destination yet.")
    if item.destination not in touched.destinations:
        return gettext("“%(item)s” can no longer go where it was to go.")
    if item.destination == Destination.MOVE and item.target.state not in TAKING_OVER:
        return gettext("“%(item)s” was to go to an organisation that is not on the roster.")
    return ""


GROUNDED = (
    decision_is_there,
    rectification_failed,
    successor_is_named,
    successor_is_listed,
    successors_make_no_circle,
)
DECIDABLE = (
    *GROUNDED,
    notice_has_run,
    no_objection_is_open,
    no_objection_was_upheld,
    custody_is_recorded,
    everything_has_a_destination,
    asking(may_deregister),
)
C = ClosureState
CLOSURE = Flow(
    Step(
        "announce", _("Put on public notice"), C.DRAFT, C.ON_NOTICE,
        organization_may_close, *GROUNDED,
    ),
    Step("propose", _("Propose the decision"), C.ON_NOTICE, C.PROPOSED, *DECIDABLE),
    Step("hand_back", _("Hand back to the first person"), C.PROPOSED, C.ON_NOTICE),
    Step("carry_out", _("Deregister"), C.PROPOSED, C.CARRIED_OUT, *DECIDABLE),
    Step("stop", _("Stop the deregistration"), [C.DRAFT, C.ON_NOTICE, C.PROPOSED], C.STOPPED),
    editable=[C.DRAFT, C.ON_NOTICE],
)  # fmt: skip
