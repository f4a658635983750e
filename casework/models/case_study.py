"""A write-up of a case for the library, its adoptions and what its text once was."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.flows import CASE_STUDY, StudyState
from casework.flows.case_study import ADOPTED
from casework.models.case import CaseRecord
from casework.models.terms import DisputeType
from casework.queries import AdoptionQuerySet, CaseStudyQuerySet, StudyVersionQuerySet
from casework.rules.library import keywords_of, words_in
from casework.rules.personal_marks import marks_in
from office.models import Record
from office.personal import EncryptedTextField
from registry.models import Division, Mediator, Organization
from registry.models.public_id import new_public_id

LONGEST_SECTION = 6000


class LibraryLevel(models.TextChoices):
    """Whose library adopted a case, from the lowest up."""

    COUNTY = "county", _("county")
    CITY = "city", _("city")
    PROVINCE = "province", _("province")
    MINISTRY = "ministry", _("ministry")


# What others decided is taken over from their document.
WITH_DOCUMENT = [LibraryLevel.PROVINCE, LibraryLevel.MINISTRY]


class CaseStudy(Record):
    """A mediator's write-up of a case, from the first draft to the public page.

    Until it is published its text may name people, so it is encrypted; what the public reads is a
    copy (``LibraryEntry``) that exists only while the write-up is published.
    """

    flow = CASE_STUDY

    public_id = models.CharField(
        _("public id"), max_length=12, unique=True, default=new_public_id, editable=False
    )
    author = models.ForeignKey(
        Mediator,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="case_studies",
        editable=False,
    )
    co_authors = models.ManyToManyField(
        Mediator,
        verbose_name=_("co-authors"),
        through="StudyCoAuthor",
        blank=True,
        related_name="joint_case_studies",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="case_studies",
        editable=False,
    )
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        related_name="case_studies",
        editable=False,
    )
    case = models.ForeignKey(
        CaseRecord,
        verbose_name=_("case it tells of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="studies",
    )
    dispute_type = models.ForeignKey(
        DisputeType,
        verbose_name=_("type of dispute"),
        on_delete=models.PROTECT,
        related_name="case_studies",
    )
    title = models.CharField(_("title"), max_length=80)
    keywords = models.CharField(_("keywords"), max_length=120, blank=True)
    facts = EncryptedTextField(
        pgettext_lazy("case", "what happened"), max_length=LONGEST_SECTION, blank=True
    )
    process = EncryptedTextField(_("how it was mediated"), max_length=LONGEST_SECTION, blank=True)
    outcome = EncryptedTextField(
        pgettext_lazy("case", "how it ended"), max_length=LONGEST_SECTION, blank=True
    )
    law = EncryptedTextField(_("law applied"), max_length=LONGEST_SECTION, blank=True)
    comment = EncryptedTextField(
        pgettext_lazy("case", "comment"), max_length=LONGEST_SECTION, blank=True
    )
    words = models.PositiveIntegerField(_("length in characters"), default=0, editable=False)
    is_signed = models.BooleanField(_("published with name and organisation"), default=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=StudyState.choices,
        default=StudyState.DRAFT,
        editable=False,
    )
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True, editable=False)
    # To the author: why it was returned or declined.
    reasons = models.TextField(_("reasons"), max_length=2000, blank=True, editable=False)
    # The highest level that adopted it; every adoption is a row of its own.
    level = models.CharField(
        _("level of the library"),
        max_length=10,
        choices=LibraryLevel.choices,
        blank=True,
        editable=False,
    )
    # Parts of the text, one a line, of which an editor said that they identify nobody.
    confirmed = EncryptedTextField(_("confirmed parts"), blank=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)

    objects = CaseStudyQuerySet.as_manager()

    class Meta:
        verbose_name = _("write-up of a case")
        verbose_name_plural = _("case library")
        ordering = ["-submitted_on", "-pk"]
        permissions = [
            *CASE_STUDY.permissions("casestudy"),
            ("raise_casestudy", "Can record a higher level of a write-up"),
            ("adopt_city_casestudy", "Can adopt a write-up for the city's library"),
            ("confirm_casestudy", "Can confirm that parts of a write-up identify nobody"),
            ("export_casestudy", "Can export the case library"),
        ]
        indexes = [
            models.Index(fields=["author", "state"], name="study_of_author"),
            models.Index(fields=["division", "state"], name="study_in_division"),
        ]
        constraints = [
            models.CheckConstraint(
                name="study_state_is_known", condition=Q(state__in=StudyState.values)
            ),
            models.CheckConstraint(
                name="study_adopted_at_a_level",
                condition=Q(state__in=ADOPTED, level__in=LibraryLevel.values)
                | (~Q(state__in=ADOPTED) & Q(level="")),
            ),
            models.CheckConstraint(
                name="study_handed_in_on_a_day",
                condition=Q(state=StudyState.DRAFT) | Q(submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="study_sent_back_with_reasons",
                condition=~Q(state__in=[StudyState.RETURNED, StudyState.DECLINED]) | ~Q(reasons=""),
            ),
            models.CheckConstraint(
                name="study_published_by_two",
                # Each column is tested for null by name: a CHECK that is unknown passes.
                condition=~Q(state__in=[StudyState.PUBLISHED, StudyState.WITHDRAWN])
                | Q(
                    proposed_by__isnull=False,
                    published_by__isnull=False,
                    published_on__isnull=False,
                )
                & ~Q(proposed_by=F("published_by")),
            ),
            models.CheckConstraint(
                name="study_proposed_by_somebody",
                condition=~Q(state=StudyState.PROPOSED) | Q(proposed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def area(self):
        return self.division_id

    @property
    def texts(self):
        """The text under the names of its sections, in their order."""
        return {name: getattr(self, name) for name in SECTIONS}

    @property
    def word_list(self):
        return keywords_of(self.keywords)

    def marks(self):
        """Return (label of the section, ``Mark``) for all that may tell who somebody is."""
        return [(label, mark) for label, _text, marks in self.marked() for mark in marks]

    def marked(self):
        """Return (label, text, its marks) for every section that has text."""
        known = type(self).objects.known_of(self)
        return [
            (self._meta.get_field(name).verbose_name, text, marks_in(text, known))
            for name, text in self.texts.items()
            if text
        ]

    def unconfirmed_marks(self):
        """Return the likely marks of which nobody has said that they identify nobody."""
        confirmed = set(self.confirmed.splitlines())
        return [
            (label, mark)
            for label, mark in self.marks()
            if not mark.is_certain and " ".join(mark.text.split()) not in confirmed
        ]

    def counted_words(self):
        """Return how long the text is, its title and keywords apart."""
        return sum(words_in(self.texts[name]) for name in SECTIONS[2:])

    def get_absolute_url(self):
        return reverse("library_case", args=[self.public_id])


SECTIONS = ["title", "keywords", "facts", "process", "outcome", "law", "comment"]


class StudyCoAuthor(models.Model):
    """Who wrote it with the author; a table of its own, so that merged entries keep it."""

    study = models.ForeignKey(
        CaseStudy,
        verbose_name=_("write-up of a case"),
        on_delete=models.PROTECT,
        related_name="co_author_rows",
    )
    mediator = models.ForeignKey(
        Mediator,
        verbose_name=_("co-author"),
        on_delete=models.PROTECT,
        related_name="co_author_rows",
    )

    class Meta:
        verbose_name = _("co-author")
        verbose_name_plural = _("co-authors")
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["study", "mediator"], name="studycoauthor_once")
        ]

    def __str__(self):
        return str(self.mediator)


class Adoption(models.Model):
    """That a library of a level took a write-up; never changed, and each one counts."""

    study = models.ForeignKey(
        CaseStudy,
        verbose_name=_("write-up of a case"),
        on_delete=models.PROTECT,
        related_name="adoptions",
    )
    level = models.CharField(_("level of the library"), max_length=10, choices=LibraryLevel.choices)
    adopted_on = models.DateField(_("adopted on"))
    adopted_by = models.CharField(_("adopted by"), max_length=120)
    document = models.CharField(_("document of the adoption"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption of a write-up")
        verbose_name_plural = _("adoptions of write-ups")
        ordering = ["study", "pk"]
        default_permissions = []
        indexes = [models.Index(fields=["adopted_on", "level"], name="adoption_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "level"],
                name="adoption_once_a_level",
                violation_error_message=_("This level has adopted it already."),
            ),
            models.CheckConstraint(
                name="adoption_level_is_known", condition=Q(level__in=LibraryLevel.values)
            ),
            models.CheckConstraint(
                name="adoption_above_the_city_has_a_document",
                condition=~Q(level__in=WITH_DOCUMENT) | ~Q(document=""),
                violation_error_message=_("Name the document of the province or the ministry."),
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()} {self.adopted_on}"

    @property
    def area(self):
        return self.study.division_id


class StudyVersion(models.Model):
    """What a write-up said after somebody wrote it; never changed."""

    study = models.ForeignKey(
        CaseStudy,
        verbose_name=_("write-up of a case"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    number = models.PositiveIntegerField(_("version"))
    # The sections as JSON: earlier versions may name people more than the last.
    texts = EncryptedTextField(_("text"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    written_on = models.DateField(_("written on"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = StudyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a write-up")
        verbose_name_plural = _("versions of write-ups")
        ordering = ["study", "-number"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="studyversion_number_once")
        ]

    def __str__(self):
        return f"{self.study} {self.number}"

    @property
    def area(self):
        return self.study.division_id
