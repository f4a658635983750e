"""Members stand back: found in the registers, declared by the member, lifted by an officer."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from grading.flows.panel import PanelState, ReadingState
from grading.models import Application, Panel, PanelMember, PanelTenure, Reading, Recusal
from grading.queries.recusal_facts import account_key, applicants_of, facts_about
from grading.rules.recusal import DECLARED, KIN, SELF, recusals
from office import ledger
from office.flow import Refused, taking

MOST_ROWS = 1_000
GONE = [ReadingState.OPEN, ReadingState.SUBMITTED, ReadingState.ABSTAINED]


def accounts_of(panel, on):
    """Return the keys of the accounts with a right to a seat on a day, alternates among them."""
    terms = PanelMember.objects.filter(seat__panel=panel, user__isnull=False)
    tenures = PanelTenure.objects.filter(member__seat__panel=panel)
    rows = [
        row
        for found in (terms, tenures)
        for row in found.order_by("pk").values_list("user_id", "from_on", "until_on")
    ]
    return sorted(
        {user for user, begun, ended in rows if begun <= on and (ended is None or on < ended)}
    )


def judged_by(panel):
    """The applications a panel has to do with: those it ranks, and the one that all read."""
    rows = panel.applications()
    if panel.calibration_item_id is None:
        return rows
    return rows | Application.objects.filter(pk=panel.calibration_item_id)


@transaction.atomic
def find_recusals(pk, *, by, today, reason=""):
    """Ask the registers anew who of a panel stands back from which application.

    What was found before stands, and so do declared ones; what an officer lifted is not found
    again on the same grounds. Readings of whoever stands back are taken back.

    Returns the new recusals.
    """
    panel = Panel.objects.select_for_update(of=("self",)).get(pk=pk)
    if panel.state not in (PanelState.DRAFT, PanelState.SITTING):
        raise Refused(_("The panel has ended its reading."))
    return write_recusals(panel, by=by, today=today, reason=reason)


def write_recusals(panel, *, by, today, reason=""):
    """As ``find_recusals``, of a panel that is locked already."""
    known = _known(panel)
    made, grown = [], []
    for (user, application), grounds in sorted(_found(panel, today).items()):
        standing, lifted = known.get((user, application), (None, set()))
        fresh = [one for one in grounds if one not in lifted or one == SELF]
        if standing is None and fresh:
            made.append(
                Recusal(
                    panel=panel, application_id=application, user_id=user, grounds=fresh,
                    found_on=today,
                )
            )  # fmt: skip
        elif standing is not None and set(fresh) - set(standing.grounds):
            standing.grounds += [one for one in fresh if one not in standing.grounds]
            grown.append(standing)
    Recusal.objects.bulk_create(made, batch_size=MOST_ROWS)
    Recusal.objects.bulk_update(grown, ["grounds"], batch_size=MOST_ROWS)
    dropped = _drop_readings(panel)
    if made or grown or dropped:
        after = {
            "recused": sorted([row.user_id, row.application_id] for row in [*made, *grown]),
            "dropped": dropped,
        }
        ledger.append("grading.panel.recuse", panel, by=by, reason=reason, after=after)
    return made


def _found(panel, today):
    """Return {(account, application): grounds} as the registers say it today."""
    users, applications = accounts_of(panel, today), judged_by(panel)
    facts = facts_about(users, applications, on=today, case_months=panel.case_months)
    members = {account_key(user): user for user in users}
    found = recusals(
        members, applicants_of(applications), facts, on=today,
        mentorship_months=panel.mentorship_months, case_months=panel.case_months,
    )  # fmt: skip
    return {(members[key], pk): grounds for (key, pk), grounds in found.items()}


def _known(panel):
    """Return {(account, application): (the standing row or None, the grounds lifted)}."""
    known = {}
    for row in panel.recusals.select_for_update(of=("self",)).order_by("pk"):
        standing, lifted = known.get((row.user_id, row.application_id), (None, set()))
        if row.lifted_on is None:
            standing = row
        else:
            lifted = lifted | set(row.grounds)
        known[row.user_id, row.application_id] = standing, lifted
    return known


def _drop_readings(panel):
    """Take back the readings of whoever stands back; returns their keys."""
    barred = set(panel.recusals.standing().order_by("pk").values_list("user_id", "application_id"))
    rows = panel.readings.filter(state__in=GONE).order_by("pk")
    pks = [
        pk
        for pk, member, application in rows.values_list("pk", "member_id", "application_id")
        if (member, application) in barred
    ]
    drop_all(pks)
    return pks


def drop_all(pks):
    """Take readings (keys) back in one go, as the step ``drop`` of their flow does."""
    target = Reading.flow.steps["drop"].target
    rows = Reading.objects.filter(pk__in=pks, state__in=Reading.flow.steps["drop"].sources)
    rows.update(state=target, revision=F("revision") + 1)


@transaction.atomic
def declare_recusal(pk, *, by, today, reason, is_kin=False):
    """Let a member stand back from what is to be read, with the reason; returns the recusal.

    :param pk: the member's own reading. It is taken back; others take it over.
    :raises Refused: without a reason, or if the panel does not read now.
    """
    if not reason.strip():
        raise Refused(_("Give the reason for standing back."))
    panel = Panel.objects.select_for_update(of=("self",)).get(readings=pk)
    rows = Reading.objects.filter(member=by)
    with taking("drop", rows, pk, by=by, today=today, reason=reason) as reading:
        pass
    ground = KIN if is_kin else DECLARED
    recusal, is_new = Recusal.objects.get_or_create(
        panel=panel, application_id=reading.application_id, user=by, lifted_on=None,
        defaults={"grounds": [ground], "reason": reason.strip(), "found_on": today},
    )  # fmt: skip
    if not is_new and ground not in recusal.grounds:
        recusal.grounds, recusal.reason = [*recusal.grounds, ground], reason.strip()
        recusal.save(update_fields=["grounds", "reason"])
    after = {"member": by.pk, "application": reading.application_id, "grounds": recusal.grounds}
    ledger.append("grading.panel.declare", panel, by=by, reason=reason, after=after)
    return recusal


@transaction.atomic
def lift_recusal(pk, *, by, today, reason, recusal):
    """Lift a recusal by an officer's decision with its reason; returns it.

    :param pk: of the panel.
    :raises Refused: of the own, of the applicant's own account, or if it does not stand.
    """
    panel = Panel.objects.select_for_update(of=("self",)).get(pk=pk)
    if panel.state not in (PanelState.DRAFT, PanelState.SITTING):
        raise Refused(_("The panel has ended its reading."))
    row = panel.recusals.select_for_update(of=("self",)).get(pk=recusal.pk)
    if row.lifted_on is not None:
        raise Refused(_("It is lifted already."))
    if SELF in row.grounds:
        raise Refused(_("Nobody judges the own application."))
    if row.user_id == by.pk:
        raise Refused(_("Another officer decides on whether you stand back."))
    if not reason.strip():
        raise Refused(_("Give the reason for lifting it."))
    row.lifted_on = today
    row.save(update_fields=["lifted_on"])
    told = {"member": row.user_id, "application": row.application_id, "grounds": row.grounds}
    ledger.append("grading.panel.lift", panel, by=by, reason=reason, before=told)
    return row
