"""The life of an import of cases: every state and step in one place."""

from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard
from registry.flows import ImportState


@guard(_("The file changes nothing: there is no new and no changed case in it."))
def something_would_change(batch, today):
    return batch.new + batch.changed > 0


@guard(_("The file is no longer kept: upload it again."))
def its_file_is_kept(batch, today):
    return bool(batch.file)


I = ImportState  # noqa: E741
# The steps without a permission of any role are taken by the background work itself.
CASE_IMPORT = Flow(
    Step("check", _("Check"), [I.UPLOADED, I.CHECKED, I.FAILED], I.CHECKING, its_file_is_kept),
    Step("present", _("Show the result"), I.CHECKING, I.CHECKED),
    Step("apply", _("Enter in the ledger"), I.CHECKED, I.APPLYING, something_would_change),
    Step("complete", _("Complete"), I.APPLYING, I.APPLIED),
    Step("undo", _("Undo the import"), I.APPLIED, I.UNDOING, something_would_change),
    Step("restore", _("Restore"), I.UNDOING, I.UNDONE),
    Step("fail", _("Fail"), [I.CHECKING, I.APPLYING], I.FAILED),
    Step("keep", _("Keep"), I.UNDOING, I.APPLIED),
    Step("abandon", _("Abandon"), [I.UPLOADED, I.CHECKED, I.FAILED], I.ABANDONED),
    editable=[I.UPLOADED, I.CHECKED, I.FAILED],
)
