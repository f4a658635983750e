"""The life of a version of a rule set: put together, put into force by a second officer, ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class VersionState(models.TextChoices):
    # The text of another place: it holds nowhere, a draft is made from it.
    TEMPLATE = "template", _("template")
    DRAFT = "draft", _("draft")
    ACTIVE = "active", _("in force")
    RETIRED = "retired", _("end set")
    ABANDONED = "abandoned", _("abandoned")


@guard(_("The day from which it is in force is not typed in."))
def begins_on_a_day(version, today):
    return version.effective_from is not None


class Fault(str):
    """A sentence with the path of the place it is about; the two are kept beside it."""

    __slots__ = ("path", "sentence")

    def __new__(cls, path, sentence):
        made = super().__new__(cls, f"{path}：{sentence}")
        made.path, made.sentence = path, sentence
        return made


def nothing_is_open(version, today):
    """Give a sentence with its path for everything the rule set leaves open."""
    return [Fault(path, sentence) for path, sentence in version.blockers()]


@guard(_("The rule set it takes over from is a draft or was given up; put that into force first."))
def its_parent_is_settled(version, today):
    return version.parent_id is None or version.parent.is_settled


@guard(_("Another version of this scheme begins on the same day or later."))
def none_begins_later(version, today):
    return not any(one.effective_from >= version.effective_from for one in version.rivals())


@guard(_("On days before today another version was in force; begin today or later."))
def the_past_stays(version, today):
    begins = version.effective_from
    if begins is None or begins >= today:
        return True
    return not any(one.effective_from < today for one in version.rivals())


def rules_on(version, today):
    """Whether a version is what the scheme says on a day."""
    ended = version.effective_until is not None and version.effective_until <= today
    return version.state == VersionState.ACTIVE and version.effective_from <= today and not ended


S = VersionState
SCHEME_VERSION = Flow(
    Step("activate", _("Put into force"), S.DRAFT, S.ACTIVE, begins_on_a_day, nothing_is_open,
         its_parent_is_settled, none_begins_later, the_past_stays),
    Step("retire", _("End"), S.ACTIVE, S.RETIRED),
    Step("abandon", _("Abandon"), S.DRAFT, S.ABANDONED),
    editable=[S.DRAFT],
)  # fmt: skip
# It answers for its days, now or ever after.
RULING = [S.ACTIVE, S.RETIRED]
# Its text is what it is for good.
SETTLED = [S.TEMPLATE, *RULING]
