from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.flows import APPOINTMENT, HOLDING, PENDING, AppointmentState
from registry.flows.appointment import STORED_STATES
from registry.models.mediator import Mediator
from registry.models.organization import Organization
from registry.queries import AppointmentQuerySet
from registry.queries.appointments import conditions_of
from registry.rules import DecidingBody


class PostHeld(models.TextChoices):
    DIRECTOR = "director", _("director")
    DEPUTY = "deputy", _("deputy director")
    MEMBER = "member", _("committee member")
    MEDIATOR = "mediator", _("mediator")
    CHIEF = "chief", _("chief mediator")


class Employment(models.TextChoices):
    FULL_TIME = "full_time", _("full-time")
    PART_TIME = "part_time", _("part-time")
    INVITED = "invited", _("invited")


class Route(models.TextChoices):
    """How a person came into post; it decides who may end it (People's Mediation Law 9, 13, 15)."""

    ELECTED = "elected", _("elected")
    APPOINTED = "appointed", _("appointed")


class EndedBy(models.TextChoices):
    """How a post came to its end."""

    RENEWED = "renewed", _("renewed for another term")
    LAPSED = "lapsed", _("term over, not renewed")
    REMOVED = "removed", _("removed by the electing unit")
    DISMISSED = "dismissed", _("dismissed by the appointing unit")
    RESIGNED = "resigned", _("resigned")
    TRANSFERRED = "transferred", _("transferred")
    DIED = "died", _("died")
    WITH_ORGANIZATION = "with_organization", _("organisation deregistered")
    DROPPED_OUT = "dropped_out", _("dropped out before the post was taken up for good")
    NOT_RECORDED = "not_recorded", _("not recorded")


class Ground(models.TextChoices):
    """The grounds of People's Mediation Law, art. 15; a local scheme may name others."""

    PARTIALITY = "partiality", _("partiality to one party")
    INSULT = "insult", _("insulting a party")
    PROPERTY = "property", _("asking for or taking property or other improper gain")
    LEAK = "leak", _("leaking privacy or trade secrets")
    LOCAL = "local", _("another ground of the local scheme")


# The names of the constraints that no two posts may break, and what is said then. PostgreSQL holds
# them as exclusion constraints, SQLite by triggers (``registry.overlaps``).
OVERLAPS = {
    "appointment_no_overlap_in_an_organization": _(
        "This mediator already holds a post in this organisation."
    ),
    "appointment_no_overlap_full_time": _("This mediator already holds a full-time post."),
}
BARRING = [EndedBy.REMOVED, EndedBy.DISMISSED]


class Appointment(Record):
    """A mediator's post in an organisation during ``[from_on, until_on)``.

    Until it is taken up, ``from_on`` is the day that is planned.
    """

    flow = APPOINTMENT

    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="appointments"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    post = models.CharField(
        _("post"), max_length=10, choices=PostHeld.choices, default=PostHeld.MEDIATOR
    )
    employment = models.CharField(
        _("full-time or part-time"), max_length=10, choices=Employment.choices
    )
    route = models.CharField(
        _("elected or appointed"), max_length=10, choices=Route.choices, blank=True
    )
    unit_body = models.CharField(
        _("who elected or appointed"), max_length=10, choices=DecidingBody.choices, blank=True
    )
    unit = models.CharField(_("electing or appointing unit"), max_length=120, blank=True)
    decided_on = models.DateField(_("elected or appointed on"), null=True, blank=True)
    from_on = models.DateField(_("from"))
    term_until_on = models.DateField(_("term ends on"), null=True, blank=True)
    until_on = models.DateField(_("left on"), null=True, blank=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=15,
        choices=AppointmentState.choices,
        default=AppointmentState.IN_POST,
        editable=False,
    )
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("nominated by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    vetted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vetted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # Nominations from before notices were put up here have a span of days and no notice.
    notice = models.OneToOneField(
        "registry.PublicNotice",
        verbose_name=_("public notice"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="appointment",
    )
    notice_policy = models.ForeignKey(
        "registry.Policy",
        verbose_name=_("policy of the notice"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    notice_from_on = models.DateField(_("notice from"), null=True, blank=True, editable=False)
    notice_until_on = models.DateField(
        _("last day of the notice"), null=True, blank=True, editable=False
    )
    probation_policy = models.ForeignKey(
        "registry.Policy",
        verbose_name=_("policy of the probation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    probation_until_on = models.DateField(
        _("probation until"), null=True, blank=True, editable=False
    )
    renewal_of = models.OneToOneField(
        "self",
        verbose_name=_("renewal of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="renewal",
    )
    ended_by = models.CharField(
        _("how it ended"), max_length=20, choices=EndedBy.choices, blank=True, editable=False
    )
    end_ground = models.CharField(
        _("ground"), max_length=12, choices=Ground.choices, blank=True, editable=False
    )
    end_unit = models.CharField(
        _("unit that decided on the end"), max_length=120, blank=True, editable=False
    )
    end_decided_on = models.DateField(_("end decided on"), null=True, blank=True, editable=False)
    told_on = models.DateField(_("person told on"), null=True, blank=True, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-from_on", "pk"]
        permissions = [
            *APPOINTMENT.permissions("appointment"),
            ("nominate_appointment", "Can nominate for an appointment"),
            ("discipline_appointment", "Can record discipline on an appointment"),
        ]
        indexes = [
            models.Index(fields=["organization", "state"], name="appointment_in_organization"),
            models.Index(fields=["state", "term_until_on"], name="appointment_by_end_of_term"),
        ]
        constraints = [
            models.CheckConstraint(
                name="appointment_state_is_known", condition=Q(state__in=STORED_STATES)
            ),
            # Who drops out before the post is taken up held it on no day.
            models.CheckConstraint(
                name="appointment_ends_after_it_begins",
                condition=Q(until_on__isnull=True)
                | Q(until_on__gt=F("from_on"))
                | Q(until_on=F("from_on"), ended_by=EndedBy.DROPPED_OUT),
                violation_error_message=_("The post cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="appointment_term_ends_after_it_begins",
                condition=Q(term_until_on__isnull=True) | Q(term_until_on__gt=F("from_on")),
                violation_error_message=_("The term cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="appointment_ended_has_a_date",
                condition=Q(state="ended", until_on__isnull=False)
                | (~Q(state="ended") & Q(until_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="appointment_ended_says_how",
                condition=Q(state="ended", ended_by__in=EndedBy.values)
                | (~Q(state="ended") & Q(ended_by="")),
            ),
            # People's Mediation Law, art. 15: only the unit that elected removes, only the unit
            # that appointed dismisses.
            models.CheckConstraint(
                name="appointment_ended_by_the_right_unit",
                condition=~Q(ended_by__in=BARRING)
                | (
                    Q(end_ground__in=Ground.values, end_decided_on__isnull=False)
                    & ~Q(end_unit="")
                    & (
                        Q(ended_by=EndedBy.REMOVED, route=Route.ELECTED)
                        | Q(ended_by=EndedBy.DISMISSED, route=Route.APPOINTED)
                    )
                ),
            ),
            models.CheckConstraint(
                name="appointment_notice_has_a_term",
                condition=~Q(state="notice")
                | Q(
                    notice_from_on__isnull=False,
                    notice_until_on__isnull=False,
                    notice_until_on__gt=F("notice_from_on"),
                ),
            ),
            models.CheckConstraint(
                name="appointment_probation_has_an_end",
                condition=~Q(state="probation")
                | Q(probation_until_on__isnull=False, probation_until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(
                name="appointment_accepted_says_by_whom",
                condition=~Q(state__in=["awaiting_duty", "probation"])
                | (Q(route__in=Route.values) & ~Q(unit="")),
            ),
            models.CheckConstraint(
                name="appointment_renews_another",
                condition=Q(renewal_of__isnull=True) | ~Q(renewal_of=F("id")),
            ),
            models.UniqueConstraint(
                fields=["mediator", "organization"],
                condition=Q(state__in=PENDING),
                name="appointment_pending_once_in_an_organization",
                violation_error_message=_("This person is already nominated in this organisation."),
            ),
        ]

    def __str__(self):
        return f"{self.mediator} · {self.organization}"

    def clean(self):
        """Say in a sentence what the database would refuse: no two posts of a person overlap."""
        if self.state not in HOLDING or not self.mediator_id or not self.from_on:
            return
        if broken := self.overlaps():
            raise ValidationError([OVERLAPS[name] for name in broken])

    def overlaps(self):
        """Return the names of those of ``OVERLAPS`` that other posts of the person break."""
        if self.until_on is not None and self.until_on <= self.from_on:
            return []
        others = Appointment.objects.overlapping(self)
        found = list(others.values_list("organization_id", "employment"))
        full_time = self.employment == Employment.FULL_TIME
        return [
            name
            for name, broken in zip(
                OVERLAPS,
                [
                    any(body == self.organization_id for body, _employment in found),
                    full_time and any(held == Employment.FULL_TIME for _body, held in found),
                ],
                strict=True,
            )
            if broken
        ]

    def conditions(self, today):
        """Return the conditions of entry as they stand today, met or not."""
        return conditions_of(self, today)

    def is_term_ending(self, today):
        """Whether the term ends within the lead time of the policy, or has ended."""
        rows = Appointment.objects.filter(pk=self.pk)
        return rows.filter(rows.ends_soon(today)).exists()

    @property
    def area(self):
        return self.organization.division_id
