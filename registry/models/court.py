from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.models import Record
from registry.models.filing import Filing
from registry.models.organization import Organization
from registry.queries.filings import CourtNoticeQuerySet


class CourtSubject(models.TextChoices):
    LISTING = "listing", _("entered in the roster")
    CHANGE = "change", _("change")
    RE_ELECTION = "re_election", _("re-election")
    DEREGISTRATION = "deregistration", _("deregistration")
    MEMBER = "member", _("people of the committee")


class CourtNotice(Record):
    """The letter by which the county bureau tells the basic court of a committee, its members and
    their changes (People's Mediation Law art. 10). Drawn up with the act it tells of.

    ``content`` is what the letter says, kept as it was that day: printed again it is the same.
    One letter of an organisation gathers who came and left between elections until it is sent.
    """

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="court_notices",
    )
    filing = models.ForeignKey(
        Filing,
        verbose_name=_("filing"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="court_notices",
    )
    subject = models.CharField(_("what it tells of"), max_length=15, choices=CourtSubject.choices)
    court = models.CharField(_("court"), max_length=60)
    issuer = models.CharField(pgettext_lazy("letter", "from"), max_length=60)
    number = models.CharField(_("number of the letter"), max_length=40)
    drawn_on = models.DateField(_("drawn up on"))
    sent_on = models.DateField(_("sent on"), null=True, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    content = models.JSONField(_("content"), default=dict, encoder=DjangoJSONEncoder)

    objects = CourtNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to the court")
        verbose_name_plural = _("letters to the court")
        ordering = ["-drawn_on", "-pk"]
        default_permissions = ["view"]
        permissions = [("send_courtnotice", "Can send court notice")]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "number"], name="court_notice_number_once"),
            models.CheckConstraint(
                name="court_notice_subject_is_known", condition=Q(subject__in=CourtSubject.values)
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(subject=CourtSubject.MEMBER, sent_on__isnull=True),
                name="court_notice_one_of_members_waits",
            ),
            models.CheckConstraint(
                name="court_notice_is_sent_after_it_is_drawn",
                condition=Q(sent_on__isnull=True) | Q(sent_on__gte=F("drawn_on")),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.organization}"

    @property
    def area(self):
        return self.organization.division_id


class SeriesPurpose(models.TextChoices):
    REGISTER = "register", _("register number")
    LETTER = "letter", _("letter to the court")


class NumberSeries(models.Model):
    """The last number given in a county in a year: one row, locked by whoever takes the next."""

    purpose = models.CharField(max_length=10, choices=SeriesPurpose.choices)
    county = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["purpose", "county", "year"], name="series_once")
        ]

    def __str__(self):
        return f"{self.purpose} {self.county} {self.year}"
