from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.models.complaint import Complaint
from complaints.models.decision import Decision
from complaints.models.review import Review
from complaints.queries import OfComplaintQuerySet
from office.models import Record


class ReplyTo(models.TextChoices):
    COMPLAINANT = "complainant", pgettext_lazy("reply to", "the complainant")
    JOINED = "joined", pgettext_lazy("reply to", "those whose complaints were joined to it")
    RESPONDENT = "respondent", pgettext_lazy("reply to", "the person or unit complained of")
    UNIT = "unit", pgettext_lazy("reply to", "the electing or appointing unit")


class ReplyWay(models.TextChoices):
    CODE = "code", pgettext_lazy("way of a reply", "shown by the code, or on the own page")
    HANDED = "handed", pgettext_lazy("way of a reply", "handed over")
    POST = "post", pgettext_lazy("way of a reply", "by post")


# To whom nothing may say who complained, neither first nor in what was joined to it.
NOT_TOLD_WHO = [ReplyTo.JOINED, ReplyTo.RESPONDENT, ReplyTo.UNIT]


class Reply(Record):
    """What one side was told of a decision or of its review, sealed; drawn as a paper on demand."""

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="replies"
    )
    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="replies"
    )
    review = models.ForeignKey(
        Review,
        verbose_name=pgettext_lazy("complaint", "review"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
    )
    to = models.CharField(pgettext_lazy("reply", "to"), max_length=12, choices=ReplyTo.choices)
    sealed_text = models.TextField(_("text"))
    way = models.CharField(pgettext_lazy("reply", "way"), max_length=10, choices=ReplyWay.choices)
    sent_on = models.DateField(_("sent on"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("complaint", "reply")
        verbose_name_plural = pgettext_lazy("complaint", "replies")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(name="reply_to_is_known", condition=Q(to__in=ReplyTo.values)),
            models.CheckConstraint(name="reply_way_is_known", condition=Q(way__in=ReplyWay.values)),
            models.UniqueConstraint(
                fields=["decision", "to"],
                condition=Q(review__isnull=True),
                name="reply_once_to_a_side",
            ),
            models.UniqueConstraint(
                fields=["review", "to"],
                condition=Q(review__isnull=False),
                name="reply_once_to_a_side_of_a_review",
            ),
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.get_to_display()}"

    @property
    def area(self):
        return self.complaint.division_id
