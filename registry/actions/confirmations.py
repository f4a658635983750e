"""Once a year organisations confirm their people and data, in a campaign of their bureau."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing
from registry import tasks
from registry.models import (
    Confirmation,
    ConfirmationCampaign,
    ConfirmingOrganization,
    Division,
    Organization,
    Post,
)
from registry.notices.confirmations import reminder
from registry.rules import enclosing
from registry.search.upkeep import refresh_organizations


@transaction.atomic
def open_campaign(*, by, today, reason, year, division, from_on, due_on):
    """Call the organisations of a division to confirm; returns the campaign.

    :raises Refused: if a campaign that runs shares organisations with it, or it is due already.
    """
    # Whoever opens one inside or around this division waits here: they share a division above.
    list(Division.objects.select_for_update().filter(pk__in=enclosing(division.pk)).order_by("pk"))
    if ConfirmationCampaign.objects.running().overlapping(division).exists():
        raise Refused(_("A campaign that runs shares organisations with this one."))
    if due_on < today:
        raise Refused({"due_on": _("The last day lies in the past.")})
    low, high = division.span
    campaign = ConfirmationCampaign(
        year=year, division=division, low=low, high=high, from_on=from_on, due_on=due_on,
        opened_by=by,
    )  # fmt: skip
    campaign.full_clean()
    campaign.save()
    after = ledger.filled(campaign)
    act = "registry.confirmationcampaign.add"
    ledger.append(act, campaign, by=by, reason=reason, after=after)
    return campaign


@transaction.atomic
def close_campaign(pk, *, by, today, reason):
    """End a campaign; who has not confirmed stays without a confirmation.

    :raises Refused: if it is closed already or has not begun.
    """
    with changing(ConfirmationCampaign.objects, pk, by=by, reason=reason) as campaign:
        if campaign.closed_on is not None:
            raise Refused(_("This campaign is closed already."))
        if campaign.from_on > today:
            raise Refused(_("This campaign has not begun yet."))
        campaign.closed_on = today
    return campaign


@transaction.atomic
def confirm_organization(pk, *, by, today, reason="", differences=""):
    """Record that an organisation confirms its people and data in the campaign that runs.

    What differs is said in words here and put right by a filing or a correction.

    :raises Refused: if no campaign runs for it, or it has confirmed already.
    """
    body = Organization.objects.select_for_update().get(pk=pk)
    asked = ConfirmingOrganization.objects.asked().filter(pk=pk).first()
    campaign = asked and ConfirmationCampaign.objects.get(pk=asked.campaign_id)
    if campaign is None or campaign.from_on > today:
        raise Refused(_("No campaign runs for this organisation."))
    if asked.answered_on is not None:
        raise Refused(_("This organisation has confirmed already."))
    confirmation = Confirmation(
        campaign=campaign,
        organization=body,
        confirmed_on=today,
        confirmed_by=by,
        differences=differences,
    )
    confirmation.full_clean()
    confirmation.save()
    before = ledger.snapshot(body)
    body.confirmed_on = today
    body.revision += 1
    body.full_clean()
    body.save()
    old, new = ledger.changes(before, ledger.snapshot(body))
    ledger.append(
        "registry.organization.confirm", body, by=by, reason=reason or differences,
        before=old, after=new,
    )  # fmt: skip
    refresh_organizations([pk], today=today)
    return confirmation


@transaction.atomic
def remind(pk, *, by, today, reason):
    """Write to the clerks of all organisations of a campaign that have not confirmed.

    Returns how many messages go out once this is stored.

    :raises Refused: if it is closed, or no clerk without a confirmation has an e-mail address.
    """
    with changing(ConfirmationCampaign.objects, pk, by=by, reason=reason) as campaign:
        if campaign.closed_on is not None:
            raise Refused(_("This campaign is closed already."))
        messages = reminders(campaign, today=today)
        if not messages:
            raise Refused(_("No clerk who has yet to confirm has an e-mail address."))
        campaign.reminded_on = today
    transaction.on_commit(partial(tasks.send_messages.enqueue, messages))
    return len(messages)


def reminders(campaign, *, today):
    """Return the messages to the clerks of a campaign who have not confirmed yet."""
    missing = ConfirmingOrganization.objects.asked().filter(standing="missing")
    missing = missing.filter(division_id__gte=campaign.low, division_id__lt=campaign.high)
    posts = (
        Post.objects.in_force(today)
        .filter(role="clerk", organization__in=missing.values("pk"), user__is_active=True)
        .exclude(user__email="")
        .select_related("organization", "user")
    )
    return [reminder(post.organization, campaign, post.user.email) for post in posts]
