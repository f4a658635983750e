from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.flows.scheme import RULING, SCHEME_VERSION, SETTLED, VersionState
from grading.queries import SchemeQuerySet, VersionQuerySet
from grading.rules.blockers import blockers
from grading.rules.reading import read
from grading.rules.scheme import Scheme, with_parent
from grading.rules.signing import unsigned_readings
from grading.rules.soundness import unsound
from office.models import Record
from registry.models import Division


class Subject(models.TextChoices):
    """What is graded."""

    MEDIATOR = "mediator", _("mediators")
    COMMITTEE = "committee", _("committees")
    TITLE = "title", _("titles")


class Purpose(models.TextChoices):
    """What a rule set is for; its format says it."""

    GRADING = "grading", _("grading")
    REVIEW = "review", _("annual review")


class GradingScheme(Record):
    """A rule of grading through all its versions. One of no division is of another place."""

    code = models.CharField(_("id of the rule set"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    subject = models.CharField(
        _("what is graded"), max_length=10, choices=Subject.choices, default=Subject.MEDIATOR
    )
    purpose = models.CharField(
        _("purpose"),
        max_length=10,
        choices=Purpose.choices,
        default=Purpose.GRADING,
        editable=False,
    )
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grading_schemes",
    )

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("grading scheme")
        verbose_name_plural = _("grading schemes")
        ordering = ["code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["division", "code"], name="gradingscheme_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(division=None), name="gradingscheme_template_once"
            ),
            models.CheckConstraint(
                name="gradingscheme_subject_is_known", condition=Q(subject__in=Subject.values)
            ),
            models.CheckConstraint(
                name="gradingscheme_purpose_is_known", condition=Q(purpose__in=Purpose.values)
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def area(self):
        return self.division_id


def officer(label):
    """Return a link to who did something, filled in by an action."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )


# Rule sets that can no longer change, by their digests and those they rest on: reading the text
# of one takes longer than judging hundreds of people by it.
_settled = {}
MOST_KEPT = 64


def settled_rules(version):
    """Return the ``Scheme`` of a version whose text is final, read once in the process."""
    key = version.texts
    if key not in _settled:
        if len(_settled) >= MOST_KEPT:
            _settled.clear()
        _settled[key] = version.read_rules()
    return _settled[key]


class SchemeVersion(Record):
    """One text of a rule set, in force during ``[effective_from, effective_until)``.

    The text of a draft changes; once the version is in force, the database refuses to change it.
    Rounds are tied to a version and not to the scheme. ``parent`` is the version it takes over
    from, ``drawn_from`` the one whose text it began with.
    """

    flow = SCHEME_VERSION

    scheme = models.ForeignKey(
        GradingScheme,
        verbose_name=_("scheme"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="versions",
    )
    number = models.PositiveIntegerField(_("version"), editable=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=VersionState.choices,
        default=VersionState.DRAFT,
        editable=False,
    )
    text = models.TextField(_("text"), editable=False)
    digest = models.CharField("SHA-256", max_length=64, editable=False)
    note = models.CharField(_("what changed"), max_length=500, blank=True)
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    effective_until = models.DateField(_("in force until"), null=True, blank=True, editable=False)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("takes over from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="children",
    )
    drawn_from = models.ForeignKey(
        "self",
        verbose_name=_("made from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="drafts",
    )
    drafted_by = officer(_("drafted by"))
    # The last hand on the draft: it may not put it into force either.
    edited_by = officer(_("last edited by"))
    activated_by = officer(_("put into force by"))
    activated_on = models.DateField(_("put into force on"), null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a grading scheme")
        verbose_name_plural = _("grading schemes")
        ordering = ["scheme__code", "-number"]
        permissions = [
            *SCHEME_VERSION.permissions("schemeversion"),
            ("copy_schemeversion", "Can make a draft from a version of a grading scheme"),
            ("export_schemeversion", "Can take a version of a grading scheme away as a file"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="schemeversion_number_once"),
            models.UniqueConstraint(
                fields=["scheme"],
                condition=Q(state=VersionState.ACTIVE, effective_until=None),
                name="schemeversion_open_once",
            ),
            models.CheckConstraint(
                name="schemeversion_state_is_known", condition=Q(state__in=VersionState.values)
            ),
            models.CheckConstraint(
                name="schemeversion_begins_on_a_day",
                condition=~Q(state__in=RULING) | Q(effective_from__isnull=False),
            ),
            models.CheckConstraint(
                name="schemeversion_ended_on_a_day",
                condition=~Q(state=VersionState.RETIRED) | Q(effective_until__isnull=False),
            ),
            models.CheckConstraint(
                name="schemeversion_ends_after_it_begins",
                condition=Q(effective_until=None)
                | Q(effective_from__isnull=False, effective_until__gt=F("effective_from")),
                violation_error_message=_("A version cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="schemeversion_two_officers",
                condition=~Q(state__in=RULING)
                | Q(activated_on__isnull=False, activated_by__isnull=False)
                & (Q(drafted_by=None) | ~Q(activated_by=F("drafted_by")))
                & (Q(edited_by=None) | ~Q(activated_by=F("edited_by"))),
            ),
        ]

    def __str__(self):
        return gettext("%(title)s, version %(number)d") % {
            "title": self.scheme.title,
            "number": self.number,
        }

    @property
    def area(self):
        return self.scheme.division_id

    @property
    def is_settled(self):
        """Whether its text can no longer change."""
        return self.state in SETTLED

    @cached_property
    def document(self):
        """The rule set as it is written, without what it takes over."""
        return read(self.text)[0]["ruleset"]

    @cached_property
    def rules(self):
        """The ``Scheme`` by which people are judged, what it takes over worked in."""
        if self.is_settled:
            return settled_rules(self)
        return self.read_rules()

    @property
    def texts(self):
        """The text, and those it rests on, the nearest first."""
        return (self.text, *(self.parent.texts if self.parent_id else ()))

    def read_rules(self):
        """Return the ``Scheme`` as read from the text now."""
        if self.parent_id is None:
            return Scheme(self.document)
        return Scheme(with_parent(self.document, self.parent.rules.document))

    def blockers(self):
        """Return (path, sentence) of all that stands against putting it into force."""
        faults = unsound(self.rules)
        return faults or [*blockers(self.rules), *unsigned_readings(self.rules)]

    def rivals(self):
        """The versions of the same scheme that are in force on one of its days, or after."""
        if self.effective_from is None:
            return SchemeVersion.objects.none()
        others = SchemeVersion.objects.filter(scheme=self.scheme_id, state__in=RULING)
        others = others.filter(Q(effective_until=None) | Q(effective_until__gt=self.effective_from))
        return others.exclude(pk=self.pk)
