"""One life in the width of a column: bars on an axis that all rows of a table share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from generator.charts.timeline import HEIGHTS, Bar, Scale, _n, _pattern

WIDTH, HEIGHT = 176, 16
LEAST = 3
"""So many units wide is the shortest bar, so that a life of one month is seen."""
HATCH = "lifeline"


@dataclass(frozen=True)
class Axis:
    """The days that the column spans: from the first of the list to the day of the page."""

    first: date
    last: date

    @property
    def scale(self) -> Scale:
        return Scale(0, WIDTH, self.first, self.last)


def hatch_svg() -> Markup:
    """The pattern that the bars of a page share, in a drawing that takes no room."""
    return Markup(f'<svg aria-hidden="true" width="0" height="0">{_pattern(HATCH)}</svg>')


def lifeline_svg(bars: tuple[Bar, ...], axis: Axis, label: str) -> Markup:
    """The bars of one row. `label` says the same in words."""
    places = _places(bars, axis.scale)
    drawn = "".join(_bar(bar, left, right) for bar, (left, right) in zip(bars, places, strict=True))
    return Markup(f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">{drawn}</svg>')


def _places(bars: tuple[Bar, ...], scale: Scale) -> list[tuple[float, float]]:
    """From where to where each bar goes: none shorter than the least, none over its neighbour or the edge."""
    places: list[tuple[float, float]] = []
    at = 0.0
    for bar in bars:
        left = max(scale.at(bar.start), at)
        at = max(scale.at(bar.end or scale.end), left + LEAST)
        places.append((left, at))
    edge = scale.right
    for number, (left, right) in reversed(list(enumerate(places))):
        right = min(right, edge)
        edge = max(min(left, right - LEAST), 0)
        places[number] = (edge, right)
    return places


def _bar(bar: Bar, left: float, right: float) -> str:
    middle, wide = HEIGHT / 2, right - left
    fill = f' fill="url(#{HATCH})"' if bar.shape == "provisional" else ""
    if bar.shape not in HEIGHTS:
        return f'<path class="b-{bar.shape}" d="M{_n(left)} {_n(middle)}h{_n(wide)}"/>'
    high = HEIGHTS[bar.shape][bar.thin]
    box = f"M{_n(left)} {_n(middle - high / 2)}h{_n(wide)}v{_n(high)}h-{_n(wide)}z"
    return f'<path class="b-{bar.shape}"{fill} d="{box}"/>'
