from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from office.roles import Role
from registry.queries import DivisionQuerySet

CODE_DIGITS = 12


class DivisionLevel(models.TextChoices):
    PROVINCE = "province", _("province")
    CITY = "city", _("city")
    COUNTY = "county", _("county")
    TOWNSHIP = "township", _("township or street")
    VILLAGE = "village", _("village or community")


def division_id(code):
    """Return the number of a division: its code filled up with zeros to twelve digits."""
    return int(code.ljust(CODE_DIGITS, "0"))


class Division(models.Model):
    """An administrative division. Source of the codes: the public list of statistical codes.

    The primary key is the code as a number of twelve digits. A division and all below it are
    therefore one span of numbers, and every row that points to a division is scoped by comparing
    its own column, without a join.
    """

    id = models.BigIntegerField(_("number"), primary_key=True, editable=False)
    code = models.CharField(_("code"), max_length=CODE_DIGITS, unique=True)
    name = models.CharField(_("name"), max_length=100)
    level = models.CharField(_("level"), max_length=10, choices=DivisionLevel.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    until_on = models.DateField(_("abolished on"), null=True, blank=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["id"]
        indexes = [models.Index(fields=["parent", "name"], name="division_name_below")]
        permissions = [(f"serve_as_{role}", f"Serves as {role.name.lower()}") for role in Role]
        constraints = [
            models.CheckConstraint(
                name="division_knows_its_parent",
                condition=Q(parent__isnull=False) | Q(level__in=["province", "city"]),
            ),
            models.CheckConstraint(
                name="division_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.id

    @property
    def span(self):
        """The half-open span of numbers ``(low, high)`` of this division and all below it."""
        return self.id, self.id + 10 ** (CODE_DIGITS - len(self.code))


class DivisionUserObjectPermission(UserObjectPermissionBase):
    """Guardian's grant of a role in a division; written by ``registry.actions`` only."""

    content_object = models.ForeignKey(
        Division, on_delete=models.CASCADE, related_name="userobjectpermissions"
    )

    class Meta(UserObjectPermissionBase.Meta):
        default_permissions = []
