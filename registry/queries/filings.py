"""The questions asked of filings, terms, confirmations and letters to the court."""

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When

from office.queries import ScopedQuerySet
from registry.queries.register import OrganizationQuerySet

OPEN = ["draft", "first_review", "returned", "filing"]


class OfOrganizationQuerySet(ScopedQuerySet):
    """Rows that belong to one organisation and lie where it does."""

    division_lookup = "organization__division_id"

    def of_organizations(self, pks):
        return Q(organization__in=pks)


class FilingQuerySet(OfOrganizationQuerySet):
    def open(self):
        """Filings on which nobody has decided yet."""
        return self.filter(state__in=OPEN)


class CommitteeTermQuerySet(OfOrganizationQuerySet):
    def running(self):
        """Terms that no later one has followed, those that ran out among them."""
        return self.filter(closed_on=None)

    def expired(self, today):
        """Terms that ran out and are followed by none: flagged, never closed by themselves."""
        return self.running().filter(until_on__lte=today)


class CampaignQuerySet(ScopedQuerySet):
    def running(self):
        """Campaigns that are not closed."""
        return self.filter(closed_on=None)

    def overlapping(self, division):
        """Campaigns that share organisations with the division."""
        low, high = division.span
        return self.filter(low__lt=high, high__gt=low)


class ConfirmingQuerySet(OrganizationQuerySet):
    """Organisations that are asked to confirm their data in a campaign that runs."""

    def asked(self):
        """Organisations on the roster in a running campaign, each with what is known of it.

        ``campaign_id`` and ``campaign_due_on`` are of the campaign, ``answered_on`` is the day of
        the confirmation or None, and ``standing`` is "confirmed" or "missing". One statement,
        however many organisations there are.
        """
        campaigns = self.model._meta.apps.get_model("registry.ConfirmationCampaign").objects
        running = campaigns.running().filter(
            low__lte=OuterRef("division_id"), high__gt=OuterRef("division_id")
        )
        confirmations = self.model._meta.apps.get_model("registry.Confirmation").objects
        given = confirmations.filter(
            organization=OuterRef("pk"),
            campaign__closed_on=None,
            campaign__low__lte=OuterRef("division_id"),
            campaign__high__gt=OuterRef("division_id"),
        )
        return (
            self.listed()
            .filter(Exists(running))
            .annotate(
                campaign_id=Subquery(running.values("pk")[:1]),
                campaign_due_on=Subquery(running.values("due_on")[:1]),
                answered_on=Subquery(given.values("confirmed_on")[:1]),
                standing=Case(
                    When(Exists(given), then=Value("confirmed")),
                    default=Value("missing"),
                    output_field=CharField(),
                ),
            )
        )

    def asked_in(self, campaign):
        """Organisations that a campaign asks or, once it is closed, asked; as ``asked`` tells them.

        Those of a closed one are what was on the roster on the day it was closed, and whoever
        confirmed.
        """
        if campaign.closed_on is None:
            return self.asked().filter(campaign_id=campaign.pk)
        versions = self.model._meta.apps.get_model("registry.OrganizationVersion").objects
        then = versions.as_of(campaign.closed_on, None).filter(
            subject=OuterRef("pk"),
            division_id__gte=campaign.low,
            division_id__lt=campaign.high,
            state__in=["listed", "change_pending", "rectifying"],
        )
        given = campaign.confirmations.filter(organization=OuterRef("pk"))
        return self.filter(Exists(then) | Exists(given), merged_into=None).annotate(
            campaign_id=Value(campaign.pk),
            campaign_due_on=Value(campaign.due_on),
            answered_on=Subquery(given.values("confirmed_on")[:1]),
            standing=Case(
                When(Exists(given), then=Value("confirmed")),
                default=Value("missing"),
                output_field=CharField(),
            ),
        )


class CourtNoticeQuerySet(OfOrganizationQuerySet):
    def gathering(self, organization):
        """The letter that gathers the changes of members of an organisation, if one waits."""
        return self.filter(organization=organization, subject="member", sent_on=None)

    def with_standing(self):
        """Say of each letter, as ``standing``, whether it is "sent" or still to be "sending"."""
        sent = When(sent_on__isnull=False, then=Value("sent"))
        return self.annotate(standing=Case(sent, default=Value("unsent"), output_field=CharField()))


def open_first():
    """An order: what is undecided by its last day, then what was decided, the latest first."""
    return [F("decided_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "-event_on"]
