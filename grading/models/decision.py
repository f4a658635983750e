from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grading.models.application import Application
from grading.models.scheme import SchemeVersion, officer
from grading.queries.applications import OfApplicationQuerySet


class Answer(models.Model):
    """What an officer answered to a question of the rule, and why; a newer one takes its place."""

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="answers",
    )
    name = models.CharField(_("question"), max_length=120)
    answer = models.BooleanField(_("answer"))
    reason = models.CharField(_("reason"), max_length=500)
    by = officer(_("by"))
    on = models.DateField(_("answered on"))
    replaced_on = models.DateField(_("replaced on"), null=True, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of an officer")
        verbose_name_plural = _("answers of officers")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["application", "name"],
                condition=Q(replaced_on__isnull=True),
                name="answer_standing_once",
            ),
            models.CheckConstraint(name="answer_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.application_id} {self.name}"


class Ruling(models.Model):
    """One condition decided otherwise than the rule's arithmetic says: with a reason, by two.

    ``path`` is the place of the condition in the rule set, ``result`` what it counts as from then.
    """

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="rulings",
    )
    path = models.CharField(_("condition"), max_length=200)
    clause = models.CharField(_("clause"), max_length=120, blank=True)
    was = models.CharField(_("by the rule"), max_length=10)
    result = models.CharField(
        _("decided as"),
        max_length=10,
        choices=[
            ("pass", pgettext_lazy("condition", "fulfilled")),
            ("fail", pgettext_lazy("condition", "not fulfilled")),
        ],
    )
    reason = models.CharField(_("reason"), max_length=1_000)
    by = officer(_("by"))
    on = models.DateField(_("ruled on"))
    confirmed_by = officer(_("confirmed by"))
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    dropped_on = models.DateField(_("taken back on"), null=True, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("ruling on a clause")
        verbose_name_plural = _("rulings on clauses")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["application", "path"],
                condition=Q(dropped_on__isnull=True),
                name="ruling_standing_once",
            ),
            models.CheckConstraint(name="ruling_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="ruling_confirmed_by_a_second",
                condition=Q(confirmed_on__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False, by__isnull=False)
                & ~Q(confirmed_by=F("by")),
            ),
        ]

    def __str__(self):
        return f"{self.application_id} {self.path}"


class Waiving(models.Model):
    """A waiver of the rule for one application: which nodes, and why.

    An officer of its approver grants it; it counts once a second one has confirmed it.
    """

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="waivings",
    )
    path = models.CharField(_("condition"), max_length=200)
    reason = models.CharField(_("reason"), max_length=1_000)
    by = officer(_("granted by"))
    on = models.DateField(_("granted on"))
    confirmed_by = officer(_("confirmed by"))
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    replaced_on = models.DateField(_("taken back on"), null=True, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiver granted")
        verbose_name_plural = _("waivers granted")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["application", "path"],
                condition=Q(replaced_on__isnull=True),
                name="waiving_standing_once",
            ),
            models.CheckConstraint(name="waiving_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="waiving_confirmed_by_a_second",
                condition=Q(confirmed_on__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False, by__isnull=False)
                & ~Q(confirmed_by=F("by")),
            ),
        ]

    def __str__(self):
        return f"{self.application_id} {self.path}"


class Decision(models.Model):
    """What was decided on an application, with all it rested on; never changed, only followed.

    ``content`` holds version, level, evidence, answers, rulings and result, ``digest`` is its
    SHA-256 as the ledger knows it. ``manage.py verify_decisions`` computes each one anew.
    """

    class Kind(models.TextChoices):
        ELIGIBILITY = "eligibility", _("eligibility")
        OUTCOME = "outcome", _("outcome")
        OBJECTION = "objection", _("decision on an objection")
        ABOVE = "above", _("decision of a higher body")

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    result = models.CharField(_("result"), max_length=40)
    version = models.ForeignKey(
        SchemeVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField(_("what it rests on"))
    digest = models.CharField("SHA-256", max_length=64, editable=False)
    reason = models.TextField(_("reason"), blank=True)
    by = officer(_("by"))
    on = models.DateField(_("decided on"))

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("grading decision")
        verbose_name_plural = _("grading decisions")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="decision_kind_is_known",
                condition=Q(kind__in=["eligibility", "outcome", "objection", "above"]),
            ),
        ]

    def __str__(self):
        return f"{self.application_id} {self.kind}"
