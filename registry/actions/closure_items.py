"""What a deregistration touches in the register itself, and how each part of it is carried out."""

from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, taking
from registry.actions.appointments import reject_appointment
from registry.actions.departures import drop_out, end_with_organization
from registry.actions.filing_steps import withdraw_filing
from registry.actions.posts import end_post, grant_post
from registry.flows import (
    AppointmentState,
    OrganizationState,
    RectificationState,
)
from registry.models import (
    Appointment,
    ClosureItem,
    Filing,
    Organization,
    Post,
    PostHeld,
    Rectification,
)
from registry.questions import (
    Destination,
    Touched,
    carry_out_closure_item,
    touched_by_closing,
)

D = Destination
STUDIO = "registry.organization"
RUNNING_ORDERS = [RectificationState.ORDERED]
# Who led the one committee does not lead the other for that: its own members elect.
POST_AFTER_A_MOVE = {PostHeld.DIRECTOR: PostHeld.MEMBER, PostHeld.DEPUTY: PostHeld.MEMBER}
PENDING_DECISION = {
    AppointmentState.CANDIDATE,
    AppointmentState.VETTING,
    AppointmentState.NOTICE,
}
NOT_YET_FOR_GOOD = {AppointmentState.AWAITING_DUTY, AppointmentState.PROBATION}
GONE = [OrganizationState.DEREGISTERED, OrganizationState.NOT_LISTED]
ENDABLE = [OrganizationState.LISTED, OrganizationState.RECTIFYING]


def appointments_of(organization):
    """The appointments that have no end yet, whatever their state."""
    rows = Appointment.objects.filter(organization=organization, until_on=None)
    return rows.exclude(state=AppointmentState.REJECTED).select_related("mediator", "organization")


def studios_of(organization):
    """The studios and groups that still stand under the organisation."""
    return Organization.objects.filter(parent=organization).exclude(state__in=GONE)


def posts_of(organization, today):
    """The clerks' posts that are not over."""
    rows = Post.objects.filter(organization=organization).select_related("user", "organization")
    return [post for post in rows if post.until_on is None or post.until_on > today]


def orders_of(organization):
    """The orders to rectify that are running."""
    rows = Rectification.objects.filter(organization=organization, state__in=RUNNING_ORDERS)
    return rows.select_related("organization")


def filings_of(organization):
    """The filings about the organisation that nobody has decided on."""
    return Filing.objects.open().filter(organization=organization).select_related("organization")


def touched_in_the_register(organization, today):
    """Return what the register holds that goes on after the organisation is gone."""
    return [
        *[
            # Who has not begun cannot be moved: there would be no day before the move.
            Touched.row(row, D.END, *([D.MOVE] if row.from_on < today else []))
            for row in appointments_of(organization).order_by("pk")
        ],
        *[
            Touched.row(row, *([D.END] if row.state in ENDABLE else []), D.MOVE)
            for row in studios_of(organization).order_by("pk")
        ],
        *[Touched.row(row, D.END, D.MOVE) for row in posts_of(organization, today)],
        *[Touched.row(row, D.END) for row in orders_of(organization).order_by("pk")],
        *[Touched.row(row, D.END) for row in filings_of(organization).order_by("pk")],
    ]


def carry_out_in_the_register(item, *, by, today, reason):
    """Carry out an item of this floor; tell whether it was one.

    :raises Refused: if the row no longer allows it.
    """
    note = {"by": by, "today": today, "reason": reason}
    target = item.target if item.destination == D.MOVE else None
    if item.subject_type == STUDIO and target is None:
        _end_studio(item, **note)
    elif carry_out := _CARRIED_OUT_BY.get(item.subject_type):
        carry_out(int(item.subject_id), target, **note)
    else:
        return False
    return True


def _appointment(pk, target, *, by, today, reason):
    state = Appointment.objects.get(pk=pk).state
    note = {"by": by, "today": today, "reason": reason}
    if state in PENDING_DECISION:
        ended = reject_appointment(pk, **note)
    elif state in NOT_YET_FOR_GOOD:
        ended = drop_out(pk, **note)
    else:
        ended = end_with_organization(pk, **note)
    if target is not None:
        _appoint_again(ended, state, target, **note)


def _day_after(day):
    return day.fromordinal(day.toordinal() + 1)


def _appoint_again(old, state, target, *, by, today, reason):
    """Give the person the same post in the target from today, for the rest of the term."""
    if appointments_of(target).filter(mediator=old.mediator_id).exists():
        raise Refused(
            _("%(mediator)s holds a post in “%(target)s” already: end the post here instead.")
            % {"mediator": old.mediator, "target": target}
        )
    runs_on = old.term_until_on is None or old.term_until_on > today
    new = Appointment(
        mediator=old.mediator,
        organization=target,
        post=POST_AFTER_A_MOVE.get(old.post, old.post),
        employment=old.employment,
        route=old.route,
        from_on=today,
        term_until_on=old.term_until_on if runs_on else None,
        state=state,
    )
    new.full_clean()
    new.save()
    after = ledger.filled(new)
    ledger.append("registry.appointment.add", new, by=by, reason=reason, after=after)


def _move_studio(pk, target, *, by, today, reason):
    studio = Organization.objects.select_for_update(of=("self",)).get(pk=pk)
    before = ledger.snapshot(studio)
    studio.parent = target
    _save(studio, "move", before, by=by, reason=reason)


def _end_studio(item, *, by, today, reason):
    """Deregister a studio along with its committee, and end all that any floor has under it.

    What the case has a destination of its own for goes there.
    """
    note = {"by": by, "today": today, "reason": reason}
    pk, decided = int(item.subject_id), {one.key for one in item.closure.items.all()}
    with taking("close", Organization.objects, pk, **note) as studio:
        pass
    for touched in touched_by_closing(studio, today):
        if touched.key not in decided:
            _end_along(touched, item.closure, **note)
    with taking("deregister", Organization.objects, pk, **note) as studio:
        studio.deregistered_on = today


def _end_along(touched, closure, **note):
    """End what stands under a studio; the studio's own item of the case is the record of it."""
    along = ClosureItem(
        closure=closure,
        subject_type=touched.subject_type,
        subject_id=touched.subject_id,
        label=touched.label[:300],
        destination=D.END,
    )
    can_end = D.END in touched.destinations
    answers = carry_out_closure_item.send(ClosureItem, item=along, **note) if can_end else []
    if not any(done for _receiver, done in answers):
        raise Refused(_("“%(row)s” cannot be ended: move it first.") % {"row": touched.label})


def _post(pk, target, *, by, today, reason):
    post = Post.objects.get(pk=pk)
    until_on = max(today, _day_after(post.from_on))
    end_post(pk, until_on=until_on, by=by, reason=reason, today=today)
    # One that nobody has confirmed is not carried over: it would come into force by the move.
    if target is not None and post.is_confirmed:
        grant_post(
            user=post.user,
            role=post.role,
            organization=target,
            from_on=today,
            by=by,
            reason=reason,
        )


def _order(pk, target, *, by, today, reason):
    note = {"by": by, "today": today, "reason": reason}
    with taking("withdraw", Rectification.objects, pk, **note):
        pass


def _filing(pk, target, *, by, today, reason):
    withdraw_filing(pk, by=by, today=today, reason=reason)


_CARRIED_OUT_BY = {
    "registry.appointment": _appointment,
    STUDIO: _move_studio,
    "registry.post": _post,
    "registry.rectification": _order,
    "registry.filing": _filing,
}


def _save(row, act, before, *, by, reason):
    row.revision += 1
    row.full_clean()
    row.save()
    old, new = ledger.changes(before, ledger.snapshot(row))
    act = f"{row._meta.label_lower}.{act}"
    ledger.append(act, row, by=by, reason=reason, before=old, after=new)
