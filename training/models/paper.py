from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models import Division
from registry.rules import enclosing
from training.flows import PAPER, PaperState
from training.models.question import Question, QuestionKind, QuestionVersion, Topic
from training.queries import PaperQuerySet
from training.rules import scoring
from training.rules.drawing import Entry, Line, draw

# Any seed tells whether the blueprint can be filled at all.
TRIAL = 0


class PaperKind(models.TextChoices):
    FIXED = "fixed", _("the same questions for all")
    DRAWN = "drawn", _("drawn for each candidate")


class ScoringRule(models.TextChoices):
    """What a choice that is not exactly right is worth; ``training.rules.scoring``."""

    WRONG_ZERO = scoring.WRONG_ZERO, _("a wrong option gives nothing, an incomplete answer a part")
    PARTIAL = scoring.PARTIAL, _("the wrong share is taken from the right one")
    ALL_OR_NOTHING = scoring.ALL_OR_NOTHING, _("all or nothing")


class ExamPaper(Record):
    """What an exam asks: a list of questions, or a blueprint by which they are drawn."""

    flow = PAPER

    name = models.CharField(_("name"), max_length=120)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="exam_papers"
    )
    kind = models.CharField(_("kind of paper"), max_length=5, choices=PaperKind.choices)
    rule = models.CharField(_("scoring rule"), max_length=14, choices=ScoringRule.choices)
    shuffles_questions = models.BooleanField(_("mixes the questions"), default=True)
    shuffles_options = models.BooleanField(_("mixes the options"), default=True)
    state = models.CharField(
        _("state"),
        max_length=7,
        choices=PaperState.choices,
        default=PaperState.DRAFT,
        editable=False,
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("exam paper")
        verbose_name_plural = _("exam papers")
        ordering = ["-pk"]
        permissions = [*PAPER.permissions("exampaper"), ("export_exampaper", "Can export papers")]
        constraints = [
            models.CheckConstraint(
                name="exampaper_kind_is_known", condition=Q(kind__in=PaperKind.values)
            ),
            models.CheckConstraint(
                name="exampaper_rule_is_known", condition=Q(rule__in=ScoringRule.values)
            ),
            models.CheckConstraint(
                name="exampaper_state_is_known", condition=Q(state__in=PaperState.values)
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.division_id

    @property
    def is_drawn(self):
        return self.kind == PaperKind.DRAWN

    def number_of_questions(self):
        if self.is_drawn:
            return sum(line.number for line in self.lines.all())
        return len(self.items.all())

    def full_marks(self):
        if self.is_drawn:
            return sum(line.number * line.marks for line in self.lines.all())
        return sum(item.marks for item in self.items.all())

    def pool(self, day):
        """The questions of this division and those above it that may be drawn on a day."""
        found = Question.objects.in_use(day).filter(division__in=enclosing(self.division_id))
        rows = found.annotate(
            used=Count("versions__attempt_items"),
            last=Coalesce(Max("versions__attempt_items"), 0),
        ).order_by("pk")
        names = ("pk", "current_id", "topic_id", "kind", "difficulty", "used", "last")
        return [Entry(*row) for row in rows.values_list(*names)]

    def draw(self, day, seed):
        """Return (version, marks) of every question in order, and a sentence for what is missing.

        Drawn anew from the bank for each seed, or the fixed list.
        """
        if not self.is_drawn:
            items = self.items.select_related("version__question")
            return [(item.version_id, item.marks) for item in items], self._unfit(items, day)
        lines = list(self.lines.select_related("topic"))
        found = draw([line.as_rule() for line in lines], self.pool(day), seed)
        return (
            [(entry.version, lines[number].marks) for number, entry in found.taken],
            [
                gettext("%(line)s: the bank is short of %(number)d.")
                % {"line": lines[number], "number": missing}
                for number, missing in sorted(found.short.items())
            ],
        )

    def shortfalls(self, day):
        """Return a sentence for every line or question that the bank cannot serve on the day."""
        return self.draw(day, TRIAL)[1]

    def _unfit(self, items, day):
        fit = set(Question.objects.in_use(day).values_list("current_id", flat=True))
        return [
            gettext("Question %(code)s is not in use in this wording on %(day)s.")
            % {"code": item.version.question.code, "day": day.isoformat()}
            for item in items
            if item.version_id not in fit
        ]


class PaperLine(models.Model):
    """A line of a blueprint: so many questions of one sort; what is empty may be any."""

    paper = models.ForeignKey(
        ExamPaper, verbose_name=_("exam paper"), on_delete=models.PROTECT, related_name="lines"
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    kind = models.CharField(
        _("kind of question"), max_length=12, choices=QuestionKind.choices, blank=True
    )
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty, 1 to 3"), choices=[(n, str(n)) for n in (1, 2, 3)], null=True, blank=True
    )
    number = models.PositiveSmallIntegerField(
        _("number of questions"), validators=[MinValueValidator(1)]
    )
    marks = models.DecimalField(
        _("marks for each"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )

    class Meta:
        verbose_name = _("line of a blueprint")
        verbose_name_plural = _("lines of blueprints")
        ordering = ["paper_id", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="paperline_asks_something", condition=Q(number__gte=1, marks__gt=0)
            ),
            models.CheckConstraint(
                name="paperline_kind_is_known", condition=Q(kind__in=["", *QuestionKind.values])
            ),
            models.CheckConstraint(
                name="paperline_difficulty_of_three",
                condition=Q(difficulty__isnull=True) | Q(difficulty__in=[1, 2, 3]),
            ),
        ]

    def __str__(self):
        sort = [
            str(self.topic or ""),
            str(self.get_kind_display() or ""),
            gettext("difficulty %(number)d") % {"number": self.difficulty}
            if self.difficulty
            else "",
        ]
        wanted = ", ".join(part for part in sort if part) or gettext("any question")
        return gettext("%(sort)s × %(number)d") % {"sort": wanted, "number": self.number}

    def as_rule(self):
        """Return the line as the rules of drawing read it."""
        return Line(
            number=self.number,
            marks=self.marks,
            topic=self.topic_id,
            kind=self.kind or None,
            difficulty=self.difficulty,
        )


class PaperItem(models.Model):
    """A question of a fixed paper, in the wording it had when it was put there."""

    paper = models.ForeignKey(
        ExamPaper, verbose_name=_("exam paper"), on_delete=models.PROTECT, related_name="items"
    )
    version = models.ForeignKey(
        QuestionVersion, verbose_name=_("question"), on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    marks = models.DecimalField(_("marks"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("question of a paper")
        verbose_name_plural = _("questions of papers")
        ordering = ["paper_id", "position"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="paperitem_place_once"),
            models.UniqueConstraint(fields=["paper", "version"], name="paperitem_asked_once"),
            models.CheckConstraint(name="paperitem_is_worth_something", condition=Q(marks__gt=0)),
        ]

    def __str__(self):
        return f"{self.position}. {self.version}"
