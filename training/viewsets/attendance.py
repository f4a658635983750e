"""Attendance on the desk: the code to scan, the tick list, and the list sent in as a file."""

import segno
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from office.desk.pages import RecordPage, add_refusal
from office.desk.records import WritingPage
from training.actions import attendance, attendance_lists
from training.flows import SessionState
from training.forms.sessions import ListCheckedForm, ListForm, TickForm
from training.models import Attendance
from training.notices.sessions import when
from training.rules.attendance import is_on
from training.views.sign_in import code_of

REFRESH_SECONDS = 60
SEAL = "training.attendance_list"
SEALED_FOR = 24 * 60 * 60


class AttendancePage(RecordPage):
    """A page on who is there, while the session runs."""

    action = "note_attendance"

    def is_permitted(self):
        return super().is_permitted() and self.record.state == SessionState.RUNNING


class SignInCodeView(AttendancePage):
    """Shows the code of the part that is on; it is another one every minute."""

    template_name = "training/desk/code.html"

    def get(self, request, *args, **kwargs):
        now = timezone.now()
        part = next(
            (row for row in self.record.parts.all() if is_on(row.starts_at, row.ends_at, now)), None
        )
        code = ""
        if part is not None:
            address = request.build_absolute_uri(reverse("sign_in", args=[code_of(part)]))
            code = segno.make(address, error="m").svg_data_uri(scale=8)
        present = part.attendances.filter(minutes__gt=0).count() if part else 0
        context = self.get_context_data(
            part=part, code=code, present=present, when=when(part) if part else ""
        )
        response = self.render_to_response(context)
        if part is not None:
            # Only while a part is on: the page keeps the officer's session awake.
            response["Refresh"] = str(REFRESH_SECONDS)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_page_title(self):
        return _("Sign-in code")


class TickView(WritingPage, AttendancePage):
    """A list of the enrolled to be ticked, for one part."""

    @cached_property
    def part(self):
        return get_object_or_404(self.record.parts, pk=self.kwargs["part"])

    def get_page_title(self):
        return _("Tick who is there: %(part)s") % {"part": self.part}

    @property
    def submit_label(self):
        return _("Save who is there")

    def make_form(self, data=None, files=None):
        rows = Attendance.objects.filter(part=self.part, enrolment__session=self.record)
        enrolled = self.record.enrolments.filter(state="enrolled").select_related("mediator")
        return TickForm(
            data,
            user=self.request.user,
            enrolled=enrolled.order_by("mediator__name", "pk"),
            known=dict(rows.values_list("enrolment", "minutes")),
        )

    def carry_out(self, form):
        present = {int(pk) for pk in form.cleaned_data["present"]}
        given = {"by": self.request.user, "today": self.today, "reason": ""}
        attendance.tick(self.record.pk, part=self.part, present=present, **given)
        self.done_message = _("Attendance was noted.")
        return self.record_url


class ListView(WritingPage, AttendancePage):
    """Takes a list of those who attended and shows, row by row, what it would note."""

    def get_page_title(self):
        return _("Attendance from a file")

    @property
    def submit_label(self):
        return _("Check the list")

    def make_form(self, data=None, files=None):
        return ListForm(data, files, user=self.request.user, record=self.record)

    def post(self, request, *args, **kwargs):
        """Nothing is written yet, so nothing is claimed: the form may be sent again."""
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        part, file = form.cleaned_data["part"], form.cleaned_data["file"]
        try:
            lines = attendance_lists.read_list(file, self.record, part)
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.show(form, status=422)
        return self.report(part, file.name, lines)

    def report(self, part, file_name, lines):
        good = [(line.enrolment, line.minutes) for line in lines if not line.reason]
        read = {"session": self.record.pk, "part": part.pk, "rows": good, "file": file_name[:100]}
        sealed = signing.dumps(read, salt=SEAL, compress=True)
        form = ListCheckedForm(user=self.request.user, initial={"sealed": sealed})
        self.template_name = "training/desk/list.html"
        context = self.get_context_data(
            form=form,
            part=part,
            good=len(good),
            bad=[line for line in lines if line.reason],
            lines=lines,
            enter_url=self.desk.url("list_enter", self.record.pk),
            media="",
        )
        return self.render_to_response(context)


class ListEnterView(WritingPage, AttendancePage):
    """Notes what a checked list says; the rows refused before are left out."""

    def get(self, request, *args, **kwargs):
        raise Http404

    def get_page_title(self):
        return _("Attendance from a file")

    def make_form(self, data=None, files=None):
        return ListCheckedForm(data, user=self.request.user)

    def carry_out(self, form):
        try:
            read = signing.loads(form.cleaned_data["sealed"], salt=SEAL, max_age=SEALED_FOR)
        except signing.BadSignature:
            read = {}
        if read.get("session") != self.record.pk:
            raise ValidationError(_("The check of the list is no longer valid. Check it again."))
        changed = attendance.note_list(
            self.record.pk,
            by=self.request.user,
            today=self.today,
            reason="",
            part=self.record.parts.get(pk=read["part"]),
            minutes=dict(read["rows"]),
            file_name=read["file"],
        )
        self.done_message = _("Attendance noted or changed: %(count)d.") % {"count": changed}
        return self.record_url
