"""Many people are kept for another term at once, as after the elections of a year."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from registry.actions.departures import ARTICLE_9, CARRIED_OVER
from registry.flows import APPOINTMENT, AppointmentState
from registry.flows.appointment import term_is_ending
from registry.models import Appointment, EndedBy, Mediator, Policy, PolicyKey
from registry.overlaps import told_of_overlaps
from registry.rules import LONGEST_TERM_YEARS, enclosing, months_later
from registry.search.upkeep import refresh_mediators

BATCH = 500
ENDING = ["state", "until_on", "ended_by", "end_unit", "end_decided_on", "revision"]


@dataclass(frozen=True)
class NewTerm:
    """What a unit decided on one post; ``reviews`` are the reviews of the term, as evidence."""

    decided_on: date
    until_on: date
    reviews: list = field(default_factory=list)


def lock_posts(pks):
    """Lock posts after their people, both in one order; returns the posts, with organisations."""
    people = Mediator.objects.select_for_update(of=("self",)).filter(appointments__in=pks)
    list(people.order_by("pk").values_list("pk", flat=True))
    rows = Appointment.objects.select_for_update(of=("self",)).filter(pk__in=pks)
    return list(rows.select_related("organization", "mediator").order_by("pk"))


@transaction.atomic
def renew_appointments(terms, *, by, today, reason):
    """Record that many people are kept for another term, all or none; returns {old: new post}.

    :param terms: ``{key of the appointment: NewTerm}``.
    :raises Refused: if one of them may not be; the sentence names it.
    """
    with told_of_overlaps():
        olds = lock_posts(list(terms))
        longest = longest_terms(olds)
        _bar(olds, terms, longest, today)
        before = {old.pk: ledger.snapshot(old) for old in olds}
        news = [_renewed(old, terms[old.pk]) for old in olds]
        Appointment.objects.bulk_update(olds, ENDING, batch_size=BATCH)
        Appointment.objects.bulk_create(news, batch_size=BATCH)
        note = {"by": by, "reason": reason}
        entries = []
        for old, new in zip(olds, news, strict=True):
            entries += [
                _ended(old, before[old.pk], terms[old.pk].reviews, note),
                ledger.draft(
                    "registry.appointment.continue", new, after=ledger.filled(new), **note
                ),
            ]
        ledger.append_all(entries)
        refresh_mediators({new.mediator_id for new in news}, today=today)
    return {new.renewal_of_id: new for new in news}


def longest_terms(appointments):
    """Return {post: the last day a term after its own may end on}, in one query.

    As ``registry.actions.appointments.longest_term`` finds it for one of them.
    """
    rows = list(Policy.objects.filter(key=PolicyKey.TERM_YEARS))
    return {row.pk: _longest(row, rows) for row in appointments if row.term_until_on}


def _longest(appointment, policies):
    body, begins = appointment.organization, appointment.term_until_on
    places = {None, *enclosing(body.division_id)}
    ruling = [
        one
        for one in policies
        if one.from_on <= begins
        and (one.until_on is None or one.until_on > begins)
        and one.kind in ("", body.kind)
        and one.division_id in places
    ]
    years = LONGEST_TERM_YEARS
    if ruling:
        nearest = max(ruling, key=lambda one: (one.division_id or -1, one.kind))
        years = min(nearest.amount, LONGEST_TERM_YEARS)
    return months_later(begins, 12 * years)


def _bar(olds, terms, longest, today):
    rows = Appointment.objects.filter(pk__in=list(terms))
    ending = set(rows.filter(rows.ends_soon(today)).values_list("pk", flat=True))
    for old in olds:
        if reasons := list(_reasons(old, terms[old.pk], longest, ending, today)):
            told = {"post": old, "reason": " ".join(map(str, reasons))}
            raise Refused(_("%(post)s: %(reason)s") % told)


def _reasons(old, term, longest, ending, today):
    step = APPOINTMENT.steps["renew"]
    if old.state not in step.sources:
        yield from APPOINTMENT.refusals(old, "renew", today)
        return
    for guard in step.guards:
        # Asked of all of them at once.
        if guard is not term_is_ending:
            yield from guard(old, today)
    if old.pk not in ending:
        yield _("The term does not end yet: it is too early to decide on it.")
    if old.pk in longest:
        yield from _faults(old, term, longest[old.pk], today)


def _faults(old, term, longest, today):
    if term.decided_on > today:
        yield _("This day lies in the future.")
    if not term.reviews:
        yield _("No review of the term is on record: say why there is none.")
    if term.until_on > longest:
        said = _("A term that begins then ends on %(day)s at the latest (art. 9).")
        yield said % {"day": date_format(longest)}
    if term.until_on <= max(old.term_until_on, today):
        yield _("Another term would be over by now: let this one lapse.")


def _renewed(old, term):
    """End the old post with its term, in hand, and return the new one, not stored."""
    old.state, old.until_on, old.ended_by = (
        AppointmentState.ENDED, old.term_until_on, EndedBy.RENEWED,
    )  # fmt: skip
    old.end_unit, old.end_decided_on = old.unit, term.decided_on
    old.revision += 1
    new = Appointment(
        # With the rows themselves, which are at hand.
        **{
            name.removesuffix("_id"): getattr(old, name.removesuffix("_id"))
            for name in CARRIED_OVER
        },
        renewal_of=old,
        decided_on=term.decided_on,
        from_on=old.term_until_on,
        term_until_on=term.until_on,
    )
    new.clean_fields(exclude=["mediator", "organization", "renewal_of"])
    return new


def _ended(old, before, reviews, note):
    told_before, after = ledger.changes(before, ledger.snapshot(old))
    entry = ledger.draft("registry.appointment.renew", old, before=told_before, after=after, **note)
    entry.legal_basis, entry.evidence = ARTICLE_9, list(reviews)
    return entry
