from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.flows import SUBSIDY_SCHEME, SchemeState
from casework.flows.subsidy_scheme import RULING
from casework.models.case_words import CaseSource
from casework.models.subsidy_words import DatedBy, LevelOf, OtherFunds, Period
from casework.models.terms import DifficultyClass, DifficultyScheme
from casework.queries import SubsidySchemeQuerySet
from casework.rules.deciding import undecided
from casework.rules.schemes import SchemeTerms
from office.models import Record
from registry.models import Division, Employment, Level, OrganizationKind
from registry.models.policy import Standing
from registry.rules import enclosing


def check_codes(row, lists):
    """Say which lists of codes hold something unknown. :raises ValidationError: if one does."""
    wrong = {
        name: _("Unknown: %(codes)s.") % {"codes": ", ".join(map(str, strange))}
        for name, choices in lists.items()
        if (strange := [code for code in getattr(row, name) if code not in choices.values])
    }
    if wrong:
        raise ValidationError(wrong)


class SubsidyScheme(Record):
    """What a division pays for cases, in force during ``[from_on, until_on)``.

    A scheme in force is never edited: a new one from a day on ends it, and it goes on answering for
    the cases of its days. Which day of a case counts says ``dated_by``. A template belongs to no
    division and holds nowhere.
    """

    flow = SUBSIDY_SCHEME

    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subsidy_schemes",
    )
    name = models.CharField(_("name"), max_length=80)
    standing = models.CharField(_("rests on"), max_length=10, choices=Standing.choices)
    source = models.CharField(_("source"), max_length=500, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=SchemeState.choices,
        default=SchemeState.DRAFT,
        editable=False,
    )
    dated_by = models.CharField(
        _("a case is dated by"), max_length=12, choices=DatedBy.choices, default=DatedBy.CLOSED_ON
    )
    period = models.CharField(
        _("claimed every"), max_length=10, choices=Period.choices, default=Period.QUARTER
    )
    level_of = models.CharField(
        _("level that counts"), max_length=10, choices=LevelOf.choices, default=LevelOf.LEAD
    )
    needs_post = models.BooleanField(_("only who was in post on the day of the case"), default=True)
    needs_listing = models.BooleanField(
        _("only organisations filed on the day of the case"), default=True
    )
    # Codes of ``Employment``, ``OrganizationKind`` and ``CaseSource``.
    barred_employments = models.JSONField(_("employments not paid"), default=list, blank=True)
    barred_kinds = models.JSONField(_("kinds of organisation not paid"), default=list, blank=True)
    barred_sources = models.JSONField(_("ways to come not paid"), default=list, blank=True)
    bars_public_payroll = models.BooleanField(
        _("people on the public payroll are not paid"), default=False
    )
    other_funds = models.CharField(
        _("if another fund has paid"),
        max_length=10,
        choices=OtherFunds.choices,
        default=OtherFunds.BAR,
    )
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("made from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("drafted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # The last hand on the draft: it may not bring it into force either.
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last edited by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    activated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought into force by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    activated_on = models.DateField(
        _("brought into force on"), null=True, blank=True, editable=False
    )

    objects = SubsidySchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("subsidy scheme")
        verbose_name_plural = _("subsidy schemes")
        ordering = ["-from_on", "-pk"]
        permissions = [
            *SUBSIDY_SCHEME.permissions("subsidyscheme"),
            ("copy_subsidyscheme", "Can make a draft from a subsidy scheme"),
        ]
        constraints = [
            models.CheckConstraint(
                name="subsidyscheme_state_is_known", condition=Q(state__in=SchemeState.values)
            ),
            models.CheckConstraint(
                name="subsidyscheme_template_lies_nowhere",
                condition=Q(state=SchemeState.TEMPLATE, division__isnull=True)
                | ~Q(state=SchemeState.TEMPLATE) & Q(division__isnull=False),
            ),
            models.CheckConstraint(
                name="subsidyscheme_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                violation_error_message=_("A scheme cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="subsidyscheme_ended_on_a_day",
                condition=~Q(state=SchemeState.RETIRED) | Q(until_on__isnull=False),
            ),
            models.CheckConstraint(
                name="subsidyscheme_names_its_source",
                condition=Q(standing=Standing.SETTING) | ~Q(source=""),
                violation_error_message=_("Name the source this rests on."),
            ),
            models.CheckConstraint(
                name="subsidyscheme_two_officers",
                condition=~Q(state__in=RULING)
                | Q(activated_on__isnull=False, activated_by__isnull=False)
                & (Q(drafted_by__isnull=True) | ~Q(activated_by=F("drafted_by")))
                & (Q(edited_by__isnull=True) | ~Q(activated_by=F("edited_by"))),
            ),
            models.CheckConstraint(
                name="subsidyscheme_words_are_known",
                condition=Q(
                    standing__in=Standing.values,
                    dated_by__in=DatedBy.values,
                    period__in=Period.values,
                    level_of__in=LevelOf.values,
                    other_funds__in=OtherFunds.values,
                ),
            ),
            models.UniqueConstraint(
                fields=["division", "from_on"],
                condition=Q(state__in=RULING),
                name="subsidyscheme_begins_once",
            ),
            models.UniqueConstraint(
                fields=["division"],
                condition=Q(state=SchemeState.ACTIVE, until_on__isnull=True),
                name="subsidyscheme_open_once",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(state=SchemeState.TEMPLATE),
                name="subsidyscheme_template_once",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.division_id

    def clean(self):
        check_codes(
            self,
            {
                "barred_employments": Employment,
                "barred_kinds": OrganizationKind,
                "barred_sources": CaseSource,
            },
        )

    def terms(self):
        """Return the scheme as the rules of pricing read it."""
        return SchemeTerms(
            name=self.name,
            tiers=tuple(tier.terms() for tier in self.tiers.all()),
            factors={row.level: row.factor for row in self.factors.all()},
            funding=tuple((row.fund, row.percent) for row in self.funding.all()),
            level_of=self.level_of,
            barred_employments=tuple(self.barred_employments),
            barred_kinds=tuple(self.barred_kinds),
            barred_sources=tuple(self.barred_sources),
            bars_public_payroll=self.bars_public_payroll,
            needs_post=self.needs_post,
            needs_listing=self.needs_listing,
            other_funds=self.other_funds,
        )

    def blockers(self):
        """Return a sentence for everything that is not decided yet."""
        terms = self.terms()
        of_allowances = (row.undecided() for row in self.allowances.all())
        return [
            *undecided(terms),
            *self._unknown_classes(terms),
            *self._unknown_levels(terms),
            *filter(None, of_allowances),
        ]

    def levels(self):
        """The levels by which amounts may differ, the highest first."""
        return Level.objects.filter(scale="level").order_by("rank")

    def classes(self):
        """The classes of difficulty that hold where and when the scheme begins."""
        ruling = DifficultyScheme.objects.ruling(self.division_id or 0, self.from_on)
        return ruling.classes.all() if ruling else DifficultyClass.objects.none()

    def level_names(self):
        """Return the names of the levels by code, the highest first."""
        return {level.code: str(level) for level in self.levels()}

    def class_names(self):
        """Return the names of the classes of difficulty by code, the simplest first."""
        return {row.code: str(row) for row in self.classes()}

    def _unknown_classes(self, terms):
        known = set(self.classes().values_list("code", flat=True))
        return [
            gettext("Tier “%(tier)s”: there is no class of difficulty “%(code)s” here.")
            % {"tier": tier.name, "code": code}
            for tier in terms.tiers
            for code in tier.difficulties
            if code not in known
        ]

    def _unknown_levels(self, terms):
        known = {"", *self.levels().values_list("code", flat=True)}
        used = [*terms.factors, *(row.level for row in self.allowances.all())]
        used += [code for tier in terms.tiers for code in tier.amounts]
        unknown = [code for code in dict.fromkeys(used) if code not in known]
        return [gettext("There is no level “%(code)s”.") % {"code": code} for code in unknown]

    def rivals(self):
        """The schemes of the same division that hold on one of its days, or after."""
        others = SubsidyScheme.objects.filter(division=self.division_id, state__in=RULING)
        others = others.filter(Q(until_on=None) | Q(until_on__gt=self.from_on))
        if self.until_on is not None:
            others = others.filter(from_on__lt=self.until_on)
        return others.exclude(pk=self.pk)

    def displaces_before(self, day):
        """Whether another scheme has ruled here on one of its days before the given day."""
        others = SubsidyScheme.objects.filter(
            division__in=enclosing(self.division_id), state__in=RULING, from_on__lt=day
        ).exclude(pk=self.pk)
        return others.filter(Q(until_on=None) | Q(until_on__gt=self.from_on)).exists()
