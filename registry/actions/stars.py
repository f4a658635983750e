"""Stars of committees, and the profile of brand and personal studios, with their re-checks."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from office.flow import Refused, asking, changing
from registry.actions.entering import acting, entered
from registry.models import (
    Appointment,
    Organization,
    OrganizationKind,
    Policy,
    PolicyKey,
    StarRating,
    StudioProfile,
)
from registry.questions import may_rate_alone
from registry.rules import COMMITTEES, years_later


def hold_bodies(pks):
    """Lock organisations (their keys) and their ratings in one order, ahead of the ledger."""
    bodies = Organization.objects.select_for_update(of=("self",)).filter(pk__in=pks)
    list(bodies.order_by("pk").values_list("pk"))
    ratings = StarRating.objects.select_for_update(of=("self",)).filter(organization__in=pks)
    list(ratings.filter(until_on=None).order_by("pk").values_list("pk"))


@transaction.atomic
def rate_alone(*, by, today, reason, organization, **fields):
    """Give a committee its stars as one officer, at the desk of the register; returns the rating.

    :raises Refused: if two officers decide on its stars elsewhere, or as ``rate`` does.
    """
    # Held first, so that nobody decides elsewhere meanwhile.
    body = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if bars := bars_to_rating_alone(body, today):
        raise Refused(bars)
    return rate(by=by, today=today, reason=reason, organization=body, **fields)


def bars_to_rating_alone(body, today):
    """Return why one officer does not give a committee its stars, as sentences."""
    return asking(may_rate_alone)(body, today)


@transaction.atomic
def rate(
    *, by, today, reason, organization, stars, most_stars, rated_on, rated_by, recheck_years=None
):
    """Give a committee its stars; the rating it had is closed on that day. Returns the rating.

    :param recheck_years: until it is checked again, where a rule says it; else the policy does.
    :raises Refused: if it is no committee on the roster, or the day does not fit.
    """
    body = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    former = StarRating.objects.select_for_update().filter(organization=body, until_on=None).first()
    if reasons := _why_not_rated(body, former, rated_on, today):
        raise Refused(reasons)
    if former:
        with acting("replace", StarRating.objects, former.pk, by=by, reason=reason) as old:
            old.until_on = rated_on
    policy = _policy(body, rated_on)
    rating = StarRating(
        organization=body,
        stars=stars,
        most_stars=most_stars,
        rated_on=rated_on,
        rated_by=rated_by,
        policy=policy,
        recheck_due=years_later(rated_on, recheck_years or policy.amount),
    )
    return entered(rating, by=by, reason=reason, act="rate")


def recheck_stars(pk, *, by, today, reason, **fields):
    """Check a committee's stars again: a new rating takes the place of this one."""
    rating = StarRating.objects.select_related("organization").get(pk=pk)
    if rating.until_on:
        raise Refused(_("This rating was replaced already; check the present one again."))
    body = rating.organization
    return rate_alone(by=by, today=today, reason=reason, organization=body, **fields)


@transaction.atomic
def recognise_studio(*, by, today, reason, **fields):
    """Enter whose name a studio bears, who leads it and who recognised it; returns the profile.

    :raises Refused: if it is no studio, was recognised in the future, or its leader holds no post.
    """
    studio = fields["organization"]
    if studio.kind != OrganizationKind.STUDIO:
        raise Refused({"organization": _("Only a personal or brand studio has such a profile.")})
    _refuse_the_future("recognised_on", fields["recognised_on"], today)
    _refuse_a_stranger(studio, fields["leader"], today)
    policy = _policy(studio, fields["recognised_on"])
    profile = StudioProfile(
        **fields,
        checked_on=fields["recognised_on"],
        policy=policy,
        recheck_due=years_later(fields["recognised_on"], policy.amount),
    )
    return entered(profile, by=by, reason=reason)


@transaction.atomic
def change_studio(pk, *, by, today, reason, revision, **fields):
    """Correct the profile of a studio, a new leader among it.

    :raises Stale: if it was changed since the form with this revision was opened.
    :raises Refused: if the leader holds no post in the studio or in its committee.
    """
    with changing(StudioProfile.objects, pk, by=by, reason=reason, revision=revision) as profile:
        for name, value in fields.items():
            setattr(profile, name, value)
        _refuse_a_stranger(profile.organization, profile.leader, today)
    return profile


@transaction.atomic
def recheck_studio(pk, *, by, today, reason, checked_on):
    """Note that a studio was checked again and still deserves its name.

    :raises Refused: if it was checked in the future, or since that day already.
    """
    _refuse_the_future("checked_on", checked_on, today)
    with acting("recheck", StudioProfile.objects, pk, by=by, reason=reason) as profile:
        if checked_on <= profile.checked_on:
            raise Refused({"checked_on": _("The studio was checked on this day or later already.")})
        profile.policy = _policy(profile.organization, checked_on)
        profile.checked_on = checked_on
        profile.recheck_due = years_later(checked_on, profile.policy.amount)
    return profile


def _policy(body, on):
    rules = Policy.objects
    key = PolicyKey.STAR_YEARS
    return rules.ruling(key, division_id=body.division_id, on=on, kind=body.kind)


def _why_not_rated(body, former, rated_on, today):
    reasons = []
    if body.kind not in COMMITTEES:
        reasons.append(_("Only committees are given stars."))
    if not Organization.objects.listed().filter(pk=body.pk).exists():
        reasons.append(_("The organisation is not on the roster."))
    if rated_on > today:
        reasons.append(_("A committee cannot be rated in the future."))
    if former and rated_on <= former.rated_on:
        reasons.append(_("The committee was rated on this day or later already."))
    return reasons


def _refuse_the_future(name, day, today):
    if day > today:
        raise Refused({name: _("This day lies in the future.")})


def _refuse_a_stranger(studio, leader, today):
    """The leader serves in the studio, or in the committee under which it stands."""
    where = Q(organization=studio) | Q(organization__studios=studio)
    if not Appointment.objects.in_post(today).filter(where, mediator=leader).exists():
        raise Refused(
            {"leader": _("The leader holds no post in the studio or in its committee today.")}
        )
