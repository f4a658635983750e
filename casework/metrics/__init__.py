"""The figures of casework: one catalogue, counted in SQL, for whoever needs figures."""

from casework.metrics.catalogue import (
    METRICS,
    Metric,
    Tally,
    Unit,
    add_metric,
    add_tally,
    metrics_named,
)
from casework.metrics.figures import Figure, Figures, figures, rounded
from casework.metrics.measuring import FILTERS, PER, PERMISSION, Measuring, measure
from casework.metrics.opinions import OPINIONS
from casework.metrics.sources import SOURCES, Source, add_source, paths_of_case
from casework.metrics.writeups import WRITEUPS

__all__ = [
    "FILTERS",
    "METRICS",
    "OPINIONS",
    "PER",
    "PERMISSION",
    "SOURCES",
    "WRITEUPS",
    "Figure",
    "Figures",
    "Measuring",
    "Metric",
    "Source",
    "Tally",
    "Unit",
    "add_metric",
    "add_source",
    "add_tally",
    "figures",
    "measure",
    "metrics_named",
    "paths_of_case",
    "rounded",
]
