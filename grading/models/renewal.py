from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grading.flows.renewal import RENEWAL, RUNNING, Choice, RenewalState
from grading.models.scheme import SchemeVersion, officer
from grading.queries.renewals import RenewalQuerySet
from grading.rules.renewal_pack import missing_years
from office.models import Record
from registry.flows.appointment import HELD_NOW
from registry.models import Appointment

S = RenewalState
ADVICE = {
    **dict(Choice.choices),
    "": "",
    Choice.UNCLEAR: pgettext_lazy("reappointment", "left to the unit"),
}


class Renewal(Record):
    """What becomes of a post whose term ends: the evidence, the recommendation, the decision.

    ``pack`` is the evidence as it stood on ``pack_on`` (reviews of the term, levels, training,
    complaints, awards), ``digest`` its SHA-256. The unit that elected or appointed the person
    decides (People's Mediation Law, art. 9, 13 and 14); the bureau recommends and records.
    """

    flow = RENEWAL

    appointment = models.ForeignKey(
        Appointment,
        verbose_name=_("post"),
        on_delete=models.PROTECT,
        related_name="renewals",
    )
    version = models.ForeignKey(
        SchemeVersion,
        verbose_name=_("rule of the recommendation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    term_until_on = models.DateField(_("term ends on"), editable=False)
    opened_on = models.DateField(pgettext_lazy("reappointment", "opened on"), editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=S.choices, default=S.OPEN, editable=False
    )
    pack = models.JSONField(_("evidence"), default=dict, blank=True, editable=False)
    pack_on = models.DateField(_("evidence taken on"), null=True, blank=True, editable=False)
    pack_digest = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    recommended = models.CharField(
        _("by the rule"), max_length=10, choices=Choice.choices, blank=True, editable=False
    )
    # Clauses and facts, as data, told in the reader's language.
    reasons = models.JSONField(_("reasons"), default=list, blank=True, editable=False)
    advice = models.CharField(
        _("recommendation"), max_length=10, choices=Choice.choices, blank=True, editable=False
    )
    advice_note = models.TextField(
        _("reason of the recommendation"), max_length=3_000, blank=True, editable=False
    )
    recommended_by = officer(_("recommended by"))
    recommended_on = models.DateField(_("recommended on"), null=True, blank=True, editable=False)
    choice = models.CharField(
        _("decision"), max_length=10, choices=Choice.choices, blank=True, editable=False
    )
    unit = models.CharField(_("decided by"), max_length=120, blank=True, editable=False)
    unit_document = models.CharField(
        _("document of the decision"), max_length=120, blank=True, editable=False
    )
    unit_decided_on = models.DateField(_("decided on"), null=True, blank=True, editable=False)
    # Of the evidence the decision rests on; it may be taken anew after a correction.
    decided_digest = models.CharField(
        _("digest of the evidence decided on"), max_length=64, blank=True, editable=False
    )
    no_reviews_because = models.CharField(
        _("why there is no review of the term"), max_length=300, blank=True, editable=False
    )
    recorded_by = officer(_("recorded by"))
    new_term_until_on = models.DateField(_("new term until"), null=True, blank=True, editable=False)
    told_on = models.DateField(_("person told on"), null=True, blank=True, editable=False)
    reply_until = models.DateField(_("reply until"), null=True, blank=True, editable=False)
    reply = models.TextField(
        pgettext_lazy("reappointment", "reply"), max_length=3_000, blank=True, editable=False
    )
    replied_on = models.DateField(_("replied on"), null=True, blank=True, editable=False)
    review_answer = models.TextField(
        _("decision of the review"), max_length=3_000, blank=True, editable=False
    )
    reviewed_by = officer(_("reviewed by"))
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True, editable=False)
    flagged_on = models.DateField(
        _("a review was corrected on"), null=True, blank=True, editable=False
    )
    carried_out_by = officer(_("carried out by"))
    ended_on = models.DateField(_("carried out on"), null=True, blank=True, editable=False)
    new_appointment = models.OneToOneField(
        Appointment,
        verbose_name=_("new term"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="from_renewal",
    )

    objects = RenewalQuerySet.as_manager()

    class Meta:
        verbose_name = _("reappointment")
        verbose_name_plural = _("reappointments")
        ordering = ["term_until_on", "pk"]
        permissions = [
            *RENEWAL.permissions("renewal"),
            ("take_pack_renewal", "Can put the evidence of a reappointment together"),
            ("bulk_renewal", "Can record decisions on many reappointments at once"),
            ("export_renewal", "Can export reappointments"),
        ]
        indexes = [models.Index(fields=["state", "term_until_on"], name="renewal_by_end_of_term")]
        constraints = [
            models.CheckConstraint(name="renewal_state_is_known", condition=Q(state__in=S.values)),
            models.UniqueConstraint(
                fields=["appointment"],
                condition=Q(state__in=RUNNING),
                name="renewal_running_once",
                violation_error_message=_("This post has a reappointment under way."),
            ),
            models.CheckConstraint(
                name="renewal_decided_by_a_unit",
                condition=Q(state__in=[S.OPEN, S.RECOMMENDED, S.VOID])
                | Q(choice__in=[Choice.RENEW, Choice.NOT_RENEW], unit_decided_on__isnull=False)
                & ~Q(unit=""),
            ),
            models.CheckConstraint(
                name="renewal_reviewed_by_another",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="renewal_new_term_says_until_when",
                condition=~Q(choice=Choice.RENEW) | Q(new_term_until_on__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.appointment)

    def get_advice_display(self):
        """What an officer recommends; nobody says of a person that a rule left it open."""
        return str(ADVICE.get(self.advice, self.advice))

    @property
    def area(self):
        return self.appointment.area

    @property
    def is_needed(self):
        """Whether the post is still held and ends on the day this case was opened for."""
        post = self.appointment
        return post.state in HELD_NOW and post.term_until_on == self.term_until_on

    @property
    def lacks_reviews(self):
        """Whether the term, or a year of it, has no review."""
        return not self.reviews or bool(missing_years(self.pack))

    @property
    def reviews(self):
        """The reviews of the term as the evidence has them."""
        return self.pack.get("reviews", [])
