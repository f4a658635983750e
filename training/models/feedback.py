from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.models.session import TrainingSession

ASKED = ("content", "lecturers", "arrangement", "usefulness")
# Fewer answers could be traced to people: nothing is shown of them.
FEWEST_SHOWN = 5


def _mark(label):
    return models.PositiveSmallIntegerField(
        label, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


class Feedback(models.Model):
    """What somebody thought of a session, and not who: neither name, nor moment, nor order.

    The key is drawn at random, so that it does not tell in which order people answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    session = models.ForeignKey(
        TrainingSession,
        verbose_name=_("training session"),
        on_delete=models.PROTECT,
        related_name="feedback",
    )
    content = _mark(_("The content was well chosen."))
    lecturers = _mark(_("The lecturers explained it well."))
    arrangement = _mark(_("Place, time and arrangements were right."))
    usefulness = _mark(_("I can use it in my work."))
    comment = models.CharField(_("What should be better?"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("opinion on a session")
        verbose_name_plural = _("opinions on sessions")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name=f"feedback_{name}_is_a_mark",
                condition=Q(**{f"{name}__gte": 1, f"{name}__lte": 5}),
            )
            for name in ASKED
        ]

    def __str__(self):
        return str(self.session)
