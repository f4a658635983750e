"""How far a round or a review is, on its page."""

from django.utils.translation import gettext as _

from grading.reports.roads import road_of
from office.desk.columns import Section


def road_section(record, road, standing, notes=()):
    """How far the record is on its road, how many wait at each station, and what it hides."""
    return Section(
        name="road",
        heading=_("How far it is"),
        icon="order",
        template="grading/desk/round_road.html",
        context={"stations": road_of(record, road, standing), "notes": notes},
    )
