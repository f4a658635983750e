"""The files that come with a complaint: added, looked at, taken away again."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from complaints.actions.drafts import (
    MOST_FILES,
    NoDraft,
    add_file,
    answer_step,
    file_content,
    remove_file,
)
from complaints.forms.intake import EvidenceForm
from complaints.rules.steps import Step
from complaints.views.intake.drafting import (
    address_of,
    draft_of,
    key_of,
    shown,
    step_page,
    to_next,
)
from complaints.views.pace import seconds_to_wait, slow_down
from complaints.views.privacy import leaving_no_trace
from office.documents import readable
from office.pictures import MEGABYTE, reencode

MOST_BYTES_A_FILE = 8 * MEGABYTE
MOST_BYTES_A_SENDING = 26 * MEGABYTE
SIDE_OF_A_THUMBNAIL = 240  # pixels
PICTURE = ".jpg"


class KeptInMemory(MemoryFileUploadHandler):
    """Evidence never lies open on a disk, not even while it is being sent."""

    def handle_raw_input(self, *args, **kwargs):
        self.activated = True


@step_page(Step.EVIDENCE, most_bytes=MOST_BYTES_A_SENDING)
def evidence(request, draft):
    """Take files, as many as there may be; none is needed."""
    if request.method == "GET":
        return _evidence_page(request, draft, EvidenceForm())
    request.upload_handlers = [KeptInMemory(request)]
    now = timezone.now()
    if "remove" in request.POST:
        remove_file(key_of(request), request.POST["remove"], now=now)
        return redirect(address_of(Step.EVIDENCE))
    uploads = request.FILES.getlist("files")
    if uploads and (missing := seconds_to_wait(request, "files", now=now)):
        return slow_down(request, missing)
    if refusals := _added(key_of(request), uploads, now):
        form = EvidenceForm({})
        form.add_error("files", refusals)
        return _evidence_page(request, draft_of(request), form)
    if "add" in request.POST:
        return redirect(address_of(Step.EVIDENCE))
    return to_next(answer_step(key_of(request), Step.EVIDENCE, True, now=now))  # noqa: FBT003


@leaving_no_trace
@require_safe
def draft_file(request, file_id):
    """Show a picture of the visitor's own draft, small."""
    try:
        suffixes = {one["id"]: one["suffix"] for one in draft_of(request).files}
        content = file_content(key_of(request), file_id, now=timezone.now())
    except NoDraft:
        raise Http404 from None
    if suffixes.get(file_id) != PICTURE:
        raise Http404
    small = reencode(BytesIO(content), max_side=SIDE_OF_A_THUMBNAIL)
    return HttpResponse(small.read(), content_type="image/jpeg")


def _added(key, uploads, now):
    """Keep the files that may be kept; return why the others were refused."""
    refusals = []
    for upload in uploads:
        try:
            if upload.size > MOST_BYTES_A_FILE:
                limit = filesizeformat(MOST_BYTES_A_FILE)
                raise ValidationError(_("The file is larger than %(limit)s.") % {"limit": limit})  # noqa: TRY301
            add_file(key, upload, now=now)
        except ValidationError as refusal:
            name = readable(upload.name)[-60:]
            refusals += [f"{name}: {message}" for message in refusal.messages]
    return refusals


def _evidence_page(request, draft, form):
    files = [{**one, "is_picture": one["suffix"] == PICTURE} for one in draft.files]
    left = MOST_FILES - len(files)
    return shown(request, Step.EVIDENCE, draft, form=form, files=files, left=left)
