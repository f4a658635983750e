"""What Wagtail's editor may not do to courses: take away what somebody studies."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from training.models import CourseStudy


def keep_what_somebody_studies(request, page, destination=None):
    """Refuse to delete or move a page below which somebody's study hangs."""
    if not CourseStudy.objects.below(page).exists():
        return None
    messages.error(
        request,
        _("Somebody studies this page, so it can be neither deleted nor moved. Unpublish it."),
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def keep_all_that_somebody_studies(request, action_type, objects, action):
    """The same for pages that are deleted or moved together."""
    pages = objects if action_type in {"delete", "move"} and action.models == [Page] else []
    refusals = (keep_what_somebody_studies(request, page) for page in pages)
    return next((refusal for refusal in refusals if refusal), None)
