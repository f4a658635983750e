"""How a post ends: by a decision of those who gave it, by the person, or by the calendar.

The bureau never removes or dismisses anybody: it urges, and records what the electing or the
appointing unit decided (People's Mediation Law, art. 15).
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from office.documents import documents_of, evidence_of
from office.flow import Refused
from registry.actions.appointments import longest_term, stepping, store
from registry.flows import asking_for_reviews
from registry.models import Appointment, Discipline, EndedBy, Ground
from registry.models.discipline import BY_THE_COMMITTEE
from registry.overlaps import told_of_overlaps
from registry.search.upkeep import refresh_mediators

ARTICLE_15 = "《中华人民共和国人民调解法》第十五条"
ARTICLE_9 = "《中华人民共和国人民调解法》第九条"
BUREAU_NAMES = ("司法局", "司法所", "司法厅", "司法部")
CARRIED_OVER = (
    "mediator_id", "organization_id", "post", "employment", "route", "unit_body", "unit",
)  # fmt: skip


def drop_out(pk, *, by, today, reason):
    """End an appointment that was not taken up for good, before or during the probation."""
    with stepping("drop_out", pk, by=by, today=today, reason=reason) as row:
        row.ended_by, row.until_on = EndedBy.DROPPED_OUT, today
        if row.probation_until_on is None or row.from_on > today:
            row.from_on = today
            row.term_until_on = None
    return row


def renew_appointment(
    pk, *, by, today, reason, decided_on, without_reviews_because="", term_until_on=None
):
    """Record that a person is kept for another term; returns the new appointment.

    It begins on the day the old term ends, so that no day is without it or in both. It lasts as
    long as may be, or until ``term_until_on``.

    :raises Refused: if there is no review of the term and no reason why there is none, or if the
        new term is longer than it may be.
    """
    with told_of_overlaps():
        with stepping(
            "renew", pk, by=by, today=today, reason=reason, evidence=_reviews(today),
            legal_basis=ARTICLE_9,
        ) as old:  # fmt: skip
            if not without_reviews_because and not _reviews(today)(old):
                said = _("No review of the term is on record: say why there is none.")
                raise Refused({"without_reviews_because": said})
            _require_past(decided_on, today, "decided_on")
            old.until_on, old.ended_by = old.term_until_on, EndedBy.RENEWED
            old.end_unit, old.end_decided_on = old.unit, decided_on
        new = Appointment(
            **{name: getattr(old, name) for name in CARRIED_OVER},
            renewal_of=old,
            decided_on=decided_on,
            from_on=old.term_until_on,
            term_until_on=_end_of_new_term(old, term_until_on),
        )
        if new.term_until_on <= today:
            raise Refused(_("Another term would be over by now: let this one lapse."))
        new.full_clean()
        why = " ".join(filter(None, [reason, without_reviews_because]))
        store(new, by=by, reason=why, act="continue")
        refresh_mediators([new.mediator_id], today=today)
    return new


def _end_of_new_term(old, asked):
    longest = longest_term(old, old.term_until_on)
    if asked is not None and asked > longest:
        said = _("A term that begins then ends on %(day)s at the latest (art. 9).")
        raise Refused({"term_until_on": said % {"day": date_format(longest)}})
    return asked or longest


def lapse_appointment(pk, *, by, today, reason, told_on):
    """Record that a term is not renewed and that the person was told so.

    The post ends with its term; if the term is over already, it ends today. "Not renewed" is not
    "dismissed".
    """
    with stepping("lapse", pk, by=by, today=today, reason=reason, legal_basis=ARTICLE_9) as row:
        _require_past(told_on, today, "told_on")
        row.until_on = max(row.term_until_on, today)
        row.ended_by, row.told_on = EndedBy.LAPSED, told_on
    return row


def remove_mediator(pk, **decision):
    """Record that the unit that elected a person removes the person (罢免).

    :raises Refused: if anything is missing that article 15 asks for.
    """
    return _deprive("remove", EndedBy.REMOVED, pk, **decision)


def dismiss_mediator(pk, **decision):
    """Record that the unit that appointed a person dismisses the person (解聘).

    :raises Refused: if anything is missing that article 15 asks for.
    """
    return _deprive("dismiss", EndedBy.DISMISSED, pk, **decision)


def resign_appointment(pk, *, by, today, reason, until_on, document):
    """Record that a person resigned, with the paper that says so."""
    return _end("resign", EndedBy.RESIGNED, pk, by=by, today=today, reason=reason,
                until_on=until_on, document=document)  # fmt: skip


def transfer_appointment(pk, *, by, today, reason, until_on, document):
    """Record that a person was moved to other work, with the paper that says so."""
    return _end("transfer", EndedBy.TRANSFERRED, pk, by=by, today=today, reason=reason,
                until_on=until_on, document=document)  # fmt: skip


def record_death(pk, *, by, today, reason, until_on, document):
    """Record that a person died, with the paper that says so."""
    return _end("record_death", EndedBy.DIED, pk, by=by, today=today, reason=reason,
                until_on=until_on, document=document)  # fmt: skip


def end_with_organization(pk, *, by, today, reason, until_on=None):
    """End a post because its organisation is deregistered; the decision stands there."""
    return _end("end_with_organization", EndedBy.WITH_ORGANIZATION, pk, by=by, today=today,
                reason=reason, until_on=until_on or today)  # fmt: skip


def _end(name, ended_by, pk, *, until_on, today, **note):
    with stepping(name, pk, today=today, **note) as row:
        _require_past(until_on, today, "until_on")
        row.until_on, row.ended_by = until_on, ended_by
    return row


def _deprive(
    name, ended_by, pk, *, by, today, reason, ground, serious, unit, decided_on, until_on, document,
    without_criticism_because="",
):  # fmt: skip
    """End a post by the unit that gave it, on a ground of article 15."""
    with stepping(
        name, pk, by=by, today=today, document=document, evidence=_criticism,
        reason=" ".join(filter(None, [reason, without_criticism_because])), legal_basis=ARTICLE_15,
    ) as row:  # fmt: skip
        faults = {
            "ground": _ground_faults(ended_by, ground),
            "serious": [] if serious else [_("Only a serious case allows it (art. 15).")],
            "unit": _unit_faults(row, unit),
            "without_criticism_because": _criticism_faults(row, without_criticism_because),
        }
        if faults := {field: said for field, said in faults.items() if said}:
            raise Refused(faults)
        _require_past(decided_on, today, "decided_on")
        _require_past(until_on, today, "until_on")
        row.until_on, row.ended_by, row.end_ground = until_on, ended_by, ground
        row.end_unit, row.end_decided_on = unit, decided_on
    return row


def _ground_faults(ended_by, ground):
    if ended_by == EndedBy.REMOVED and ground == Ground.LOCAL:
        return [_("Whoever was elected is removed on a ground of article 15 only.")]
    return []


def _unit_faults(row, unit):
    if unit.endswith(BUREAU_NAMES):
        return [
            _("A bureau of justice never removes or dismisses; it urges and records (art. 15).")
        ]
    if row.unit and unit != row.unit:
        said = _("On record is “%(unit)s”: only this unit decides on the end (art. 15).")
        return [said % {"unit": row.unit}]
    return []


def _criticism_faults(row, because):
    if because or row.discipline.filter(kind__in=BY_THE_COMMITTEE).exists():
        return []
    return [_("No criticism of the committee is on record (art. 15): say why there is none.")]


def _criticism(row):
    """Return what the committee criticised earlier, as evidence."""
    earlier = Discipline.objects.filter(appointment=row, kind__in=BY_THE_COMMITTEE)
    return [
        {"discipline": one.pk, "kind": one.kind, "decided_on": one.decided_on} for one in earlier
    ]


def _reviews(today):
    """Return the callable that gives the reviews of a term: what floors above have, and papers."""

    def found(row):
        answers = asking_for_reviews.send(Appointment, obj=row, today=today)
        return [
            *(review for _receiver, said in answers for review in said),
            *evidence_of(documents_of(row, "review")),
        ]

    return found


def _require_past(day, today, field):
    if day > today:
        raise Refused({field: _("This day lies in the future.")})
