"""The pages of rule sets beside their records: a file in, a file out, two side by side."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from grading.actions import check_schemes, enter_schemes, exported, text_of
from grading.forms.schemes import CompareForm, EnterImportForm, ImportForm
from grading.reports.scheme_differences import told_between, told_differences
from grading.rules.documents import schema_of
from office.desk.pages import DeskPage, RecordPage, add_refusal
from office.desk.records import InspectView, WritingPage
from office.policies import permission_for

SAME = "same"


class VersionView(InspectView):
    """A version. What rules from above is read here and acted on by nobody below."""

    template_name = "grading/desk/version.html"

    def may(self, action):
        wanted = permission_for(action, self.model)
        if action not in self._may:
            self._may[action] = (
                self.request.user.has_perm(wanted)
                and self.rows(action).filter(pk=self.record.pk).exists()
            )
        return self._may[action]


class ImportView(WritingPage, DeskPage):
    """First step: the file is looked at. Nothing is kept of it."""

    action = "add"
    template_name = "grading/desk/import.html"

    def get_page_title(self):
        return _("Import rule sets")

    def get_context_data(self, **kwargs):
        submit = _("Look at the file")
        return {**super().get_context_data(**kwargs), "submit_label": submit}

    def make_form(self, data=None, files=None):
        return ImportForm(data, files, user=self.request.user)

    def post(self, request, *args, **kwargs):
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            text = text_of(form.cleaned_data["file"])
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.show(form, status=422)
        return self.looked_at(form, text)

    def looked_at(self, form, text):
        division = form.cleaned_data["division"]
        found = check_schemes(text, division=division, today=self.today)
        if found.faults:
            return self.show(form, status=422, faults=found.faults)
        page = CheckedImportView()
        page.setup_beside(self)
        given = {"division": division.pk, "text": text}
        entering = EnterImportForm(user=self.request.user, initial=given)
        return page.show(entering, findings=found)


class CheckedImportView(WritingPage, DeskPage):
    """Second step: what was looked at is looked at again, and entered as drafts."""

    action = "add"
    template_name = "grading/desk/import_checked.html"

    is_answer = False

    def setup_beside(self, page):
        self.desk, self.is_answer = page.desk, True
        self.setup(page.request)

    def get(self, request, *args, **kwargs):
        return redirect(self.desk.url("import"))

    def get_header_title(self):
        # It answers the file that was sent, and nothing is wrong with that.
        return DeskPage.get_header_title(self) if self.is_answer else super().get_header_title()

    def get_page_title(self):
        return _("Enter rule sets")

    def make_form(self, data=None, files=None):
        return EnterImportForm(data, files, user=self.request.user)

    def get_context_data(self, **kwargs):
        found = kwargs.get("findings")
        if found is None and kwargs["form"].is_bound and kwargs["form"].is_valid():
            typed = kwargs["form"].cleaned_data
            given = {"division": typed["division"], "today": self.today}
            kwargs["findings"] = found = check_schemes(typed["text"], **given)
        lines = [(line, differences_of(line)) for line in found.lines] if found else []
        is_new = any(line.what != SAME for line, _told in lines)
        return super().get_context_data(
            is_new=is_new, lines=lines, back=self.desk.url("import"), **kwargs
        )

    def carry_out(self, form):
        made = enter_schemes(by=self.request.user, today=self.today, **form.values())
        self.done_message = _("Drafts entered: %(count)d") % {"count": len(made)}
        return self.desk.url("inspect", made[0].pk) if len(made) == 1 else self.desk.url("index")


def differences_of(line):
    """Return in words what a rule set of a file changes, compared with the newest version."""
    return told_between(line.former.rules, line.scheme) if line.what == "changed" else []


class ExportFileView(RecordPage):
    """The file of a version."""

    action = "export"

    def post(self, request, *args, **kwargs):
        content = exported(self.record, by=request.user)
        response = HttpResponse(content, content_type="application/yaml; charset=utf-8")
        name = f"scheme-{self.record.pk}-v{self.record.number}.yaml"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store, private"
        return response

    def get(self, request, *args, **kwargs):
        found = schema_of(self.record.document)
        return self.render_to_response(self.get_context_data(format=found))

    template_name = "grading/desk/export.html"

    def get_page_title(self):
        return _("Take away as a file")


class CompareView(RecordPage):
    """Two versions beside each other: every place in which they differ, in words."""

    template_name = "grading/desk/compare.html"

    def get(self, request, *args, **kwargs):
        others = self.rows().exclude(pk=self.record.pk).order_by("scheme__code", "-number")
        form = CompareForm(request.GET or None, others)
        chosen = form.is_valid() and form.cleaned_data["other"]
        found = told_differences(chosen, self.record) if chosen else []
        status = 422 if form.is_bound and not chosen else 200
        context = self.get_context_data(form=form, other=chosen, lines=found)
        return self.render_to_response(context, status=status)

    def get_page_title(self):
        return _("Compare with another version")
