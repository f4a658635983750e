from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.models import Record
from registry.flows import CLOSURE, ClosureGround, ClosureState
from registry.flows.closure import OF_THE_FOUNDING_UNIT
from registry.models.notice import PublicNotice
from registry.models.organization import Organization
from registry.models.rectification import Rectification
from registry.queries import ClosureItemQuerySet, ClosureQuerySet
from registry.questions import Destination

S = ClosureState
DECIDED = [S.PROPOSED, S.CARRIED_OUT]


def _account(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )


def _day(label):
    return models.DateField(label, null=True, blank=True, editable=False)


def _kept_whole(thing):
    """Who keeps a thing and since when: both are known, or neither."""
    who, since = f"{thing}_with", f"{thing}_on"
    return models.CheckConstraint(
        name=f"closure_{thing}_is_with_somebody_since_a_day",
        condition=Q(**{who: "", f"{since}__isnull": True})
        | (~Q(**{who: ""}) & Q(**{f"{since}__isnull": False})),
    )


class Closure(Record):
    """The case of one deregistration, from its ground to the day it was carried out."""

    flow = CLOSURE

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="closures",
    )
    ground = models.CharField(_("ground"), max_length=15, choices=ClosureGround.choices)
    facts = models.TextField(_("facts and reasons"), max_length=3_000)
    rectification = models.ForeignKey(
        Rectification,
        verbose_name=_("order that was not met"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="closures",
    )
    successor = models.ForeignKey(
        Organization,
        verbose_name=_("carried on by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    notice = models.OneToOneField(
        PublicNotice,
        verbose_name=_("public notice"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="closure",
        editable=False,
    )
    seal_with = models.CharField(_("seal kept by"), max_length=120, blank=True)
    seal_on = models.DateField(_("seal handed over on"), null=True, blank=True)
    plaque_with = models.CharField(_("plaque kept by"), max_length=120, blank=True)
    plaque_on = models.DateField(_("plaque handed over on"), null=True, blank=True)
    files_with = models.CharField(_("files kept by"), max_length=120, blank=True)
    files_on = models.DateField(_("files handed over on"), null=True, blank=True)
    opened_by, opened_on = _account(_("opened by")), _day(_("opened on"))
    proposed_by, proposed_on = _account(_("proposed by")), _day(_("proposed on"))
    carried_out_by, carried_out_on = (
        _account(pgettext_lazy("person", "decided by")),
        _day(_("decided on")),
    )
    stopped_on = _day(_("stopped on"))
    stop_reason = models.CharField(_("reason for stopping"), max_length=600, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=S.choices, default=S.DRAFT, editable=False
    )

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("deregistration")
        verbose_name_plural = _("deregistrations")
        ordering = ["-pk"]
        permissions = CLOSURE.permissions("closure")
        constraints = [
            models.CheckConstraint(name="closure_state_is_known", condition=Q(state__in=S.values)),
            models.CheckConstraint(
                name="closure_ground_is_known", condition=Q(ground__in=ClosureGround.values)
            ),
            models.CheckConstraint(
                name="closure_beyond_a_draft_has_a_notice",
                condition=Q(state__in=[S.DRAFT, S.STOPPED]) | Q(notice__isnull=False),
            ),
            models.CheckConstraint(
                name="closure_of_the_bureau_follows_an_order",
                condition=Q(state__in=[S.DRAFT, S.STOPPED])
                | Q(ground__in=sorted(OF_THE_FOUNDING_UNIT))
                | Q(rectification__isnull=False),
            ),
            models.CheckConstraint(
                name="closure_decided_names_who_proposed",
                condition=~Q(state__in=DECIDED)
                | Q(proposed_by__isnull=False, proposed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="closure_is_decided_by_two_persons",
                # Both are tested for null by name: a CHECK that is unknown passes.
                condition=~Q(state=S.CARRIED_OUT)
                | (
                    Q(
                        carried_out_by__isnull=False,
                        carried_out_on__isnull=False,
                        proposed_by__isnull=False,
                    )
                    & ~Q(carried_out_by=F("proposed_by"))
                ),
            ),
            models.CheckConstraint(
                name="closure_merged_names_its_successor",
                condition=Q(state__in=[S.DRAFT, S.STOPPED])
                | ~Q(ground=ClosureGround.MERGED)
                | Q(successor__isnull=False),
            ),
            models.CheckConstraint(
                name="closure_successor_is_another",
                condition=Q(successor__isnull=True) | ~Q(successor=F("organization")),
                violation_error_message=_("An organisation cannot be its own successor."),
            ),
            models.CheckConstraint(
                name="closure_stopped_has_a_reason",
                condition=(Q(state=S.STOPPED, stopped_on__isnull=False) & ~Q(stop_reason=""))
                | (~Q(state=S.STOPPED) & Q(stopped_on__isnull=True, stop_reason="")),
            ),
            *[_kept_whole(thing) for thing in ("seal", "plaque", "files")],
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(state__in=[S.DRAFT, S.ON_NOTICE, S.PROPOSED]),
                name="closure_one_at_a_time",
                violation_error_message=_(
                    "A deregistration of this organisation is running already."
                ),
            ),
        ]

    def __str__(self):
        return str(self.organization)

    @property
    def area(self):
        return self.organization.division_id


class ClosureItem(Record):
    """Something that a deregistration touches, and what is to become of it."""

    closure = models.ForeignKey(
        Closure, verbose_name=_("deregistration"), on_delete=models.PROTECT, related_name="items"
    )
    subject_type = models.CharField(_("kind of record"), max_length=100, editable=False)
    subject_id = models.CharField(_("record"), max_length=64, editable=False)
    label = models.CharField(_("what it is"), max_length=300, editable=False)
    allowed = models.JSONField(_("possible destinations"), default=list, editable=False)
    destination = models.CharField(
        _("destination"), max_length=10, choices=Destination.choices, blank=True
    )
    target = models.ForeignKey(
        Organization,
        verbose_name=_("goes to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.CharField(_("handed over to"), max_length=200, blank=True)
    done_on = models.DateField(_("carried out on"), null=True, blank=True, editable=False)

    objects = ClosureItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a deregistration")
        verbose_name_plural = _("items of deregistrations")
        ordering = ["closure", "subject_type", "pk"]
        permissions = [("settle_closureitem", "Can settle closureitem")]
        constraints = [
            models.UniqueConstraint(
                fields=["closure", "subject_type", "subject_id"], name="closure_item_once"
            ),
            models.CheckConstraint(
                name="closure_item_destination_is_known",
                condition=Q(destination__in=["", *Destination.values]),
            ),
            models.CheckConstraint(
                name="closure_item_moved_goes_somewhere",
                condition=Q(destination=Destination.MOVE, target__isnull=False)
                | (~Q(destination=Destination.MOVE) & Q(target__isnull=True)),
            ),
            models.CheckConstraint(
                name="closure_item_handed_over_goes_to_somebody",
                condition=~Q(destination=Destination.HAND_OVER) | ~Q(note=""),
            ),
            models.CheckConstraint(
                name="closure_item_done_had_a_destination",
                condition=Q(done_on__isnull=True) | ~Q(destination=""),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def area(self):
        return self.closure.area

    @property
    def key(self):
        return self.subject_type, self.subject_id
