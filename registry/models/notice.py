from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.models import Record
from office.personal import EncryptedTextField
from registry.flows import NOTICE, OBJECTION, NoticeState, ObjectionState
from registry.models.division import Division
from registry.models.policy import Policy, PolicyKey
from registry.models.public_id import new_public_id
from registry.queries import NoticeQuerySet, ObjectionQuerySet

KINDS = {}


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice: how it is called, which policy sets its term, who may write one."""

    code: str
    label: str
    policy_key: str
    by_hand: bool = False


def name_kind(code, label, policy_key, *, by_hand=False):
    """Make a kind of notice known; floors above add theirs when the application starts.

    ``by_hand`` lets an officer write one on the desk; the others are written by their cases.
    """
    KINDS[code] = NoticeKind(code, label, policy_key, by_hand)


name_kind("closure", _("Deregistration of an organisation"), PolicyKey.CLOSURE_NOTICE)
name_kind("appointment", _("Appointment"), PolicyKey.APPOINTMENT_NOTICE)
name_kind("edition", _("Roster"), PolicyKey.EDITION_NOTICE, by_hand=True)


class PublicNotice(Record):
    """What the bureau puts before the public for a term, during which anybody may object.

    It runs from its first to its last day, both included. Whether it is over is read from the
    dates and needs no background work.
    """

    flow = NOTICE

    public_id = models.CharField(
        _("public id"), max_length=12, unique=True, default=new_public_id, editable=False
    )
    number = models.CharField(
        pgettext_lazy("document", "number"),
        max_length=40,
        null=True,
        blank=True,
        unique=True,
        editable=False,
    )
    kind = models.SlugField(_("kind"), max_length=30)
    title = models.CharField(_("title"), max_length=160)
    # The results of a round name thousands of people.
    body = models.TextField(_("text"), max_length=400_000)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="notices"
    )
    # What it is about, named as the ledger names it; empty for what is no record.
    subject_type = models.CharField(_("kind of record"), max_length=100, blank=True, editable=False)
    subject_id = models.CharField(_("record"), max_length=64, blank=True, editable=False)
    policy = models.ForeignKey(
        Policy,
        verbose_name=_("policy"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    # The text that sets its term where no policy does.
    rests_on = models.CharField(_("term set by"), max_length=200, blank=True, editable=False)
    starts_on = models.DateField(_("published on"), null=True, blank=True, editable=False)
    ends_on = models.DateField(_("last day"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(
        _("reason for the withdrawal"), max_length=500, blank=True, editable=False
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=NoticeState.choices,
        default=NoticeState.DRAFT,
        editable=False,
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        ordering = ["-starts_on", "-pk"]
        permissions = NOTICE.permissions("publicnotice")
        indexes = [
            models.Index(fields=["state", "-starts_on", "-id"], name="notice_newest_first"),
            models.Index(fields=["subject_type", "subject_id"], name="notice_of_a_record"),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_state_is_known", condition=Q(state__in=NoticeState.values)
            ),
            models.CheckConstraint(
                name="notice_published_has_a_term",
                # Each column is tested for null by name: a CHECK that is unknown passes.
                condition=Q(state=NoticeState.DRAFT)
                | Q(
                    number__isnull=False,
                    published_by__isnull=False,
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    ends_on__gt=F("starts_on"),
                )
                & (Q(policy__isnull=False) | ~Q(rests_on="")),
            ),
            models.CheckConstraint(
                name="notice_withdrawn_has_a_reason",
                condition=(
                    Q(state=NoticeState.WITHDRAWN, withdrawn_on__isnull=False)
                    & ~Q(withdrawal_reason="")
                )
                | (
                    ~Q(state=NoticeState.WITHDRAWN)
                    & Q(withdrawn_on__isnull=True, withdrawal_reason="")
                ),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def area(self):
        return self.division_id

    @property
    def kind_label(self):
        return KINDS[self.kind].label if self.kind in KINDS else self.kind

    def is_running(self, today):
        """Whether one may object today."""
        published = self.state == NoticeState.PUBLISHED
        return published and self.starts_on <= today <= self.ends_on

    def is_closed(self, today):
        """Whether its term is over."""
        return self.state == NoticeState.PUBLISHED and self.ends_on < today

    def get_absolute_url(self):
        return reverse("notice", args=[self.public_id])


class Objection(Record):
    """What somebody has against a public notice. Who it is stays sealed, if it was told at all."""

    flow = OBJECTION

    notice = models.ForeignKey(
        PublicNotice,
        verbose_name=_("public notice"),
        on_delete=models.PROTECT,
        related_name="objections",
    )
    # The hash of the receipt code, by which the objector finds the answer; the code is not kept.
    code_hash = models.CharField(_("hash of the code"), max_length=64, unique=True, editable=False)
    text = EncryptedTextField(_("objection"), max_length=3_000)
    name = EncryptedTextField(_("name"), max_length=60, blank=True)
    phone = EncryptedTextField(_("phone"), max_length=30, blank=True)
    received_on = models.DateField(_("received on"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ObjectionState.choices,
        default=ObjectionState.OPEN,
        editable=False,
    )
    answer = models.TextField(_("answer given"), max_length=3_000, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True, editable=False)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["-received_on", "-pk"]
        permissions = [
            *OBJECTION.permissions("objection"),
            ("read_objection", "Can read who raised an objection"),
        ]
        indexes = [models.Index(fields=["notice", "state"], name="objection_to_a_notice")]
        constraints = [
            models.CheckConstraint(
                name="objection_state_is_known", condition=Q(state__in=ObjectionState.values)
            ),
            models.CheckConstraint(
                name="objection_decided_is_answered",
                condition=~Q(state__in=[ObjectionState.UPHELD, ObjectionState.REJECTED])
                | (Q(answered_by__isnull=False, answered_on__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self):
        return f"{self.notice} · {self.pk}"

    @property
    def area(self):
        return self.notice.division_id

    @property
    def is_anonymous(self):
        return not (self.name or self.phone)
