"""The lives of an organisation and of an appointment: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class OrganizationState(models.TextChoices):
    DRAFT = "draft", _("draft")
    FIRST_REVIEW = "first_review", _("awaiting first review")
    RETURNED = "returned", _("returned for correction")
    FILING = "filing", _("awaiting filing")
    LISTED = "listed", _("listed")
    CHANGE_PENDING = "change_pending", _("change awaiting filing")
    RECTIFYING = "rectifying", _("ordered to rectify")
    CLOSING = "closing", _("to be deregistered")
    DEREGISTERED = "deregistered", _("deregistered")
    NOT_LISTED = "not_listed", _("not listed")


class AppointmentState(models.TextChoices):
    CANDIDATE = "candidate", _("candidate")
    VETTING = "vetting", _("being vetted")
    NOTICE = "notice", _("on public notice")
    AWAITING_DUTY = "awaiting_duty", _("awaiting duty")
    PROBATION = "probation", _("on probation")
    IN_POST = "in_post", _("in post")
    TERM_ENDING = "term_ending", _("term ending, to be decided")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("left the post")
    REJECTED = "rejected", _("rejected")


@guard(_("The organisation is not on the roster."))
def organization_is_listed(appointment, today):
    return appointment.organization.state in {O.LISTED, O.CHANGE_PENDING, O.RECTIFYING}


@guard(_("The term has ended."))
def term_has_not_ended(appointment, today):
    return appointment.term_until_on is None or appointment.term_until_on > today


@guard(_("The date of establishment is missing."))
def establishment_is_dated(organization, today):
    return organization.established_on is not None


@guard(_("The date of establishment lies in the future."))
def establishment_has_happened(organization, today):
    return organization.established_on is None or organization.established_on <= today


O = OrganizationState  # noqa: E741
ORGANIZATION = Flow(
    Step(
        "list",
        _("Enter in the roster"),
        O.DRAFT,
        O.LISTED,
        establishment_is_dated,
        establishment_has_happened,
    ),
    editable=[O.DRAFT, O.LISTED],
)

A = AppointmentState
APPOINTMENT = Flow(
    Step("suspend", _("Suspend"), A.IN_POST, A.SUSPENDED),
    Step("resume", _("Resume"), A.SUSPENDED, A.IN_POST, organization_is_listed, term_has_not_ended),
    editable=[A.IN_POST, A.SUSPENDED],
)


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("uploaded")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked")
    APPLYING = "applying", _("being entered")
    APPLIED = "applied", _("entered")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("failed")
    ABANDONED = "abandoned", _("abandoned")


@guard(_("The file changes nothing: there is no new and no changed row in it."))
def something_would_change(batch, today):
    return batch.new + batch.changed > 0


@guard(_("What the import changed is no longer kept: the time for undoing it is over."))
def its_rows_are_kept(batch, today):
    return batch.emptied_at is None


@guard(_("The file is no longer kept: upload it again."))
def its_file_is_kept(batch, today):
    return bool(batch.file)


I = ImportState  # noqa: E741
# The steps without a permission of any role are taken by the background work itself.
IMPORT = Flow(
    Step("check", _("Check"), [I.UPLOADED, I.CHECKED, I.FAILED], I.CHECKING, its_file_is_kept),
    Step("present", _("Show the result"), I.CHECKING, I.CHECKED),
    Step(
        "apply",
        _("Enter in the register"),
        I.CHECKED,
        I.APPLYING,
        its_file_is_kept,
        something_would_change,
    ),
    Step("complete", _("Complete"), I.APPLYING, I.APPLIED),
    Step("undo", _("Undo the import"), I.APPLIED, I.UNDOING, its_rows_are_kept),
    Step("restore", _("Restore"), I.UNDOING, I.UNDONE),
    Step("fail", _("Fail"), [I.CHECKING, I.APPLYING], I.FAILED),
    Step("keep", _("Keep"), I.UNDOING, I.APPLIED),
    Step("abandon", _("Abandon"), [I.UPLOADED, I.CHECKED, I.FAILED], I.ABANDONED),
    editable=[I.UPLOADED, I.CHECKED, I.FAILED],
)
