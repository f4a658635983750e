"""A deregistration: prepared, announced, proposed by one officer, carried out by another."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing, taking
from registry.actions.appointments import lock_members
from registry.actions.closure_items import studios_of
from registry.actions.court import draw_court_notice
from registry.actions.notices import draft_notice, lock_notices, publish_notice, withdraw_notice
from registry.actions.numbers import lock_series
from registry.flows import ClosureState, NoticeState
from registry.models import Closure, ClosureItem, CourtSubject, Organization
from registry.notices.closures import announcement
from registry.notices.objections import UPHELD, reason_of_an_objection
from registry.questions import (
    Destination,
    about_to_close,
    carry_out_closure_item,
    touched_by_closing,
)
from registry.search.upkeep import refresh_mediators, refresh_organizations

CUSTODY = ("seal_with", "seal_on", "plaque_with", "plaque_on", "files_with", "files_on")


@transaction.atomic
def open_closure(*, by, today, reason, **fields):
    """Begin the case of a deregistration and take its first inventory; returns the case."""
    closure = Closure(opened_by=by, opened_on=today, **fields)
    closure.full_clean()
    closure.save()
    after = ledger.filled(closure)
    ledger.append("registry.closure.add", closure, by=by, reason=reason, after=after)
    _take_stock(closure, today)
    return closure


def change_closure(pk, *, by, today, reason, revision=None, **fields):
    """Correct the case while nobody has been told of it.

    :raises Refused: once it is on public notice: what was announced is what is decided.
    """
    with changing(Closure.objects, pk, by=by, reason=reason, revision=revision) as closure:
        if closure.state != ClosureState.DRAFT:
            raise Refused(_("What is on public notice is not changed any more."))
        for name, value in fields.items():
            setattr(closure, name, value)
    return closure


def record_custody(pk, *, by, today, reason, **custody):
    """Record who keeps the seal, the plaque and the files, and since when.

    :raises Refused: if a day lies in the future, or a keeper or a day is missing.
    """
    days = [custody[name] for name in CUSTODY if name.endswith("_on")]
    if any(day and day > today for day in days):
        raise Refused(_("A hand-over cannot lie in the future."))
    with changing(Closure.objects, pk, by=by, reason=reason) as closure:
        for name in CUSTODY:
            setattr(closure, name, custody[name])
    return closure


def take_inventory(pk, *, by, today, reason):
    """Ask all floors again what the deregistration touches; what is new joins the items."""
    with changing(Closure.objects, pk, by=by, reason=reason) as closure:
        _take_stock(closure, today)
    return closure


def _take_stock(closure, today):
    known = {item.key: item for item in closure.items.all()}
    for touched in touched_by_closing(closure.organization, today):
        item = known.get(touched.key) or ClosureItem(
            closure=closure, subject_type=touched.subject_type, subject_id=touched.subject_id
        )
        item.label, item.allowed = touched.label[:300], list(touched.destinations)
        if item.destination not in item.allowed:
            item.destination, item.target, item.note = "", None, ""
        item.full_clean()
        item.save()


@transaction.atomic
def settle_item(pk, *, by, today, reason, destination, target=None, note=""):
    """Say what becomes of something that the deregistration touches.

    :raises Refused: if the case is past that, or this destination is none for this item.
    """
    case = Closure.objects.filter(items=pk).values_list("pk", flat=True).get()
    closure = Closure.objects.select_for_update(of=("self",)).get(pk=case)
    if closure.state not in Closure.flow.editable:
        raise Refused(_("In this state of the deregistration nothing is settled any more."))
    with changing(ClosureItem.objects, pk, by=by, reason=reason) as item:
        item.destination = destination
        item.target = target if destination == Destination.MOVE else None
        item.note = note
        if reasons := _against(item, closure):
            raise Refused(reasons)
    return item


def _against(item, closure):
    """Say what is wrong with the destination of an item."""
    if item.destination not in item.allowed:
        return {"destination": _("“%(item)s” cannot go there.") % {"item": item.label}}
    if item.destination == Destination.HAND_OVER and not item.note:
        return {"note": _("Name to whom it is handed over.")}
    if item.destination != Destination.MOVE:
        return {}
    if item.target is None:
        return {"target": _("Choose the organisation it goes to.")}
    itself = (item.subject_type, item.subject_id) == (
        "registry.organization", str(item.target.pk),
    )  # fmt: skip
    if item.target.pk == closure.organization_id or itself:
        return {"target": _("It cannot go to what is being deregistered, nor to itself.")}
    return {}


@transaction.atomic
def announce_closure(pk, *, by, today, reason):
    """Put the deregistration on public notice; the organisation takes no new disputes.

    :raises Refused: if a guard says no, or the term of the notice cannot be set.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("announce", Closure.objects, pk, **note) as closure:
        body = Organization.objects.select_for_update().get(pk=closure.organization_id)
        title, text = announcement(closure)
        notice = draft_notice(
            kind="closure", title=title, body=text, division=body.division, subject=body, **note
        )
        closure.notice = publish_notice(notice.pk, organization_kind=body.kind, **note)
        _take_stock(closure, today)
        with taking("close", Organization.objects, body.pk, **note):
            pass
    refresh_organizations([closure.organization_id], today=today)
    return closure


def propose_closure(pk, *, by, today, reason):
    """Propose the decision, as the first of two persons."""
    with taking("propose", Closure.objects, pk, by=by, today=today, reason=reason) as closure:
        closure.proposed_by, closure.proposed_on = by, today
    return closure


def hand_back_closure(pk, *, by, today, reason):
    """Give a proposal back to be amended."""
    with taking("hand_back", Closure.objects, pk, by=by, today=today, reason=reason) as closure:
        closure.proposed_by = closure.proposed_on = None
    return closure


@transaction.atomic
def stop_closure(pk, *, by, today, reason, told=""):
    """Stop a deregistration; an organisation that was on its way out is listed again.

    ``told`` is what the public reads in the place of the notice; without it the reason.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("stop", Closure.objects, pk, **note) as closure:
        closure.stopped_on, closure.stop_reason = today, reason
        announced = closure.notice is not None
        if announced:
            lock_notices(pk=closure.notice_id)
            with taking("reopen", Organization.objects, closure.organization_id, **note):
                pass
    if announced and closure.notice.state == NoticeState.PUBLISHED:
        # After the case is stopped: until then it bars the withdrawal.
        withdraw_notice(closure.notice_id, by=by, today=today, reason=told or reason)
    refresh_organizations([closure.organization_id], today=today)
    return closure


def stop_for_an_objection(objection, *, by, today, reason):
    """Stop the deregistration whose notice the objection was raised to, if one runs."""
    rows = Closure.objects.running().filter(notice=objection.notice_id)
    for closure in rows.select_for_update(of=("self",)):
        stop_closure(
            closure.pk,
            by=by,
            today=today,
            reason=reason_of_an_objection(objection, reason),
            told=UPHELD,
        )


@transaction.atomic
def carry_out_closure(pk, *, by, today, reason, typed_name):
    """Deregister, as the second person: every item goes where it was to go, or nothing happens.

    :raises Refused: if a guard says no, the same person proposed it, the name was mistyped, or
        one item cannot be carried out. Nothing is written then.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("carry_out", Closure.objects, pk, **note) as closure:
        _require_second_person(closure, by)
        body = closure.organization
        if typed_name.strip() != body.name:
            raise Refused({"typed_name": _("This is not the name of the organisation.")})
        people, bodies = _lock(body, closure, today)
        _carry_out_items(closure, **note)
        with taking("deregister", Organization.objects, body.pk, **note) as gone:
            gone.deregistered_on, gone.successor = today, closure.successor
        draw_court_notice(gone, CourtSubject.DEREGISTRATION, by=by, today=today)
        closure.carried_out_by, closure.carried_out_on = by, today
    refresh_organizations(bodies, today=today)
    refresh_mediators(people, today=today)
    return closure


def _require_second_person(closure, by):
    if by.pk == closure.proposed_by_id:
        raise Refused(_("Who proposed the deregistration does not decide it. Ask a colleague."))


def _lock(body, closure, today):
    """Lock all rows the decision writes, before it writes; return the people and bodies."""
    going = {body.pk, *studios_of(body).values_list("pk", flat=True)}
    targets = closure.items.exclude(target=None).values_list("target", flat=True)
    bodies = sorted(going.union(targets))
    locked = Organization.objects.select_for_update(of=("self",)).filter(pk__in=bodies)
    bodies = [row.pk for row in locked.order_by("pk")]
    about_to_close.send(Organization, organizations=going)
    people = lock_members(going)
    lock_series(body.division_id, today=today)
    return people, bodies


def _carry_out_items(closure, *, by, today, reason):
    items = {item.key: item for item in closure.items.select_related("target", "closure")}
    for touched in touched_by_closing(closure.organization, today):
        item = items[touched.key]
        answers = carry_out_closure_item.send(
            ClosureItem, item=item, by=by, today=today, reason=reason
        )
        if not any(done for _receiver, done in answers):
            raise Refused(_("Nothing here can carry out “%(item)s”.") % {"item": item.label})
        before = ledger.snapshot(item)
        item.done_on = today
        item.revision += 1
        item.save()
        old, new = ledger.changes(before, ledger.snapshot(item))
        act = "registry.closureitem.carry_out"
        ledger.append(act, item, by=by, reason=reason, before=old, after=new)
