"""The life of an import: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


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
