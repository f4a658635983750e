from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models import Division, Mediator, Organization
from training.flows.certificate import CERTIFICATE, HELD, CertificateState
from training.flows.certificate_run import RUN, RunState
from training.models.certificate_kind import CertificateCategory, CertificateKind, Seal
from training.models.exam import Exam
from training.queries.certificates import CertificateQuerySet, CertificateRunQuerySet
from training.rules.certificates import Life, new_code, spaced, standing_on

UNISSUED = [CertificateState.APPLIED, CertificateState.EXAMINED, CertificateState.DECLINED]
ENDED = [CertificateState.SUPERSEDED, CertificateState.REVOKED]


def officer(label):
    """Return the field of an officer who took a step."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )


class CertificateRun(Record):
    """Certificates of one kind for many people: prepared by one officer, issued by another."""

    flow = RUN

    title = models.CharField(_("title"), max_length=120)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.ForeignKey(
        CertificateKind, verbose_name=_("kind"), on_delete=models.PROTECT, related_name="runs"
    )
    basis = models.CharField(_("basis"), max_length=200)
    # Of which exam everybody in it has passed, if it was prepared from one.
    exam = models.ForeignKey(
        Exam,
        verbose_name=_("exam"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="certificate_runs",
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=RunState.choices,
        default=RunState.PREPARED,
        editable=False,
    )
    # [name as the register has it, sentence] of everybody who was asked for and is not in it.
    left_out = models.JSONField(_("left out"), default=list, blank=True, editable=False)
    prepared_by = officer(_("prepared by"))
    prepared_on = models.DateField(_("prepared on"), editable=False)
    issued_by = officer(_("issuing officer"))
    fault = models.CharField(_("why it stopped"), max_length=300, blank=True, editable=False)

    objects = CertificateRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulk issue")
        verbose_name_plural = _("bulk issues")
        ordering = ["-pk"]
        permissions = RUN.permissions("certificaterun")
        constraints = [
            models.CheckConstraint(
                name="certificaterun_state_is_known", condition=Q(state__in=RunState.values)
            ),
            models.CheckConstraint(
                name="certificaterun_issued_by_a_second_person",
                condition=Q(state__in=[RunState.PREPARED, RunState.DISCARDED])
                | Q(issued_by__isnull=False, prepared_by__isnull=False)
                & ~Q(issued_by=F("prepared_by")),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def area(self):
        return self.division_id


class Certificate(Record):
    """A certificate of a mediator, from its application on.

    All that is printed is frozen at issue in ``printed``; ``digest`` is that of these facts. It is
    valid during ``[valid_from_on, valid_until_on)`` but for its suspensions and what ended it.
    """

    flow = CERTIFICATE

    code = models.CharField(
        _("code of the certificate"), max_length=20, unique=True, default=new_code, editable=False
    )
    kind = models.ForeignKey(
        CertificateKind,
        verbose_name=_("kind"),
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    # That of the kind, for the constraints.
    category = models.CharField(
        _("category"), max_length=10, choices=CertificateCategory.choices, editable=False
    )
    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="certificates"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=CertificateState.choices,
        default=CertificateState.APPLIED,
        editable=False,
    )
    basis = models.CharField(
        _("basis"),
        max_length=200,
        blank=True,
        help_text=_("The exam, course or hours it rests on."),
    )
    run = models.ForeignKey(
        CertificateRun,
        verbose_name=_("bulk issue"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="certificates",
    )
    follows = models.ForeignKey(
        "self",
        verbose_name=_("takes the place of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="followers",
    )
    level_label = models.CharField(_("level"), max_length=60, blank=True, editable=False)
    level_until_on = models.DateField(_("level until"), null=True, blank=True, editable=False)
    number = models.CharField(  # noqa: DJ001 - none before the issue, unique after it
        _("certificate number"), max_length=40, null=True, blank=True, editable=False
    )
    applied_on = models.DateField(_("applied on"), editable=False)
    applied_by = officer(_("applied by"))
    examined_by = officer(_("examined by"))
    issued_by = officer(_("issuing officer"))
    issued_on = models.DateField(_("date of issue"), null=True, blank=True, editable=False)
    valid_from_on = models.DateField(_("valid from"), null=True, blank=True, editable=False)
    valid_until_on = models.DateField(_("valid until"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    revocation_proposed_by = officer(_("revocation proposed by"))
    seal = models.ForeignKey(
        Seal,
        verbose_name=_("seal"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    digest = models.CharField(_("SHA-256 of the facts"), max_length=64, blank=True, editable=False)
    token = models.CharField(_("signature"), max_length=500, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-pk"]
        permissions = [
            *CERTIFICATE.permissions("certificate"),
            ("check_certificate", "Can stamp the yearly check of a certificate"),
            ("print_certificate", "Can print certificate"),
            ("export_certificate", "Can export certificate"),
        ]
        indexes = [models.Index(fields=["mediator", "state"], name="certificate_of_mediator")]
        constraints = [
            models.CheckConstraint(
                name="certificate_state_is_known", condition=Q(state__in=CertificateState.values)
            ),
            models.CheckConstraint(
                name="certificate_issued_is_whole",
                condition=Q(state__in=UNISSUED, number__isnull=True, issued_on__isnull=True)
                | (
                    ~Q(state__in=UNISSUED)
                    & Q(number__isnull=False, issued_on__isnull=False, valid_from_on__isnull=False)
                    & ~Q(number="")
                    & ~Q(digest="")
                    & ~Q(token="")
                ),
            ),
            models.CheckConstraint(
                name="certificate_issued_by_a_second_person",
                condition=Q(state__in=UNISSUED)
                | Q(examined_by__isnull=False, issued_by__isnull=False)
                & ~Q(issued_by=F("examined_by")),
            ),
            models.CheckConstraint(
                name="certificate_ends_after_it_begins",
                condition=Q(valid_until_on__isnull=True)
                | Q(valid_from_on__isnull=False, valid_until_on__gt=F("valid_from_on")),
            ),
            models.CheckConstraint(
                name="certificate_ended_has_a_date",
                condition=Q(state__in=ENDED, ended_on__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="certificate_revocation_is_proposed",
                condition=~Q(state__in=[CertificateState.REVOKING, CertificateState.REVOKED])
                | Q(revocation_proposed_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["number"], condition=Q(state__in=HELD), name="certificate_number_once"
            ),
            models.UniqueConstraint(
                fields=["mediator"],
                condition=Q(state__in=HELD, category=CertificateCategory.DUTY),
                name="certificate_of_duty_once",
            ),
            models.UniqueConstraint(
                fields=["mediator", "kind"],
                condition=Q(state__in=[CertificateState.APPLIED, CertificateState.EXAMINED]),
                name="certificate_applied_for_once",
                violation_error_message=_("This certificate is applied for already."),
            ),
        ]

    def __str__(self):
        return self.number or f"{self.kind} · {self.mediator}"

    def get_absolute_url(self):
        return reverse("verify_certificate", args=[self.code])

    @property
    def area(self):
        return self.mediator.division_id

    @property
    def spaced_code(self):
        return spaced(self.code)

    @property
    def facts(self):
        """What is printed on it, as a dict of texts; empty before it is issued."""
        return self.printed.facts if self.issued_on else {}

    @property
    def life(self):
        """The dates that decide how it stands on a day; it must have been issued."""
        return Life(
            from_on=self.valid_from_on,
            until_on=self.valid_until_on,
            ended_on=self.ended_on,
            ended_as=self.state if self.state in ENDED else "",
            spans=tuple((span.from_on, span.until_on) for span in self.suspensions.all()),
        )

    def standing(self, day):
        """Return how it stands on a day, as a ``Standing``."""
        return standing_on(self.life, day)


class CertificateFacts(models.Model):
    """Every fact that is printed on a certificate, as it was at issue, in the keys of the format.

    They stand apart so that no log repeats them; of a person who was erased the name is masked.
    """

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, primary_key=True, related_name="printed"
    )
    facts = models.JSONField(_("facts"))
    forgotten_on = models.DateField(_("name masked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("facts of a certificate")
        verbose_name_plural = _("facts of certificates")
        default_permissions = []

    def __str__(self):
        return str(self.certificate_id)


class CertificateSuspension(models.Model):
    """A span ``[from_on, until_on)`` in which a certificate was not valid."""

    certificate = models.ForeignKey(
        Certificate,
        verbose_name=_("certificate"),
        on_delete=models.PROTECT,
        related_name="suspensions",
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("suspension of a certificate")
        verbose_name_plural = _("suspensions of certificates")
        ordering = ["from_on", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(until_on__isnull=True),
                name="certificatesuspension_open_once",
            ),
            models.CheckConstraint(
                name="certificatesuspension_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self):
        return f"{self.certificate_id} {self.from_on}"


class CertificateCheck(models.Model):
    """The stamp of a yearly check."""

    certificate = models.ForeignKey(
        Certificate,
        verbose_name=_("certificate"),
        on_delete=models.PROTECT,
        related_name="checks",
    )
    year = models.PositiveSmallIntegerField(_("year"))
    checked_on = models.DateField(_("date of the check"))
    checked_by = officer(_("checked by"))

    class Meta:
        verbose_name = _("yearly check")
        verbose_name_plural = _("yearly checks")
        ordering = ["year"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "year"], name="certificatecheck_once_a_year"
            )
        ]

    def __str__(self):
        return str(self.year)


class IssuedFile(models.Model):
    """The digest of a file of a certificate that was handed out, so that a copy can be compared."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="files")
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    made_on = models.DateField(_("made on"))

    class Meta:
        verbose_name = _("file of a certificate")
        verbose_name_plural = _("files of certificates")
        ordering = ["pk"]
        default_permissions = []

    def __str__(self):
        return self.sha256


class SigningKey(models.Model):
    """A public key with which certificates were signed; old ones stay and still verify."""

    key_id = models.CharField(max_length=12, unique=True)
    public = models.CharField("Ed25519", max_length=44)
    first_used_on = models.DateField(_("first used on"))

    class Meta:
        verbose_name = _("key of signatures")
        verbose_name_plural = _("keys of signatures")
        ordering = ["-first_used_on", "-pk"]
        default_permissions = []

    def __str__(self):
        return self.key_id
