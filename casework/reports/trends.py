"""Months side by side: bars of cases accepted and succeeded, lines of shares, drawn as SVG."""

from dataclasses import dataclass
from datetime import date

from casework.metrics import Figure, figures
from casework.rules.windows import months_up_to
from registry.rules import months_later

LINES = ["success_rate", "written_share", "fulfilment"]
ASKED = ["accepted", "succeeded", *LINES]
WIDTH, HEIGHT = 560, 190
LEFT, TOP = 44, 14
MONTHS = [12, 24, 36]


@dataclass(frozen=True)
class Month:
    """A month: its figures, and where its bars stand in the drawing."""

    first: date
    figures: dict
    x: float
    accepted: float
    succeeded: float
    is_named: bool

    @property
    def shown(self):
        return list(self.figures.values())


@dataclass(frozen=True)
class Curve:
    """A share over the months, in pieces: a month without a value interrupts it."""

    metric: object
    number: int
    pieces: list
    dots: list


@dataclass(frozen=True)
class Trend:
    """The months with all it takes to draw them; heights grow downwards."""

    months: list
    curves: list
    step: float
    most: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP

    @property
    def right(self):
        return self.width - 4

    @property
    def base(self):
        return self.height + self.top

    @property
    def middle(self):
        return self.top + self.height / 2

    @property
    def bar(self):
        return round(self.step * 0.4, 1)

    @property
    def is_empty(self):
        return not any(month.figures["accepted"].numerator for month in self.months)

    @property
    def metrics(self):
        return [figure.metric for figure in self.months[0].shown]


def trend(count, *, today, **asked):
    """Return the ``Trend`` of so many months up to today; the rest as with ``measure``."""
    window = months_up_to(today, count)
    found = figures(ASKED, per="month", window=window, **asked)
    firsts = [months_later(window.from_on, number) for number in range(count)]
    by_month = [found.of(first) for first in firsts]
    most = max(1, *(told["accepted"].numerator for told in by_month))
    step = round((WIDTH - LEFT - 4) / count, 2)
    months = [
        Month(
            first=first,
            figures=told,
            x=round(LEFT + place * step, 1),
            accepted=_height(told["accepted"], most),
            succeeded=_height(told["succeeded"], most),
            is_named=first.month in ((1, 4, 7, 10) if count == MONTHS[0] else (1, 7)),
        )
        for place, (first, told) in enumerate(zip(firsts, by_month, strict=True))
    ]
    curves = [_curve(name, number, months, step) for number, name in enumerate(LINES, start=1)]
    return Trend(months, curves, step, most)


def _height(figure, most):
    return round(figure.numerator * HEIGHT / most, 1)


def _curve(name, number, months, step):
    pieces, dots = [[]], []
    for month in months:
        figure: Figure = month.figures[name]
        if figure.exact is None:
            pieces.append([])
            continue
        x = round(month.x + step / 2, 1)
        y = round(TOP + HEIGHT * (1 - float(figure.exact)), 1)
        pieces[-1].append(f"{x},{y}")
        dots.append((x, y, month.first, figure.shown))
    return Curve(
        months[0].figures[name].metric, number, [" ".join(p) for p in pieces if len(p) > 1], dots
    )
