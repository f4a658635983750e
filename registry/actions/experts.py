"""Experts enter the pool for a term, are renewed, and leave it."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing
from office.identity import age_on
from office.personal import unmasked
from registry.actions.entering import acting, entered
from registry.models import Expert, Policy, PolicyKey
from registry.rules import years_later


@transaction.atomic
def add_expert(*, by, today, reason, **fields):
    """Enter an expert in the pool for the term of the policy in force; returns the expert.

    :raises Refused: if the expert is too old, or enters in the future.
    """
    expert = Expert(**fields)
    if expert.from_on > today:
        raise Refused({"from_on": _("This day lies in the future.")})
    _begin_term(expert, expert.from_on, counted_from=expert.from_on)
    return entered(expert, by=by, reason=reason)


@transaction.atomic
def change_expert(pk, *, by, today, reason, revision, **fields):
    """Correct the data of an expert; the term stays.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(Expert.objects, pk, by=by, reason=reason, revision=revision) as expert:
        for name, value in fields.items():
            setattr(expert, name, value)
    return expert


@transaction.atomic
def renew_expert(pk, *, by, today, reason):
    """Give an expert a further term: after the running one, or from today if that is over.

    :raises Refused: if the expert left the pool or is too old by now.
    """
    with acting("renew", Expert.objects, pk, by=by, reason=reason) as expert:
        if expert.left_on:
            raise Refused(_("The expert left the pool; enter the person anew."))
        lapsed = expert.until_on <= today
        if lapsed:
            expert.from_on = today
        _begin_term(expert, today, counted_from=today if lapsed else expert.until_on)
    return expert


@transaction.atomic
def end_expert(pk, *, by, today, reason):
    """Take an expert out of the pool today.

    :raises Refused: if the expert left it before.
    """
    with acting("leave", Expert.objects, pk, by=by, reason=reason) as expert:
        if expert.left_on:
            raise Refused(_("The expert left the pool already."))
        expert.left_on = today
    return expert


@transaction.atomic
def unmask_expert(pk, *, by, today, reason):
    """Return the phone of an expert in full; the ledger says who saw it and why."""
    expert = Expert.objects.get(pk=pk)
    shown = {"phone": unmasked(expert, "phone", reason=reason)}
    ledger.append("registry.expert.unmask", expert, by=by, reason=reason)
    return shown


def _begin_term(expert, on, *, counted_from):
    """Set the term by the policies in force on a day, and test the age on it."""
    ruling, place = Policy.objects.ruling, {"division_id": expert.division_id, "on": on}
    expert.term_policy = ruling(PolicyKey.EXPERT_YEARS, **place)
    expert.age_policy = ruling(PolicyKey.EXPERT_AGE_BELOW, **place)
    if age_on(expert.born_on, on) >= expert.age_policy.amount:
        raise Refused(
            _("An expert must be under %(age)d on the day the term is given.")
            % {"age": expert.age_policy.amount}
        )
    expert.until_on = years_later(counted_from, expert.term_policy.amount)
