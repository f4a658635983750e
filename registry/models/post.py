from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from office.models import Record
from office.roles import Role
from office.scopes import Grant
from registry.models.division import Division
from registry.models.organization import Organization
from registry.queries import PostQuerySet, posts_granted


class Post(Record):
    """An officer's post: a role in a division or in an organisation during ``[from_on, until_on)``.

    A post works only once it is confirmed, and only together with guardian's object permission on
    its division or organisation; ``registry.actions`` writes and takes away both in one
    transaction. A post that an officer gives waits for a second officer.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="posts",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    is_confirmed = models.BooleanField(_("confirmed"), default=True, editable=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                name="post_is_in_a_division_or_an_organization",
                condition=Q(division__isnull=False, organization__isnull=True)
                | Q(division__isnull=True, organization__isnull=False),
            ),
            models.CheckConstraint(
                name="post_of_a_clerk_is_in_an_organization",
                condition=Q(role=Role.CLERK, organization__isnull=False)
                | (~Q(role=Role.CLERK) & Q(organization__isnull=True)),
            ),
            # A comparison with null is unknown, which a CHECK lets pass: both are named.
            models.CheckConstraint(
                name="post_is_confirmed_by_somebody_else",
                condition=Q(confirmed_by__isnull=True)
                | (
                    Q(is_confirmed=True, granted_by__isnull=False)
                    & ~Q(confirmed_by=F("granted_by"))
                ),
            ),
            models.CheckConstraint(
                name="post_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.place}"

    @property
    def place(self):
        return self.division or self.organization

    @property
    def area(self):
        return self.division_id or self.organization.division_id

    @classmethod
    def grants(cls, user, today):
        """Return what the posts in force of an account grant today."""
        posts = []
        for role, division, code, name, organization, body in posts_granted(cls, user, today):
            post = cls(role=role, division_id=division, organization_id=organization)
            if division is None:
                post.organization = Organization(pk=organization, name=body)
            else:
                post.division = Division(pk=division, code=code, name=name)
            posts.append(post)
        return [post.grant for post in posts]

    @property
    def grant(self):
        """What the post grants, as the office understands it."""
        # The ledger keeps it: in the language of the site, whatever the officer reads.
        with translation.override(settings.LANGUAGE_CODE):
            body = f"{self.place} {self.get_role_display()}"
        if self.division_id:
            low, high = self.division.span
            return Grant(self.role, low=low, high=high, body=body)
        return Grant(self.role, organization=self.organization_id, body=body)
