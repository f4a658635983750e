from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.flows.recognition import RECOGNITION, RecognitionState
from grading.models.grade import Grade
from grading.models.scheme import SchemeVersion, officer
from grading.queries.grades import RecognitionQuerySet
from grading.rules.levels import UNKNOWN, foreign_level
from grading.rules.validity import years, years_until_recheck
from office.models import Record
from registry.models import Level, Mediator
from registry.rules import years_later
from registry.search.originals import LEVEL_SCALE

S = RecognitionState


class Recognition(Record):
    """A decision by which a level given elsewhere, or under an old scale, counts as one of ours.

    It rests on a document and begins on a day; no round is held for it. Once a second officer
    confirmed it, ``grade`` is the level: it is taken away as any other is.
    """

    flow = RECOGNITION

    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="recognitions"
    )
    version = models.ForeignKey(
        SchemeVersion,
        verbose_name=_("version of the rule set"),
        on_delete=models.PROTECT,
        related_name="recognitions",
    )
    code = models.CharField(_("code"), max_length=40)
    label = models.CharField(_("counts as"), max_length=60)
    old_level = models.CharField(_("level given elsewhere"), max_length=60)
    # Which level of which scale it is, where the rule itself says what that counts as.
    scale = models.CharField(_("scale"), max_length=60, blank=True)
    old_code = models.CharField(_("code in that scale"), max_length=40, blank=True)
    departure = models.CharField(
        _("why it counts otherwise than the rule's mapping says"), max_length=500, blank=True
    )
    given_by = models.CharField(
        _("given elsewhere by"),
        max_length=120,
        help_text=_("The body, and its scale where it has a name."),
    )
    document = models.CharField(_("number of the document"), max_length=120)
    dated = models.DateField(_("date of the document"))
    from_on = models.DateField(_("counts from"))
    until_on = models.DateField(_("counts until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=S.choices, default=S.PROPOSED, editable=False
    )
    proposed_by = officer(_("proposed by"))
    proposed_on = models.DateField(_("proposed on"), editable=False)
    decided_by = officer(_("decision taken by"))
    decided_on = models.DateField(_("decision taken on"), null=True, blank=True, editable=False)
    grade = models.OneToOneField(
        Grade,
        verbose_name=_("level given"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="recognition",
    )

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("level recognised")
        verbose_name_plural = _("levels recognised")
        ordering = ["-proposed_on", "-pk"]
        permissions = [
            *RECOGNITION.permissions("recognition"),
            ("export_recognition", "Can export levels recognised"),
        ]
        constraints = [
            models.CheckConstraint(
                name="recognition_state_is_known", condition=Q(state__in=S.values)
            ),
            models.CheckConstraint(
                name="recognition_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="recognition_confirmed_by_two",
                condition=~Q(state=S.CONFIRMED)
                | Q(
                    grade__isnull=False,
                    decided_by__isnull=False,
                    proposed_by__isnull=False,
                    decided_on__isnull=False,
                )
                & ~Q(decided_by=F("proposed_by")),
            ),
            models.UniqueConstraint(
                fields=["mediator"],
                condition=Q(state=S.PROPOSED),
                name="recognition_waits_once",
                violation_error_message=_("A recognition waits for a second officer already."),
            ),
        ]

    def __str__(self):
        return f"{self.mediator.name} {self.label}"

    @property
    def area(self):
        return self.mediator.division_id

    @property
    def rank(self):
        """The rank of the level it counts as."""
        return self.version.rules.level(self.code).rank

    @property
    def level(self):
        """The register's level of this rank, None if it has none."""
        return Level.objects.filter(scale=LEVEL_SCALE, rank=self.rank).first()

    @property
    def last_day(self):
        """The first day without the level: as typed, else as the rule says; None if it stays."""
        number = years(self.version.rules)
        by_rule = None if number is None else years_later(self.from_on, number)
        return self.until_on or by_rule

    @property
    def recheck_on(self):
        number = years_until_recheck(self.version.rules)
        return None if number is None else years_later(self.from_on, number)

    @property
    def mapping(self):
        """What the rule says of the level given, from the day it counts; None if nothing."""
        return foreign_level(self.version.rules, self.scale, self.old_code, self.from_on)

    @property
    def departs(self):
        """Whether it counts otherwise than the rule's own mapping says."""
        said = self.mapping
        return said is not None and said.counts_as not in (self.code, UNKNOWN)

    def bars(self, today):
        """Return every sentence by which the level is not recognised."""
        return [
            *self._bars_of_the_mapping(),
            *self._bars_of_days(today),
            *self._bars_of_the_person(today),
        ]

    def _bars_of_the_mapping(self):
        """What the rule maps is followed, or the reason why not is told."""
        if self.scale and self.mapping is None:
            yield gettext("On this day the rule maps no such level of another scale.")
        if self.departs and not self.departure.strip():
            said = gettext("By the rule's mapping it counts as %(level)s: say why it is otherwise.")
            yield said % {"level": said_of(self.version.rules, self.mapping.counts_as)}
        if self.departure.strip() and not self.departs:
            yield gettext("It counts as the rule says, or the rule says nothing: nothing departs.")

    def _bars_of_days(self, today):
        if self.from_on > today or self.dated > today:
            yield gettext("A day lies in the future.")
        if self.from_on < self.dated:
            yield gettext("It cannot count from a day before its document.")
        if self.last_day is not None and self.last_day <= today:
            yield gettext("By these days the level would have run out.")
        if self.level is None:
            said = gettext("The register has no level of the rank of “%(level)s”.")
            yield said % {"level": self.label}

    def _bars_of_the_person(self, today):
        """Levels only ever rise: nobody is given one that is not above the one held."""
        if self.mediator.erased_on:
            yield gettext("The personal data of this entry were erased; it stays as it is.")
        held = self.mediator.levels.in_force(today).select_related("level").first()
        if held is not None and held.level.rank <= self.rank:
            said = gettext("The person holds “%(level)s”: only a higher level follows it.")
            yield said % {"level": held.level.label}
        if self.mediator.grades.contested().exists():
            yield gettext("It is not decided yet whether a level of the person is taken away.")
        until = self.mediator.grades.barred_until(today)
        if until is not None:
            said = gettext("After a level was taken away one may apply again from %(day)s.")
            yield said % {"day": until}


def said_of(rules, code):
    """Return in words what a level of another scale counts as by a mapping."""
    if code is None:
        return gettext("nothing")
    return gettext("not known") if code == UNKNOWN else f"“{rules.level(code).label}”"
