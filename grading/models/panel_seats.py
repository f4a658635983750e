"""The seats of a panel, who holds them, and who is in the posts they go with."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grading.models.panel import Panel
from grading.rules import seats


class PanelSeat(models.Model):
    """A kind of seat of a panel, with so many places; bound to people or to posts."""

    class Bound(models.TextChoices):
        PERSON = seats.PERSON, _("a person")
        POST = seats.POST, _("a post: whoever is in it")

    panel = models.ForeignKey(
        Panel, verbose_name=_("panel"), on_delete=models.PROTECT, related_name="seats"
    )
    code = models.CharField(_("code"), max_length=60)
    label = models.CharField(_("seat"), max_length=120)
    count = models.PositiveSmallIntegerField(_("places"), default=1)
    is_chair = models.BooleanField(_("presides"), default=False)
    is_deputy = models.BooleanField(_("presides for the chair"), default=False)
    bound = models.CharField(
        _("held by"), max_length=6, choices=Bound.choices, default=Bound.PERSON
    )

    class Meta:
        verbose_name = _("seat of a panel")
        verbose_name_plural = _("seats of panels")
        ordering = ["panel", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["panel", "code"], name="panelseat_once"),
            models.CheckConstraint(name="panelseat_has_places", condition=Q(count__gte=1)),
        ]

    def __str__(self):
        return self.label


class PanelMember(models.Model):
    """A right to a seat during ``[from_on, until_on)``: of a person, or of a post by its title.

    ``alternate`` is 0 for who holds the seat, else the order in which alternates step in.
    """

    seat = models.ForeignKey(
        PanelSeat, verbose_name=_("seat"), on_delete=models.PROTECT, related_name="members"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="panel_seats",
    )
    post = models.CharField(_("post"), max_length=120, blank=True)
    alternate = models.PositiveSmallIntegerField(_("alternate"), default=0)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a panel")
        verbose_name_plural = _("members of panels")
        ordering = ["seat", "alternate", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="panelmember_is_a_person_or_a_post",
                condition=Q(user__isnull=False, post="") | (Q(user__isnull=True) & ~Q(post="")),
            ),
            models.CheckConstraint(
                name="panelmember_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
        ]

    def __str__(self):
        return self.post or str(self.user)


class PanelTenure(models.Model):
    """Who is in the post that a seat goes with, during ``[from_on, until_on)``."""

    member = models.ForeignKey(
        PanelMember, verbose_name=_("post"), on_delete=models.PROTECT, related_name="tenures"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("tenure of a seat")
        verbose_name_plural = _("tenures of seats")
        ordering = ["member", "from_on"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(until_on__isnull=True), name="paneltenure_open_once"
            ),
            models.CheckConstraint(
                name="paneltenure_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
        ]

    def __str__(self):
        return str(self.user)
