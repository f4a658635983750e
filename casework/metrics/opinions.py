"""Opinions of parties as a source of figures: those with a mark, of cases that count."""

from django.utils.translation import gettext_lazy as _

from casework.metrics.sources import Source, add_source, paths_of_case
from casework.models import Opinion


def _opinions():
    return Opinion.objects.counting()


OPINIONS = Source(
    name="opinions",
    label=_("opinions of parties"),
    rows=_opinions,
    paths=paths_of_case("case__", "case__shares__"),
)
add_source(OPINIONS)
