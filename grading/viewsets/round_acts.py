"""What a bureau does with a round before and after the judging."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.actions import rounds
from grading.flows import ROUND, RoundState
from grading.forms.rounds import ExtendForm, WindowsForm
from office.desk.acts import Act, step
from office.desk.history import name_acts_of, name_facts

name_acts_of(
    "grading.gradinground",
    set_window=gettext_lazy("Set a window"),
    set_levels=gettext_lazy("Choose the levels"),
    extend=gettext_lazy("Make a window longer"),
)
name_acts_of(
    "grading.application",
    begin=gettext_lazy("Begin"),
    nominate=gettext_lazy("Nominate"),
    attach=gettext_lazy("Add a document"),
    remove_paper=gettext_lazy("Take a paper out"),
)
name_facts(
    levels=(gettext_lazy("Levels"), ()),
    window_of=(gettext_lazy("Level"), ()),
    opens_on=(gettext_lazy("First day"), ()),
    closes_on=(gettext_lazy("Last day"), ()),
    extended_to=(gettext_lazy("Extended to"), ()),
)


def is_draft(grading_round):
    return grading_round.state == RoundState.DRAFT


def is_open(grading_round):
    return grading_round.state == RoundState.OPEN


def extend(pk, *, level, **given):
    """Make longer the window of a level that the form offered for this round."""
    return rounds.extend_window(level.pk, **given)


def effects_of_opening(grading_round, today):
    return [
        _("%(level)s may be applied for from %(first)s to %(last)s.")
        % {
            "level": level.label,
            "first": date_format(level.opens_on),
            "last": date_format(level.last_day),
        }
        for level in grading_round.levels.all()
    ] + [_("Levels and first days can no longer be changed; a window can be made longer.")]


def effects_of_closing(grading_round, today):
    return [
        _("Nothing more can be handed in."),
        _("What was begun and not handed in stays begun and is not judged."),
    ]


SETTING_UP = [
    Act(
        name="windows",
        label=gettext_lazy("Set the windows"),
        take=rounds.set_windows,
        permission="change",
        form_class=WindowsForm,
        offered=is_draft,
        icon="calendar-alt",
    ),
    step(ROUND, "open", rounds.open_round, consequences=effects_of_opening),
    Act(
        name="extend",
        label=gettext_lazy("Make a window longer"),
        take=extend,
        permission="extend",
        form_class=ExtendForm,
        offered=is_open,
        icon="calendar-alt",
    ),
    step(ROUND, "review", rounds.review_round, consequences=effects_of_closing, icon="lock"),
]
ENDING = [
    step(ROUND, "archive", rounds.archive_round, icon="folder"),
    step(ROUND, "abandon", rounds.abandon_round, icon="cross", grave=True),
]
