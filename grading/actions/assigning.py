"""Who reads what: shared out evenly past all recusals; alternates step in for who stands back."""

import secrets
from collections import defaultdict
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.recusing import drop_all, judged_by, write_recusals
from grading.flows.panel import PanelState, ReadingState
from grading.models import Application, Panel, Reading
from grading.rules.assigning import Short, assigned
from grading.rules.references import reference
from office import ledger
from office.flow import Refused
from registry.rules import county_code

MOST_ROWS = 1_000
R = ReadingState
# Whose applications nobody ranks: one of them may be read by all.
NOT_RANKED = ["not_eligible", "no_level", "confirmed", "withdrawn"]


@dataclass(frozen=True)
class Assigned:
    """What came of an assignment: the panel, how many readings are new, what is short and why."""

    panel: Panel
    made: int
    dropped: int
    sentences: tuple = ()


@transaction.atomic
def assign_readings(pk, *, by, today, reason=""):
    """Give every application of a panel its readers; returns what came of it.

    Recusals are asked for anew. What was assigned before stays, unless the member stands back or
    left: so it may be done again whenever somebody abstained, left or was recused.

    :raises Refused: if the panel does not read now, or the round is not being scored.
    """
    panel = _reading_now(pk)
    write_recusals(panel, by=by, today=today, reason=reason)
    panel.seed = panel.seed or secrets.token_hex(16)
    panel.save(update_fields=["seed"])
    desk = _Desk(panel, today, panel.applications())
    found = desk.assign(panel.owed())
    return _stored(desk, found, "assign", by=by, today=today, reason=reason, is_third=False)


@transaction.atomic
def assign_third(pk, *, by, today, reason=""):
    """Give a further reader to the applications whose first readers are too far apart.

    :raises Refused: if none are, or their further readings are under way.
    """
    panel = _reading_now(pk)
    write_recusals(panel, by=by, today=today, reason=reason)
    if faults := panel.malformed():
        raise Refused(faults)
    apart = panel.applications().filter(pk__in=panel.apart())
    # As long as a first reading is out, a further one would be too early.
    apart = apart.exclude(pk__in=panel.unread().values("pk"))
    under_way = panel.readings.filter(is_third=True, state__in=[R.OPEN, R.SUBMITTED])
    apart = apart.exclude(pk__in=under_way.values("application"))
    if not apart.exists():
        raise Refused(_("No application waits for a third reader."))
    desk = _Desk(panel, today, apart)
    found = desk.assign(panel.owed() + 1)
    return _stored(desk, found, "assign_third", by=by, today=today, reason=reason, is_third=True)


@transaction.atomic
def assign_calibration(pk, *, by, today, application, reason=""):
    """Let all members read one application that is not ranked, so that they can be compared.

    :raises Refused: if it is one the panel ranks, or another is read by all already.
    """
    panel = _reading_now(pk)
    if panel.calibration_item_id not in (None, application.pk):
        raise Refused(_("Another application is read by all already."))
    if application.grading_round_id == panel.grading_round_id:
        if application.state not in NOT_RANKED:
            raise Refused(_("What all read is not ranked: choose one that is out of this round."))
    elif application.grading_round.division_id != panel.grading_round.division_id:
        raise Refused(_("It is not an application of a round of this bureau."))
    panel.calibration_item = application
    panel.save(update_fields=["calibration_item"])
    write_recusals(panel, by=by, today=today, reason=reason)
    recused = panel.recusals.standing().filter(application=application)
    people = panel.sitting(today, recused=set(recused.values_list("user_id", flat=True))).people
    have = set(panel.readings.filter(application=application).values_list("member_id", flat=True))
    made = [
        Reading(
            panel=panel, application=application, member_id=user, is_calibration=True,
            assigned_on=today,
        )
        for user in people
        if user not in have
    ]  # fmt: skip
    if not made:
        raise Refused(_("All members have it already."))
    Reading.objects.bulk_create(made)
    after = {"application": application.pk, "readers": sorted(row.member_id for row in made)}
    ledger.append("grading.panel.calibrate", panel, by=by, reason=reason, after=after)
    return Assigned(panel, len(made), 0)


def _reading_now(pk):
    rows = Panel.objects.select_for_update(of=("self",)).select_related("grading_round__version")
    panel = rows.get(pk=pk)
    if panel.state != PanelState.SITTING:
        raise Refused(_("The panel does not read now."))
    if panel.grading_round.state != "scoring":
        raise Refused(_("Readings are assigned while the round is being scored."))
    return panel


class _Desk:
    """What an assignment starts from: who may read what, who has read what."""

    def __init__(self, panel, today, applications):
        self.panel = panel
        rows = applications.order_by("pk").values_list("pk", "organization_id", "division_id")
        self.groups = {pk: (f"o{body}", county_code(place)) for pk, body, place in rows}
        self.recused = defaultdict(set)
        standing = panel.recusals.standing().order_by("pk")
        for user, application in standing.values_list("user_id", "application_id"):
            self.recused[application].add(user)
        self.sitting = self._sitting(today)
        self.readings = list(
            panel.readings.exclude(state=R.DROPPED).filter(is_calibration=False).order_by("pk")
        )

    def _sitting(self, today):
        """Return {application: who sits in its matter}; alternates step in for the recused."""
        of_set, found = {}, {}
        for application in self.groups:
            recused = frozenset(self.recused[application])
            if recused not in of_set:
                of_set[recused] = self.panel.sitting(today, recused=recused).people
            found[application] = frozenset(of_set[recused])
        return found

    def _pairs(self, *states, third=(False,)):
        return {
            (row.member_id, row.application_id)
            for row in self.readings
            if row.state in states and row.is_third in third
        }

    @property
    def fixed(self):
        """Pairs that stay: first readings that are open or were handed in, but no abstention."""
        return self._pairs(R.OPEN, R.SUBMITTED)

    def assign(self, reads):
        """Return the ``Assignment``. Who has left reads no more; what was handed in counts."""
        seated = {user for people in self.sitting.values() for user in people}
        handed_in = self._pairs(R.SUBMITTED)
        left = {user for user, _application in handed_in} - seated
        members = seated | left
        recused = {(user, pk) for pk, users in self.recused.items() for user in users}
        not_sitting = {
            (user, application)
            for application, people in self.sitting.items()
            for user in members - people
        }
        # Nobody reads an application twice: who abstained from it, or was the third.
        done = self._pairs(R.ABSTAINED, third=(False, True))
        done |= self._pairs(R.OPEN, R.SUBMITTED, third=(True,))
        caps = dict.fromkeys(left, 0)
        if self.panel.load_cap:
            caps = dict.fromkeys(seated, self.panel.load_cap) | caps
        return assigned(
            list(self.groups), list(members), reads=reads, seed=self.panel.seed,
            recused=recused | (not_sitting - handed_in) | done,
            caps=caps, fixed=self.fixed, groups=self.groups,
        )  # fmt: skip


def _stored(desk, found, act, *, by, today, reason, is_third):
    panel, have = desk.panel, desk.fixed
    dropped = [
        row.pk
        for row in desk.readings
        if row.state == R.OPEN and (row.member_id, row.application_id) in set(found.dropped)
    ]
    drop_all(dropped)
    new = sorted(
        (application, user)
        for application, users in found.readers.items()
        for user in users
        if (user, application) not in have
    )
    Reading.objects.bulk_create(
        [
            Reading(
                panel=panel, application_id=application, member_id=user, is_third=is_third,
                assigned_on=today,
            )
            for application, user in new
        ],
        batch_size=MOST_ROWS,
    )  # fmt: skip
    after = {"seed": panel.seed, "readings": [list(pair) for pair in new], "dropped": dropped}
    ledger.append(f"grading.panel.{act}", panel, by=by, reason=reason, after=after)
    sentences = tuple(_said(panel, one) for one in found.short)
    return Assigned(panel, len(new), len(dropped), sentences)


def _said(panel, short: Short):
    named = reference(panel.grading_round_id, short.application)
    return replace(short, application=named).sentence


def shortages(panel, user):
    """Return a sentence for each application that has fewer readers now than the panel owes it.

    Without those from which the user is recused.
    """
    rows = panel.applications().not_recused(user).order_by("pk")
    counts = dict.fromkeys(rows.values_list("pk", flat=True), 0)
    rows = panel.readings.filter(state__in=[R.OPEN, R.SUBMITTED], is_calibration=False)
    for application in rows.filter(is_third=False).values_list("application_id", flat=True):
        if application in counts:
            counts[application] += 1
    owed = panel.owed()
    return [
        _("Application %(application)s has %(readers)d of %(wanted)d readers.")
        % {
            "application": reference(panel.grading_round_id, pk),
            "readers": number,
            "wanted": owed,
        }
        for pk, number in counts.items()
        if number < owed
    ]


def calibration_choices(panel):
    """Return the applications that all members of a panel may read: of this bureau, not ranked."""
    rows = Application.objects.filter(grading_round__division=panel.grading_round.division_id)
    return rows.filter(state__in=NOT_RANKED).exclude(pk__in=judged_by(panel).values("pk"))
