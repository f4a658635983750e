"""The life of a write-up of a case: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class StudyState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    EDITING = "editing", _("being edited")
    RETURNED = "returned", _("returned to the author")
    DECLINED = "declined", pgettext_lazy("case study", "declined")
    ADOPTED = "adopted", _("adopted, not published")
    PROPOSED = "proposed", _("proposed for publication")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn from the public")


S = StudyState
# The author writes in these, the editors in those.
WRITING = [S.DRAFT, S.RETURNED]
REDACTING = [S.EDITING, S.ADOPTED, S.WITHDRAWN]
ADOPTED = [S.ADOPTED, S.PROPOSED, S.PUBLISHED, S.WITHDRAWN]


@guard(_("Write what happened, how you mediated, and how it ended."))
def the_story_is_told(study, today):
    return all(text.strip() for text in (study.title, study.facts, study.process, study.outcome))


def nothing_certain_identifies(study, today):
    """Name every part of the text that certainly tells who somebody is."""
    return [
        gettext("“%(text)s” in “%(section)s” tells who somebody is. Take it out.")
        % {"text": mark.text, "section": label}
        for label, mark in study.marks()
        if mark.is_certain
    ]


def what_may_identify_was_looked_at(study, today):
    """Name every part of the text that may tell who somebody is and that nobody has confirmed."""
    return [
        gettext("“%(text)s” in “%(section)s” may tell who somebody is. Change or confirm it.")
        % {"text": mark.text, "section": label}
        for label, mark in study.unconfirmed_marks()
    ]


CASE_STUDY = Flow(
    Step(
        "submit",
        _("Submit"),
        WRITING,
        S.SUBMITTED,
        the_story_is_told,
        nothing_certain_identifies,
    ),
    Step("edit", _("Begin to edit"), S.SUBMITTED, S.EDITING),
    Step("return", _("Return to the author"), [S.SUBMITTED, S.EDITING], S.RETURNED),
    Step("decline", pgettext_lazy("case study", "Decline"), [S.SUBMITTED, S.EDITING], S.DECLINED),
    Step("adopt", _("Adopt"), S.EDITING, S.ADOPTED, the_story_is_told),
    Step(
        "propose",
        _("Propose for publication"),
        [S.ADOPTED, S.WITHDRAWN],
        S.PROPOSED,
        the_story_is_told,
        nothing_certain_identifies,
        what_may_identify_was_looked_at,
    ),
    Step("hold", _("Not to be published yet"), S.PROPOSED, S.ADOPTED),
    Step(
        "publish",
        _("Publish"),
        S.PROPOSED,
        S.PUBLISHED,
        nothing_certain_identifies,
        what_may_identify_was_looked_at,
    ),
    Step("withdraw", _("Withdraw from the public"), S.PUBLISHED, S.WITHDRAWN),
    editable=[*WRITING, *REDACTING],
)
