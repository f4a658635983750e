"""The way back from a mediator's own pages."""

from django.urls import reverse
from django.utils.translation import gettext as _


def own_crumbs(label, *between):
    """Return the crumbs of one's own page: from "my page" over ``between`` to ``label``."""
    return [{"url": reverse("my_page"), "label": _("My page")}, *between, {"label": label}]


def exam_crumbs(label, exam=None, *further):
    """Return the crumbs to a page of one's own exams; ``exam`` is the one the page belongs to."""
    between = [{"label": _("My exams"), "url": reverse("my_exams")}]
    if exam is not None:
        between.append({"label": exam.title, "url": reverse("my_exam", args=[exam.pk])})
    return own_crumbs(label, *between, *further)
