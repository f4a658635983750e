from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from office.clocks import due
from office.models import Record
from registry.flows import FILING, FilingKind, FilingState
from registry.flows.filing import OPEN
from registry.models.organization import Organization
from registry.models.policy import Policy
from registry.queries.filings import CommitteeTermQuerySet, FilingQuerySet, open_first

S = FilingState
DECIDED = [S.FILED, S.REFUSED]
HANDED_IN = [S.FIRST_REVIEW, S.FILING, S.RETURNED, *DECIDED]
# What a change may be about; a new place or kind is a new organisation.
CHANGEABLE = (
    "name", "short_name", "founding_unit", "field", "address", "phone", "hours",
    "needs_minority_member",
)  # fmt: skip
# How the public reaches it may be corrected directly as well; the rest only a filing changes on a
# listed organisation, and nothing changes its kind or place.
DIRECTLY = {"phone", "hours"}
FILED_ONLY = (*[name for name in CHANGEABLE if name not in DIRECTLY], "kind", "division")


def _officer(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )


class Filing(Record):
    """One case for one event of an organisation: set up, changed, re-elected.

    A filing is a record, not a licence. It keeps the policy under which it was opened; ``due_on``
    is what lists are sorted by, counted anew when a calendar is loaded; pages count the deadline
    themselves (``deadline``).
    """

    flow = FILING

    organization = models.ForeignKey(
        Organization,
        verbose_name=gettext_lazy("organisation"),
        on_delete=models.PROTECT,
        related_name="filings",
    )
    kind = models.CharField(
        gettext_lazy("event"), max_length=12, choices=FilingKind.choices, editable=False
    )
    event_on = models.DateField(gettext_lazy("day of the event"))
    note = models.TextField(gettext_lazy("what happened"), max_length=1000, blank=True)
    policy = models.ForeignKey(
        Policy,
        verbose_name=gettext_lazy("limit for filing"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    due_on = models.DateField(gettext_lazy("due on"), null=True, blank=True, editable=False)
    term_number = models.PositiveSmallIntegerField(
        gettext_lazy("number of the term"), null=True, blank=True
    )
    term_from_on = models.DateField(gettext_lazy("term begins on"), null=True, blank=True)
    # Appointments of those who are named here, and of those who were not elected again.
    named = models.JSONField(gettext_lazy("named"), default=list, blank=True, editable=False)
    leaving = models.JSONField(
        gettext_lazy("not elected again"), default=list, blank=True, editable=False
    )
    # New values by the name of the field, as the database keeps them; a related row as its key.
    proposed = models.JSONField(
        gettext_lazy("proposed values"),
        default=dict,
        blank=True,
        encoder=DjangoJSONEncoder,
        editable=False,
    )
    # The old values beside them on the day of the decision: before it the record itself has them.
    replaced = models.JSONField(
        gettext_lazy("values replaced"),
        default=dict,
        blank=True,
        encoder=DjangoJSONEncoder,
        editable=False,
    )
    state = models.CharField(
        gettext_lazy("state"),
        max_length=15,
        choices=FilingState.choices,
        default=FilingState.DRAFT,
        editable=False,
    )
    opened_by = _officer(gettext_lazy("drawn up by"))
    opened_on = models.DateField(gettext_lazy("drawn up on"), editable=False)
    submitted_by = _officer(gettext_lazy("submitted by"))
    submitted_on = models.DateField(
        gettext_lazy("submitted on"), null=True, blank=True, editable=False
    )
    passed_on_by = _officer(gettext_lazy("passed on by"))
    returned_from = models.CharField(
        gettext_lazy("returned by"),
        max_length=15,
        blank=True,
        editable=False,
        choices=[
            (S.FIRST_REVIEW, gettext_lazy("justice office")),
            (S.FILING, gettext_lazy("county bureau")),
        ],
    )
    reasons = models.TextField(gettext_lazy("reasons given"), blank=True, editable=False)
    decided_by = _officer(pgettext_lazy("person", "decided by"))
    decided_on = models.DateField(gettext_lazy("decided on"), null=True, blank=True, editable=False)

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("filing")
        verbose_name_plural = gettext_lazy("filings")
        ordering = open_first()
        permissions = [*FILING.permissions("filing"), ("export_filing", "Can export filing")]
        indexes = [
            models.Index(fields=["state", "due_on"], name="filing_by_state"),
            models.Index(fields=["organization", "-event_on"], name="filing_of_organization"),
        ]
        constraints = [
            models.CheckConstraint(
                name="filing_kind_is_known", condition=Q(kind__in=FilingKind.values)
            ),
            models.CheckConstraint(name="filing_state_is_known", condition=Q(state__in=S.values)),
            models.CheckConstraint(
                name="filing_handed_in_has_a_date",
                condition=~Q(state__in=HANDED_IN) | Q(submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="filing_decided_is_dated",
                condition=Q(state__in=OPEN, decided_on__isnull=True)
                | Q(state__in=[*DECIDED, S.WITHDRAWN], decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="filing_decided_by_another",
                # Each officer is tested for null by name: a CHECK that is unknown passes.
                condition=~Q(state__in=DECIDED)
                | (
                    Q(decided_by__isnull=False, opened_by__isnull=False)
                    & ~Q(decided_by=F("opened_by"))
                    & (Q(submitted_by__isnull=True) | ~Q(decided_by=F("submitted_by")))
                    & (Q(passed_on_by__isnull=True) | ~Q(decided_by=F("passed_on_by")))
                ),
            ),
            models.CheckConstraint(
                name="filing_returned_says_by_whom",
                condition=~Q(state=S.RETURNED)
                | (Q(returned_from__in=[S.FIRST_REVIEW, S.FILING]) & ~Q(reasons="")),
            ),
            models.CheckConstraint(
                name="filing_of_a_re_election_has_a_term",
                condition=Q(
                    kind=FilingKind.RE_ELECTION,
                    term_from_on__isnull=False,
                    term_number__isnull=False,
                    term_from_on__gte=F("event_on"),
                )
                | (
                    ~Q(kind=FilingKind.RE_ELECTION)
                    & Q(term_from_on__isnull=True, term_number__isnull=True)
                ),
                violation_error_message=gettext_lazy(
                    "A term has a number and begins on the day of the election or later."
                ),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(state__in=OPEN),
                name="filing_open_once",
                violation_error_message=gettext_lazy(
                    "A filing of this organisation is open already."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.organization} · {self.get_kind_display()}"

    @property
    def area(self):
        return self.organization.division_id

    def deadline(self, calendar):
        """Return the deadline of the event under the policy the filing was opened under."""
        return due(calendar, self.event_on, self.policy.term)

    @property
    def is_open(self):
        return self.state in OPEN

    def differences(self):
        """Return (label, old, new) of every field the change gives another value."""
        found = []
        # In the order of the form: not every database keeps that of the keys.
        for name in [name for name in CHANGEABLE if name in self.proposed]:
            new = self.proposed[name]
            source = Organization._meta.get_field(name)
            held = getattr(self.organization, source.attname) if self.is_open else None
            old = self.replaced.get(name, held)
            if old != new:
                found.append((capfirst(source.verbose_name), *_shown(source, old, new)))
        return found


def _shown(source, *values):
    """Return values of a field as people read them."""
    if source.is_relation:
        names = {row.pk: str(row) for row in source.related_model.objects.filter(pk__in=values)}
        return [names.get(value, "") for value in values]
    if source.get_internal_type() == "BooleanField":
        return [_("Yes") if value else _("No") for value in values]
    return list(values)


class CommitteeTerm(models.Model):
    """A term of a committee, ``[from_on, until_on)``; ``closed_on`` is when the next one began.

    An expired term is flagged, never closed by itself. Written by filings only.
    """

    organization = models.ForeignKey(
        Organization,
        verbose_name=gettext_lazy("organisation"),
        on_delete=models.PROTECT,
        related_name="terms",
    )
    number = models.PositiveSmallIntegerField(gettext_lazy("number of the term"))
    elected_on = models.DateField(gettext_lazy("elected on"))
    from_on = models.DateField(gettext_lazy("from"))
    until_on = models.DateField(gettext_lazy("until"))
    closed_on = models.DateField(gettext_lazy("followed by the next on"), null=True, blank=True)
    policy = models.ForeignKey(
        Policy,
        verbose_name=gettext_lazy("years of the term"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    filing = models.OneToOneField(
        Filing,
        verbose_name=gettext_lazy("filing"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="term",
    )

    objects = CommitteeTermQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("committee term")
        verbose_name_plural = gettext_lazy("committee terms")
        ordering = ["organization_id", "-number"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="term_number_once"),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(closed_on=None), name="term_open_once"
            ),
            models.CheckConstraint(
                name="term_ends_after_it_begins", condition=Q(until_on__gt=F("from_on"))
            ),
            models.CheckConstraint(
                name="term_begins_after_the_election", condition=Q(from_on__gte=F("elected_on"))
            ),
            models.CheckConstraint(
                name="term_is_followed_after_it_begins",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("from_on")),
            ),
            models.CheckConstraint(name="term_has_a_number", condition=Q(number__gte=1)),
        ]

    def __str__(self):
        return _("term %(number)d of %(organization)s") % {
            "number": self.number,
            "organization": self.organization,
        }

    @property
    def area(self):
        return self.organization.division_id

    def is_expired(self, today):
        """Whether the term ran out and no later one has followed."""
        return self.closed_on is None and self.until_on <= today
