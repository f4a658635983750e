from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models import Division
from registry.models.terms import Term
from training.flows import QUESTION, QuestionState
from training.queries import QuestionQuerySet


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("single choice")
    MULTIPLE = "multiple", _("multiple choice")
    TRUE_FALSE = "true_false", _("true or false")
    FILL_IN = "fill_in", _("fill in")
    NUMERICAL = "numerical", _("numerical")
    MATCHING = "matching", _("matching")
    ESSAY = "essay", _("essay or case")


class Topic(Term):
    """A subject by which questions are sorted and drawn."""

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Question(Record):
    """A question of the bank. Its words are in its versions; an edit makes a new one.

    ``findings`` are remarks (``training.rules.remarks``) about what an import or a check found
    doubtful; they bar the review until each is settled with a reason and moves to ``settled``.
    ``author`` is whoever wrote the current version; none where it came with the product.
    """

    flow = QUESTION

    code = models.CharField(_("question number"), max_length=20)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="questions"
    )
    kind = models.CharField(_("kind of question"), max_length=12, choices=QuestionKind.choices)
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="questions"
    )
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty, 1 to 3"), validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    current = models.OneToOneField(
        "QuestionVersion",
        verbose_name=_("current version"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    findings = models.JSONField(_("findings"), default=list, blank=True, editable=False)
    # [{"finding": ..., "reason": ..., "by": number of the account, "on": day}]
    settled = models.JSONField(_("settled findings"), default=list, blank=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=QuestionState.choices,
        default=QuestionState.DRAFT,
        editable=False,
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["code"]
        permissions = [
            *QUESTION.permissions("question"),
            ("export_question", "Can export question"),
            ("settle_question", "Can settle question"),
            ("see_keys_question", "Can see keys of question"),
        ]
        indexes = [models.Index(fields=["topic", "kind", "difficulty"], name="question_to_draw")]
        constraints = [
            models.UniqueConstraint(fields=["division", "code"], name="question_code_once"),
            models.CheckConstraint(
                name="question_kind_is_known", condition=Q(kind__in=QuestionKind.values)
            ),
            models.CheckConstraint(
                name="question_state_is_known", condition=Q(state__in=QuestionState.values)
            ),
            models.CheckConstraint(
                name="question_difficulty_of_three", condition=Q(difficulty__in=[1, 2, 3])
            ),
            models.CheckConstraint(
                name="question_approved_by_somebody",
                condition=~Q(state__in=["reviewed", "in_use"]) | Q(reviewed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="question_approved_by_a_second_person",
                # Both are named for null: a comparison with null would let the check pass unseen.
                condition=Q(author__isnull=True)
                | Q(reviewed_by__isnull=True)
                | ~Q(reviewed_by=F("author")),
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def area(self):
        return self.division_id


class QuestionVersion(models.Model):
    """The words and keys of a question as they stood from one edit to the next; never changed.

    ``content`` by kind (its shape is checked by ``training.rules.content``):

    * single, multiple, true_false: ``{"options": [{"id": "a", "text": ..., "weight": "100",
      "feedback": ...}]}``; ``weight`` is the share of the marks in percent as a decimal string,
      100 in all for the right ones, negative or 0 for the wrong ones; ids are opaque and stable;
    * fill_in: ``{"accepted": [{"text": ..., "weight": "100", "feedback": ...}], "case": false}``
      where ``*`` in a text stands for any characters;
    * numerical: ``{"accepted": [{"low": "1", "high": "5", "weight": "100", "feedback": ...}]}``;
    * matching: ``{"pairs": [{"id": "a", "left": ..., "right": ...}]}``; a pair may lack its left
      side, then the right one is only there to mislead;
    * essay: ``{"guide": [{"point": ..., "marks": "3"}]}``.
    """

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    stem = models.TextField(_("question text"), max_length=4000)
    content = models.JSONField(_("content"), default=dict)
    # What equal questions share, whatever their keys: ``training.rules.content.fingerprint``.
    fingerprint = models.CharField(
        _("fingerprint"), max_length=64, db_index=True, blank=True, editable=False
    )
    explanation = models.TextField(_("explanation"), max_length=2000, blank=True)
    # [{"law": ..., "article": ...}], in the order of weight.
    law_basis = models.JSONField(_("law it rests on"), default=list, blank=True)
    # The same as text, to be searched.
    laws = models.TextField(_("laws"), blank=True, editable=False)
    valid_from_on = models.DateField(_("law in force from"))
    valid_until_on = models.DateField(_("law in force until"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    written_on = models.DateField(_("written on"))

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        ordering = ["question_id", "-number"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="questionversion_once"),
            models.CheckConstraint(
                name="questionversion_ends_after_it_begins",
                condition=Q(valid_until_on__isnull=True) | Q(valid_until_on__gt=F("valid_from_on")),
            ),
        ]

    def __str__(self):
        return f"{self.question_id}.{self.number}"

    def is_valid_on(self, day):
        """Whether the law this version rests on is in force that day."""
        return self.valid_from_on <= day and (
            self.valid_until_on is None or day < self.valid_until_on
        )
