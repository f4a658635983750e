"""Who signs the papers of the register."""

from registry.models import Division, DivisionLevel
from registry.rules import enclosing

SIGNING = [DivisionLevel.COUNTY, DivisionLevel.CITY]


def bureau_of(division_id):
    """Return the bureau that decides for a division: of its county, or of its city."""
    places = Division.objects.filter(pk__in=enclosing(division_id), level__in=SIGNING)
    nearest = places.order_by("-pk").first()
    return f"{nearest.name}司法局" if nearest else "司法局"


def on_paper(day):
    """Return a day as official papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"
