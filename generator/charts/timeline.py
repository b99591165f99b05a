"""Bars and dots on an axis of years: words and days, no record and no kind.

Each timeline is drawn twice, for wide pages and for phones, so that letters keep their size; the stylesheet
shows one of the two. Colours are classes: the page's variables decide them, in light and dark.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date
from functools import lru_cache
from itertools import groupby
from typing import Literal

from markupsafe import Markup, escape

Shape = Literal[
    "negotiating",
    "paused",
    "concluded",
    "signed",
    "perhaps",
    "provisional",
    "full",
    "ended",
    "unknown",
    "programme",
    "dialogue",
    "activity",
    "planned",
]
DotShape = Literal["number", "activity", "meeting"]
Sample = Shape | DotShape | Literal["thin", "tail", "unsure-number", "unsure-activity"]


@dataclass(frozen=True)
class Bar:
    """A stretch of days; without an end it goes on to today. Thin: the day of its beginning or end is not known."""

    start: date
    end: date | None
    shape: Shape
    thin: bool = False


@dataclass(frozen=True)
class Dot:
    """One day. A number shows its label, the other shapes tell it where the pointer rests."""

    day: date
    label: str
    unsure: bool = False
    shape: DotShape = "activity"


@dataclass(frozen=True)
class Lane:
    """One line of the drawing. `tail`: its end is not known; `head`: nor its beginning."""

    label: str
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()
    href: str | None = None
    tail: bool = False
    head: bool = False


@dataclass(frozen=True)
class Group:
    """Lanes under a heading; an empty title draws none."""

    title: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True)
class Timeline:
    """All that is drawn. The axis runs over whole years, from that of `first` to that of `last`."""

    label: str
    """What the drawing shows, for those who don't see it."""
    groups: tuple[Group, ...]
    first: date
    last: date
    today: date

    @property
    def shows_today(self) -> bool:
        return self.first.year <= self.today.year <= self.last.year

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return tuple(lane for group in self.groups for lane in group.lanes)


@dataclass(frozen=True)
class Frame:
    """The measures of one drawing, in units that are about a pixel."""

    name: str
    width: int
    letter: float
    line: int
    """From one line of a label to the next."""
    pitch: int
    """The least height of a lane: two links need 24 pixels between them."""
    column: int
    """The widest that labels beside the bars may be; 0 puts them above."""
    lines: int
    """The most lines of a label."""
    tail: int
    tick: int
    """The least distance between two years that are named."""


NARROW = Frame("narrow", 358, 13, 16, 26, 0, 2, 34, 52)


def timeline_svg(timeline: Timeline, prefix: str, width: int = 760) -> Markup:
    """Both drawings. `prefix` begins the ids in them and must be the page's only one."""
    wide = Frame("wide", width, 13.5, 16, 28, 236 if width < 1000 else 290, 3, 50, 44)
    return Markup("\n").join(_drawing(timeline, frame, f"{prefix}-{frame.name}") for frame in (wide, NARROW))


# -- the axis

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
"""Years from one that is named to the next."""
EDGE = 10
"""Room for half a dot at either end."""
TALL = 20
"""Above more lanes than these the years are named too."""


@dataclass(frozen=True)
class Scale:
    """Days to units: the first day of the first year stands at `left`."""

    left: float
    right: float
    first: date
    end: date

    def at(self, day: date) -> float:
        """Where a day stands; what lies outside stands at the edge."""
        part = (day - self.first).days / (self.end - self.first).days
        return round(self.left + min(max(part, 0), 1) * (self.right - self.left), 1)


def scale_of(timeline: Timeline, frame: Frame, left: float) -> Scale:
    """The axis, with room at its right edge for the tails that begin near it."""
    first = date(timeline.first.year, 1, 1)
    end = date(timeline.last.year + 1, 1, 1) if timeline.last.year < MAXYEAR else date.max
    scale = Scale(left, frame.width - EDGE, first, end)
    over = [scale.at(lane.bars[-1].end or timeline.today) for lane in timeline.lanes if lane.tail and lane.bars]
    room = max([*over, 0]) + frame.tail + 16 - frame.width + EDGE
    return replace(scale, right=scale.right - max(room, 0))


def years_of(scale: Scale, least: float) -> tuple[int, ...]:
    """The years that are named: every one, second, fifth … as the room allows."""
    first, end = scale.first.year, scale.end.year
    unit = (scale.right - scale.left) / max(end - first, 1)
    step = next((step for step in STEPS if step * unit >= least), STEPS[-1])
    return tuple(year for year in range(first, end + 1) if year % step == 0)


# -- one drawing


def _drawing(timeline: Timeline, frame: Frame, id: str) -> Markup:
    labels = [wrapped(lane.label, frame) for lane in timeline.lanes]
    left = EDGE
    if frame.column:
        longest = max((width_of(line, frame.letter) for lines, _ in labels for line in lines), default=0)
        left = round(min(longest, frame.column) + 16)
    scale = scale_of(timeline, frame, left)
    top = 22 if len(labels) > TALL else 4
    parts, top, bottom = _groups(timeline, labels, scale, frame, top, id)
    years = _years(timeline, scale, frame, top, bottom)
    role = "group" if any(lane.href for lane in timeline.lanes) else "img"
    pattern = _pattern(id) if any(bar.shape == "provisional" for lane in timeline.lanes for bar in lane.bars) else ""
    return Markup(
        f'<svg class="chart-{frame.name}" viewBox="0 0 {frame.width} {bottom + 18}" role="{role}" '
        f'aria-label="{escape(timeline.label)}">{pattern}{years}\n' + "\n".join(parts) + "</svg>"
    )


def _groups(
    timeline: Timeline, labels: list[Label], scale: Scale, frame: Frame, y: int, id: str
) -> tuple[list[str], int, int]:
    """All lanes, and from where to where the lines of the years run: below numbers that stand above all."""
    parts: list[str] = []
    top, waiting = y, iter(labels)
    for group in timeline.groups:
        if group.title:
            y += 6 if parts else 0
            rule = f'<path class="rule" d="M0 {y}H{frame.width}"/>'
            parts.append(f'{rule}<text class="head" x="0" y="{y + 18}">{escape(group.title)}</text>')
            y += 26
        for lane in group.lanes:
            drawn, height = _lane(lane, next(waiting), scale, frame, timeline.today, y, id)
            y += height
            top = top if lane.label or parts else y
            parts.append(drawn)
    return parts, top, y


def _years(timeline: Timeline, scale: Scale, frame: Frame, top: int, bottom: int) -> str:
    """Lines and names of years, and the line of today."""
    places = [(year, scale.at(date(year, 1, 1))) for year in years_of(scale, frame.tick)]
    lines = "".join(f"M{_n(x)} {top}V{bottom}" for _, x in places)
    rows = (bottom + 14, top - 8) if len(timeline.lanes) > TALL else (bottom + 14,)
    names = "".join(
        f'<text x="{_n(min(max(x, 15), frame.width - 15))}" y="{y}">{year}</text>' for y in rows for year, x in places
    )
    now = f'<path class="today" d="M{_n(scale.at(timeline.today))} {top}V{bottom}"/>' if timeline.shows_today else ""
    return f'<g class="axis" aria-hidden="true"><path d="{lines}"/>{names}{now}</g>'


Label = tuple[tuple[str, ...], bool]
"""The lines of a label, and whether something was left out."""


def _lane(lane: Lane, label: Label, scale: Scale, frame: Frame, today: date, y: int, id: str) -> tuple[str, int]:
    """One lane and its height."""
    text = len(label[0]) * frame.line
    step = SPREAD[lane.dots[0].shape] if lane.dots else 0
    levels = stacked([scale.at(dot.day) for dot in lane.dots], step)
    dots = (max(levels) + 1) * step + 6 if levels else 0
    numbers = bool(lane.dots) and not lane.label
    if frame.column:
        top, height, gap = y, max(0 if numbers else frame.pitch, dots, text + 8), 0
    else:
        top, height, gap = y + text, max(0 if numbers else 18, dots), 4
    bottom = top + height
    middle = bottom - (step / 2 + 3 if numbers or max(levels, default=0) else height / 2)
    drawn = _label(lane, label, frame, middle if frame.column else y + text / 2)
    drawn += _bars(lane, scale, today, middle, id) + _ends(lane, scale, frame, today, middle)
    return drawn + _dots(lane.dots, levels, scale, middle, bottom), bottom + gap - y


def _label(lane: Lane, label: Label, frame: Frame, middle: float) -> str:
    lines, cut = label
    if not lines:
        return ""
    first = middle - len(lines) * frame.line / 2 + frame.line - 4
    places = [(line, _n(first + number * frame.line)) for number, line in enumerate(lines)]
    spans = "".join(f'<tspan x="0" y="{y}">{escape(line)}</tspan>' for line, y in places)
    text = f"<text>{spans}</text>" if len(lines) > 1 else f'<text x="0" y="{places[0][1]}">{escape(lines[0])}</text>'
    whole = f"<title>{escape(lane.label)}</title>" if cut else ""
    if lane.href is None:
        return f"<g>{whole}{text}</g>" if whole else text
    return f'<a href="{escape(lane.href)}">{whole}{text}</a>'


# -- bars

HEIGHTS: dict[Shape, tuple[float, float]] = {
    "signed": (11, 4),
    "perhaps": (11, 4),
    "provisional": (11, 4),
    "full": (12, 4),
    "ended": (3, 2),
    "programme": (11, 4),
    "dialogue": (5, 2),
    "activity": (4, 4),
}
"""Shapes that fill a height, and how high they are when thin; the others are lines."""


def _bars(lane: Lane, scale: Scale, today: date, middle: float, id: str) -> str:
    """Neighbours of one shape make one path."""
    parts = []
    for shape, bars in groupby(lane.bars, key=lambda bar: bar.shape):
        path = "".join(_bar(bar, scale, today, middle) for bar in bars)
        fill = f' fill="url(#{escape(id)})"' if shape == "provisional" else ""
        parts.append(f'<path class="b-{shape}"{fill} d="{path}"/>')
    return "".join(parts)


def _bar(bar: Bar, scale: Scale, today: date, middle: float) -> str:
    left, right = scale.at(bar.start), scale.at(bar.end or today)
    wide = max(right - left, 2)
    if bar.shape not in HEIGHTS:
        return f"M{_n(left)} {_n(middle)}h{_n(wide)}"
    high = HEIGHTS[bar.shape][bar.thin]
    return f"M{_n(left)} {_n(middle - high / 2)}h{_n(wide)}v{_n(high)}h-{_n(wide)}z"


def _ends(lane: Lane, scale: Scale, frame: Frame, today: date, middle: float) -> str:
    """The dashed ends of what has no known end or beginning, each with its question mark."""
    drawn = ""
    if lane.bars and lane.tail:
        x = scale.at(lane.bars[-1].end or today)
        drawn += f'<path class="b-tail" d="M{_n(x)} {_n(middle)}h{frame.tail}"/>'
        drawn += f'<text class="q" x="{_n(x + frame.tail + 4)}" y="{_n(middle + 4.5)}">?</text>'
    if lane.bars and lane.head:
        x = scale.at(lane.bars[0].start)
        room = min(frame.tail, max(x - scale.left - 10, 0))
        drawn += f'<path class="b-tail" d="M{_n(x - room)} {_n(middle)}h{_n(room)}"/>'
        drawn += f'<text class="q" x="{_n(x - room - 9)}" y="{_n(middle + 4.5)}">?</text>'
    return drawn


def _pattern(id: str) -> str:
    return (
        f'<pattern id="{escape(id)}" class="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0V5"/></pattern>'
    )


# -- dots

SPREAD: dict[DotShape, int] = {"number": 19, "activity": 13, "meeting": 13}
"""How far apart the middles of two dots must be."""


def stacked(places: Iterable[float], apart: float) -> tuple[int, ...]:
    """The level of each place, from the bottom up, so that no two of a level are nearer than `apart`."""
    ends: list[float] = []
    levels: dict[int, int] = {}
    for number, place in sorted(enumerate(places), key=lambda pair: (pair[1], pair[0])):
        level = next((level for level, end in enumerate(ends) if place >= end), len(ends))
        ends[level : level + 1] = [place + apart]
        levels[number] = level
    return tuple(levels[number] for number in sorted(levels))


def _dots(dots: tuple[Dot, ...], levels: tuple[int, ...], scale: Scale, middle: float, bottom: float) -> str:
    if not dots:
        return ""
    placed = [
        (dot, scale.at(dot.day), middle - level * SPREAD[dot.shape]) for dot, level in zip(dots, levels, strict=True)
    ]
    stems = "".join(f"M{_n(x)} {_n(y)}V{_n(bottom)}" for dot, x, y in placed if dot.shape == "number")
    lines = f'<path class="stem" d="{stems}"/>' if stems else ""
    return f'<g aria-hidden="true">{lines}' + "".join(_dot(dot, x, y) for dot, x, y in placed) + "</g>"


def _dot(dot: Dot, x: float, y: float) -> str:
    name = "d-unsure" if dot.unsure else f"d-{dot.shape}"
    if dot.shape == "number":
        circle = f'<circle class="{name}" cx="{_n(x)}" cy="{_n(y)}" r="8.6"/>'
        return f'{circle}<text class="t-{name}" x="{_n(x)}" y="{_n(y + 4.2)}">{escape(dot.label)}</text>'
    title = f"<title>{escape(dot.label)}</title>" if dot.label else ""
    return f'<path class="{name}" d="M{_n(x)} {_n(y - 6)}l5 6-5 6-5-6z">{title}</path>'


# -- the key

SAMPLES: dict[Sample, str] = {
    "negotiating": '<path class="b-negotiating" d="M3 8h22"/>',
    "paused": '<path class="b-paused" d="M3 8h22"/>',
    "concluded": '<path class="b-concluded" d="M1 8h26"/>',
    "signed": '<path class="b-signed" d="M1 2.5h26v11h-26z"/>',
    "perhaps": '<path class="b-perhaps" d="M1 2.5h26v11h-26z"/>',
    "full": '<path class="b-full" d="M0 2h28v12h-28z"/>',
    "ended": '<path class="b-ended" d="M0 6.5h28v3h-28z"/>',
    "unknown": '<path class="b-unknown" d="M0 8h28"/>',
    "programme": '<path class="b-programme" d="M0 2.5h28v11h-28z"/>',
    "dialogue": '<path class="b-dialogue" d="M0 5.5h28v5h-28z"/>',
    "planned": '<path class="b-planned" d="M0 8h28"/>',
    "number": '<circle class="d-number" cx="14" cy="8" r="7"/>',
    "activity": '<path class="d-activity" d="M14 2l5 6-5 6-5-6z"/>',
    "meeting": '<path class="d-meeting" d="M14 2l5 6-5 6-5-6z"/>',
    "unsure-number": '<circle class="d-unsure" cx="14" cy="8" r="6.5"/>',
    "unsure-activity": '<path class="d-unsure" d="M14 2l5 6-5 6-5-6z"/>',
    "thin": '<path class="b-any" d="M0 6h12v4h-12zM12 2.5h16v11h-16z"/>',
    "tail": '<path class="b-any" d="M0 2.5h10v11h-10z"/><path class="b-tail" d="M10 8h18"/>',
}


@lru_cache(maxsize=64)
def key_svg(sample: Sample, prefix: str) -> Markup:
    """The small drawing of a shape in the key."""
    id = f"{prefix}-key"
    if sample == "provisional":
        inside = f'{_pattern(id)}<path class="b-provisional" fill="url(#{escape(id)})" d="M1 2.5h26v11h-26z"/>'
    else:
        inside = SAMPLES[sample]
    return Markup(f'<svg aria-hidden="true" viewBox="0 0 28 16" width="28" height="16">{inside}</svg>')


# -- letters


def wrapped(text: str, frame: Frame) -> Label:
    """A label in as many lines as it needs and may have; what is too long ends in «…»."""
    room = frame.column or frame.width
    lines: list[str] = []
    words = text.split()
    while words:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", frame.letter) <= room:
            line = f"{line} {words.pop(0)}"
        if len(lines) == frame.lines - 1 and words:
            return (*lines, _cut(f"{line}…", room, frame.letter)), True
        fits = _cut(line, room, frame.letter)
        lines.append(fits)
        if fits != line:
            return tuple(lines), True
    return tuple(lines), False


def _cut(line: str, room: float, size: float) -> str:
    while len(line) > 1 and width_of(line, size) > room:
        line = line.removesuffix("…")[:-1].rstrip() + "…"
    return line


LETTERS = (
    (frozenset(" .,:;'’|!ijlIíì"), 0.27),
    (frozenset("ft()[]-r/"), 0.35),
    (frozenset("sczxvykeJLFYEST"), 0.51),
    (frozenset("mMWw%@—…"), 0.87),
)
"""How wide the letters of the page are that differ from the rest, in parts of their size."""


def width_of(text: str, size: float) -> float:
    """About how wide a text is; rather too much than too little."""
    return size * sum(map(_letter, text))


@lru_cache(maxsize=1024)
def _letter(letter: str) -> float:
    known = next((width for letters, width in LETTERS if letter in letters), None)
    if known is not None:
        return known
    return 1.0 if ord(letter) > 0x2FFF else 0.65 if letter.isupper() else 0.56


@lru_cache(maxsize=8192)
def _n(value: float) -> str:
    """A number as short as it can be."""
    return f"{value:.1f}".removesuffix(".0")
