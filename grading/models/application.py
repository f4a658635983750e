from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.evaluation import questions_in_words, questions_of
from grading.flows.application import APPLICATION, AT_WORK, ApplicationState
from grading.models.reserve import bars_to_moving_up
from grading.models.round import GradingRound, RoundLevel
from grading.models.scheme import officer
from grading.queries.applications import ApplicationQuerySet
from grading.rules.completeness import missing, paper_kind, required
from grading.rules.evidence import facts_from
from grading.rules.judging import grade
from grading.rules.paths import ALLOWED, path, skip_condition
from grading.rules.predicates import PASS, Judge
from grading.rules.results import CHOICES
from grading.rules.scheme import SchemeFault
from grading.rules.service import DAYS_OF_A_YEAR, days_served
from grading.rules.stages import is_sent_in_by_the_organization
from grading.rules.stars import level_of_stars
from grading.rules.terms import label_of
from grading.rules.unknown import UNK
from office.documents import documents_of
from office.models import Record
from registry.models import (
    Division,
    Mediator,
    Objection,
    Organization,
    PublicNotice,
    StarRating,
)

S = ApplicationState
HANDED_IN = [state for state in S.values if state not in (S.DRAFT, S.WITHDRAWN)]


class Application(Record):
    """An application for one level in a round: a mediator's, or an organisation's own.

    An organisation applies where committees are graded: there is no mediator then. Whoever wants to
    know who applies asks ``applicant``.

    ``evidence`` is everything known of the person on the round's day when it was judged, in the
    shape of ``grading.rules.facts``; later changes of the facts never change it by themselves.
    ``first_body`` and ``deciding_body`` are the codes of the bodies as the rule names them.
    """

    flow = APPLICATION

    grading_round = models.ForeignKey(
        GradingRound, verbose_name=_("round"), on_delete=models.PROTECT, related_name="applications"
    )
    round_level = models.ForeignKey(
        RoundLevel, verbose_name=_("level"), on_delete=models.PROTECT, related_name="applications"
    )
    # Of a round whose rule grades committees: the organisation itself applies.
    is_of_body = models.BooleanField(_("of an organisation"), default=False, editable=False)
    mediator = models.ForeignKey(
        Mediator,
        verbose_name=_("mediator"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grading_applications",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="grading_applications",
    )
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=14, choices=S.choices, default=S.DRAFT, editable=False
    )
    statement = models.TextField(_("what speaks for the level"), max_length=3_000, blank=True)
    declared_on = models.DateField(_("declared on"), null=True, blank=True, editable=False)
    nominated_by = officer(_("nominated by"))
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True, editable=False)
    opened_on = models.DateField(_("begun on"), editable=False)
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True, editable=False)
    is_late = models.BooleanField(_("late"), default=False, editable=False)
    returned_on = models.DateField(_("returned on"), null=True, blank=True, editable=False)
    return_reasons = models.TextField(_("reasons of the return"), blank=True, editable=False)
    correct_by = models.DateField(_("to be corrected by"), null=True, blank=True, editable=False)
    first_body = models.CharField(_("first review by"), max_length=60, blank=True, editable=False)
    deciding_body = models.CharField(_("decided by"), max_length=60, blank=True, editable=False)
    forward_to = models.CharField(_("forwarded to"), max_length=60, blank=True, editable=False)
    # Where the rule lets the organisation send in what its mediators hand in.
    recommended_by = officer(_("sent in by"))
    recommended_on = models.DateField(_("sent in on"), null=True, blank=True, editable=False)
    recommendation = models.TextField(
        _("opinion of the organisation"), max_length=500, blank=True, editable=False
    )
    first_reviewed_by = officer(_("first review by officer"))
    first_reviewed_on = models.DateField(
        _("first reviewed on"), null=True, blank=True, editable=False
    )
    decided_by = officer(_("eligibility decided by"))
    decided_on = models.DateField(
        _("eligibility decided on"), null=True, blank=True, editable=False
    )
    evidence = models.JSONField(_("evidence"), default=dict, blank=True, editable=False)
    evidence_on = models.DateField(_("evidence taken on"), null=True, blank=True, editable=False)
    # What the rule says of the evidence with all answers and rulings, for lists and counts.
    result = models.CharField(
        _("by the rule"), max_length=14, choices=CHOICES, blank=True, editable=False
    )
    score = models.DecimalField(
        _("score"), max_digits=8, decimal_places=2, null=True, blank=True, editable=False
    )
    raw_score = models.DecimalField(
        _("score as given"), max_digits=8, decimal_places=2, null=True, blank=True, editable=False
    )
    place = models.PositiveIntegerField(_("place"), null=True, blank=True, editable=False)
    reserve_place = models.PositiveIntegerField(
        _("place in the reserve"), null=True, blank=True, editable=False
    )
    outcome_reason = models.TextField(_("reason of the outcome"), blank=True, editable=False)
    outcome_by = officer(_("outcome by"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    # Of whom moved up from the reserve; the others are on the notice of their round.
    notice = models.ForeignKey(
        PublicNotice,
        verbose_name=_("supplementary notice"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="grading_applications",
    )
    objection = models.ForeignKey(
        Objection,
        verbose_name=_("objection"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="grading_applications",
    )
    outside_document = models.CharField(
        _("document of the higher body"), max_length=120, blank=True, editable=False
    )
    outside_on = models.DateField(_("date of that document"), null=True, blank=True, editable=False)
    above_by = officer(_("grant of the higher body proposed by"))
    star_rating = models.OneToOneField(
        StarRating,
        verbose_name=_("entry in the register"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="grading_application",
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("grading application")
        verbose_name_plural = _("grading applications")
        ordering = ["grading_round", "round_level__rank", "pk"]
        permissions = [
            *APPLICATION.permissions("application"),
            ("answer_application", "Can answer a question of the rule for an application"),
            ("overrule_application", "Can overrule a clause for an application"),
            ("confirm_ruling_application", "Can confirm a ruling as the second officer"),
            ("recommend_application", "Can send in an application for its organisation"),
            ("propose_above_application", "Can propose what a higher body granted"),
            ("nominate_application", "Can nominate a mediator for a level"),
            ("apply_application", "Can apply for the own organisation"),
            ("export_application", "Can export applications"),
        ]
        indexes = [
            models.Index(fields=["grading_round", "state"], name="application_by_state"),
            models.Index(fields=["round_level", "state"], name="application_of_level"),
        ]
        constraints = [
            models.CheckConstraint(
                name="application_state_is_known", condition=Q(state__in=S.values)
            ),
            models.UniqueConstraint(
                fields=["grading_round", "mediator"],
                condition=~Q(state=S.WITHDRAWN),
                name="application_once_a_round",
                violation_error_message=_("There is an application in this round already."),
            ),
            models.UniqueConstraint(
                fields=["grading_round", "organization"],
                condition=Q(is_of_body=True) & ~Q(state=S.WITHDRAWN),
                name="application_of_body_once_a_round",
                violation_error_message=_("There is an application in this round already."),
            ),
            models.CheckConstraint(
                name="application_of_a_person_or_a_body",
                condition=Q(is_of_body=False, mediator__isnull=False)
                | Q(is_of_body=True, mediator__isnull=True),
            ),
            models.CheckConstraint(
                name="application_stars_are_of_a_body",
                condition=Q(star_rating__isnull=True) | Q(is_of_body=True),
            ),
            models.CheckConstraint(
                name="application_handed_in_is_declared",
                condition=~Q(state__in=HANDED_IN)
                | Q(submitted_on__isnull=False, declared_on__isnull=False),
            ),
            models.CheckConstraint(
                name="application_returned_says_why",
                condition=~Q(state=S.RETURNED)
                | (Q(returned_on__isnull=False) & ~Q(return_reasons="")),
            ),
            models.CheckConstraint(
                name="application_decided_by_another",
                condition=Q(decided_by__isnull=True)
                | Q(first_reviewed_by__isnull=False, decided_on__isnull=False)
                & ~Q(decided_by=F("first_reviewed_by")),
            ),
        ]

    def __str__(self):
        return gettext("%(name)s, %(level)s") % {
            "name": self.applicant_name,
            "level": self.round_level.label,
        }

    @property
    def area(self):
        return self.division_id

    @property
    def its_notice_id(self):
        """The key of the notice the person is on: a supplementary one, else that of the round."""
        return self.notice_id or self.grading_round.notice_id

    def waits_for_its_organization(self):
        """Whether the rule lets its organisation send it in before the office, and it has not."""
        if self.recommended_on is not None or self.is_of_body:
            return False
        return is_sent_in_by_the_organization(self.rules)

    def bars_to_moving_up(self):
        """Return the sentences by which it does not take a place that has become free."""
        return bars_to_moving_up(self)

    @property
    def applicant(self):
        """Who applies: the mediator, or the organisation where it applies itself."""
        return self.organization if self.is_of_body else self.mediator

    @property
    def applicant_name(self):
        return self.applicant.name

    @property
    def applicant_id(self):
        """The key of the applicant, by which the facts are found."""
        return self.organization_id if self.is_of_body else self.mediator_id

    @property
    def rules(self):
        """The ``Scheme`` by which it is judged."""
        return self.grading_round.rules

    @property
    def level_code(self):
        return self.round_level.code

    @property
    def is_at_work(self):
        return self.state in AT_WORK

    def missing_names(self):
        """Return the names of fields and papers that the rule asks for and that are not there."""
        applicant = self.applicant
        fields = {field.attname for field in applicant._meta.concrete_fields}
        have = {name for name in fields if getattr(applicant, name) not in (None, "")}
        # An empty file field is false, not empty.
        have -= set() if getattr(applicant, "photo", None) else {"photo"}
        if self.pk:
            kinds = {paper.kind for paper in documents_of(self)}
            asked = {name for names, _levels in required(self.rules) for name in names}
            have |= {name for name in asked if paper_kind(name) in kinds}
        return missing(self.rules, have, self.level_code)

    def missing_in_words(self):
        """Return what is missing as people call it."""
        return [
            " / ".join(str(label_of(one)) for one in name.split(" | "))
            for name in self.missing_names()
        ]

    def path_refusals(self, today, *, may_skip=None):
        """Return why the person may not apply for this level from the level held now.

        :param may_skip: whether the condition for skipping a level is taken to hold; if None, the
            evidence says it.
        """
        skip = self._may_skip() if may_skip is None else may_skip
        try:
            allowed = self._may_take_this_path(today, skip)
        except SchemeFault as fault:
            return [message for _path, message in fault.faults]
        if allowed:
            return []
        return [gettext("From the level held now, the rule does not allow to apply for this one.")]

    def bars_to_beginning(self, today):
        """Return why it cannot be begun from the level held now; a skip is judged by evidence."""
        has_skip = skip_condition(self.rules) is not UNK
        return self.path_refusals(today, may_skip=has_skip)

    def _may_take_this_path(self, today, skip):
        code, since = self._held_now(today)
        if self.is_of_body or self.grading_round.is_of_titles:
            # What such a rule leaves out it does not ask for; stars are also checked again.
            is_asked = "path" in self.rules.document
            if not is_asked or (self.is_of_body and code and not self._is_above(code)):
                return self.level_code in self.rules.open_levels
        served = days_served([(since, None)], today) // DAYS_OF_A_YEAR if code else None
        return path(self.rules, code, self.level_code, served, skip) == ALLOWED

    def _is_above(self, code):
        """Whether it is for a higher level of the rule than one."""
        return self.rules.level(self.level_code).rank < self.rules.level(code).rank

    def _held_now(self, today):
        """Return (code of the rule, first day) of what is held of this scale, (None, None) if none.

        That is the level, the title of this rule set, or the stars of the organisation.
        """
        if self.is_of_body:
            rating = self.organization.star_ratings.current().first()
            code = level_of_stars(self.rules, rating.stars) if rating else None
            return (code, rating.rated_on) if code else (None, None)
        if self.grading_round.is_of_titles:
            return self._title_held(today)
        # All of them, so that who looks at many levels for one person fetches them once.
        held = next((one for one in self.mediator.levels.all() if one.runs_on(today)), None)
        ranks = {one.rank: one.code for one in self.rules.levels}
        code = ranks.get(held.level.rank) if held else None
        return (code, held.from_on) if code else (None, None)

    def _title_held(self, today):
        titles = self.mediator.grades.standing().in_force(today)
        held = titles.filter(title_of=self.grading_round.version.scheme_id).first()
        known = {level.code for level in self.rules.levels}
        return (held.code, held.from_on) if held and held.code in known else (None, None)

    def _may_skip(self):
        condition = skip_condition(self.rules)
        if condition is UNK or not self.evidence:
            return None
        return Judge(self.rules, self.facts).judge(condition, "path.skip_if").result == PASS

    @cached_property
    def facts(self):
        """The ``Facts`` of the stored evidence with the answers and rulings that hold."""
        answers = {one.name: one.answer for one in self.answers.standing()}
        rulings = {one.path: one.result for one in self.rulings.in_force()}
        waived = [one.path for one in self.waivings.granted()]
        return facts_from(self.evidence, answers=answers, ruled=rulings, waived=waived)

    def judgment(self):
        """Return the ``Judgment`` of the rule on the stored evidence."""
        return grade(self.rules, self.level_code, self.facts)

    def judged_result(self):
        """Return the result of the judgment; "" as long as no evidence was taken."""
        return self.judgment().result if self.evidence else ""

    def questions(self):
        """Return the names of what only officers can answer for this level."""
        return questions_of(self.rules, self.level_code)

    def questions_in_words(self):
        """Return {name: what it is called} of these questions."""
        return questions_in_words(self.rules, self.level_code)

    def open_questions(self):
        """Return, as people call them, the questions that nobody has answered."""
        answered = {one.name for one in self.answers.standing()}
        asked = self.questions_in_words()
        return [worded for name, worded in asked.items() if name not in answered]
