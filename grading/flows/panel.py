"""The life of a panel and of one member's reading: who reads blind, when scores are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.flow import Flow, Step, guard


class PanelState(models.TextChoices):
    DRAFT = "draft", _("being put together")
    SITTING = "sitting", _("reading, each member alone")
    REVEALED = "revealed", _("scores shown")
    CLOSED = "closed", _("closed")


class ReadingState(models.TextChoices):
    OPEN = "open", _("to be read")
    SUBMITTED = "submitted", pgettext_lazy("reading", "handed in")
    ABSTAINED = "abstained", _("abstained")
    # The member is recused after all, or was replaced: what was given is kept and does not count.
    DROPPED = "dropped", _("taken back")


def its_seats_are_filled(panel, today):
    """Give a sentence for all by which the members do not make a panel of the rule."""
    return panel.seat_faults(today)


def its_settings_are_decided(panel, today):
    """Name the settings that the bureau has to decide before anybody reads."""
    return panel.undecided()


def its_quorum_can_be_reached(panel, today):
    """Give the sentence that bars a panel with fewer members than the rule's quorum."""
    return panel.quorum_faults(today)


# Before that nobody is found eligible for good: a reading would end with nothing read.
@guard(_("The round is not being scored."))
def its_round_is_being_scored(panel, today):
    return panel.grading_round.state == "scoring"


def enough_have_read(panel, today):
    """Give the sentence that bars a panel of which fewer than the quorum have read."""
    return panel.too_few_readers()


@guard(_("A reading is not in yet."))
def every_reading_is_in(panel, today):
    return not panel.readings.open().exists()


@guard(_("An application has fewer readings than the panel owes it."))
def everything_is_read(panel, today):
    return not panel.unread().exists()


def every_sheet_can_be_read(panel, today):
    """Name the sheets that were handed in and cannot be read."""
    return panel.malformed()


@guard(_("The readings of an application are too far apart; a third reading is needed."))
def nothing_waits_for_a_third(panel, today):
    return not panel.apart()


@guard(_("The results are not confirmed yet."))
def its_round_is_over(panel, today):
    return panel.grading_round.state in ("confirmed", "archived")


P = PanelState
PANEL = Flow(
    Step("convene", _("Convene the panel"), P.DRAFT, P.SITTING, its_seats_are_filled,
         its_settings_are_decided, its_quorum_can_be_reached),
    Step("reveal", _("End the reading and show the scores"), P.SITTING, P.REVEALED,
         its_round_is_being_scored, every_reading_is_in, everything_is_read, enough_have_read,
         every_sheet_can_be_read, nothing_waits_for_a_third),
    Step("close", _("Close"), P.REVEALED, P.CLOSED, its_round_is_over),
    editable=[P.DRAFT],
)  # fmt: skip


@guard(_("The panel does not read now."))
def its_panel_sits(reading, today):
    return reading.panel.state == PanelState.SITTING


def the_sheet_is_whole(reading, today):
    """Give every fault of the sheet."""
    return reading.faults()


R = ReadingState
READING = Flow(
    Step("submit", _("Hand in the sheet"), R.OPEN, R.SUBMITTED, its_panel_sits, the_sheet_is_whole),
    Step("abstain", _("Abstain"), R.OPEN, R.ABSTAINED, its_panel_sits),
    Step("drop", _("Take back"), [R.OPEN, R.SUBMITTED, R.ABSTAINED], R.DROPPED, its_panel_sits),
    editable=[R.OPEN],
)
