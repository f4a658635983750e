"""The release of results on the desk, asked for by one, given by another; and what follows."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from office.desk.acts import Act
from office.desk.columns import facts_of
from office.desk.history import name_acts
from office.desk.viewset import DESKS
from training import actions
from training.flows import EXAM
from training.forms.exam_certificates import PassedForm
from training.models import Attempt
from training.reports.items import doubtful
from training.viewsets.moments import by_the_clock, exam_step
from training.viewsets.rekeys import statistics_of

name_acts(certify=gettext_lazy("Prepare certificates"))
TEMPLATE = "training/desk/release.html"


def doubts(exam, today):
    """What should be looked at before results are released, as sentences."""
    codes = doubtful(exam)
    told = [_("Everybody who sat the exam reads the result and may appeal against it.")]
    if codes:
        said = ngettext(
            "%(number)d question is doubtful by its statistics: %(codes)s. Look at it first.",
            "%(number)d questions are doubtful by their statistics: %(codes)s. Look at them first.",
            len(codes),
        )
        told.append(said % {"number": len(codes), "codes": "、".join(codes)})
    return told


def effects_of_asking(exam, today):
    return [_("Another officer sees the same statistics and releases the results, or does not.")]


def effects_of_keeping_back(exam, today):
    return [_("The exam is in marking again; the release has to be asked for anew.")]


def found_in(page):
    return {"found": statistics_of(page.record, page)}


def effects_of_certifying(exam, today):
    """How many have passed, and what is still to be done by somebody else."""
    number = Attempt.objects.passed_of(exam).count()
    said = ngettext("%(number)d person has passed.", "%(number)d people have passed.", number)
    return [
        said % {"number": number},
        _("Who is in a bulk issue of this exam already is not taken twice."),
        _("Another officer issues the certificates."),
    ]


def somebody_passed(exam):
    return exam.is_released and Attempt.objects.passed_of(exam).exists()


def go_to_the_run(page, run):
    """Show the bulk issue, whether it was made now or earlier."""
    messages.success(page.request, _("The certificates are prepared: %(run)s") % {"run": run})
    return redirect(DESKS["training.certificaterun"].url("inspect", run.pk))


RELEASE_ACTS = (
    exam_step(
        EXAM,
        "ask_release",
        by_the_clock(actions.ask_release),
        consequences=lambda row, today: [*effects_of_asking(row, today), *doubts(row, today)],
        template=TEMPLATE,
        shown=found_in,
        icon="upload",
    ),
    exam_step(
        EXAM,
        "release",
        by_the_clock(actions.release_exam),
        consequences=doubts,
        template=TEMPLATE,
        shown=found_in,
        sensitive=True,
        icon="upload",
    ),
    exam_step(
        EXAM,
        "keep_back",
        by_the_clock(actions.keep_back_exam),
        consequences=effects_of_keeping_back,
        icon="rotate",
    ),
    Act(
        name="certify",
        label=gettext_lazy("Prepare certificates"),
        take=actions.prepare_certificates,
        permission="certify",
        form_class=PassedForm,
        consequences=effects_of_certifying,
        offered=somebody_passed,
        answer=go_to_the_run,
        icon="doc-full",
    ),
)


def release_facts(exam):
    """Who asked for the release, who released, and when; nothing before."""
    if exam.release_asked_by_id is None:
        return []
    asked = facts_of(exam, "release_asked_by", "release_asked_at")
    return asked + (facts_of(exam, "released_by", "released_at") if exam.is_released else [])


def runs_of(exam, user):
    """Return the ways on to the bulk issues that were prepared from an exam."""
    desk = DESKS["training.certificaterun"]
    runs = desk.rows(user).filter(exam=exam).order_by("pk")
    return [
        (
            _("Bulk issue: %(state)s") % {"state": run.get_state_display()},
            desk.url("inspect", run.pk),
            "copy",
            False,
        )
        for run in runs
    ]
