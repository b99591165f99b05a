"""Site-level charts: Vega-Lite specs, drawn at build time, cleaned so that the stylesheet alone colours them.

What comes out of Vega carries colours, fonts and roles as attributes. The page forbids inline styles and has two
colour schemes, so everything but geometry is dropped and each layer gets a class instead. The drawing is one image
with a name; its numbers stand in a table beside it. Each is made for the width of a phone and grows little, so that
its letters keep their size on every screen.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import vl_convert
from markupsafe import Markup, escape

WIDTH = 360
"""Units across: a phone's width without its margins."""
ROW, THICK = 40, 11
"""The height of a row of bars, and of the bar in it; the words stand above the bar."""
HEIGHT = 150
"""The height of columns without their axis."""


@dataclass(frozen=True)
class ValueBar:
    """A number with its words: left the name, right the value as the table has it."""

    name: str
    value: float
    shown: str
    unsure: bool = False
    """Drawn as an outline."""


@dataclass(frozen=True)
class Bars:
    """Bars from zero, one under the other. `longest` is the number that takes the whole width, `least` the lowest."""

    title: str
    bars: tuple[ValueBar, ...]
    longest: float
    least: float = 0


@dataclass(frozen=True)
class Columns:
    """A number for each year, from left to right; years without one stay empty."""

    title: str
    years: tuple[tuple[int, int], ...]


@lru_cache(maxsize=256)
def bars_svg(chart: Bars) -> Markup:
    """Bars as an inline SVG."""
    rows = [
        {"n": n, "name": bar.name, "value": bar.value, "shown": bar.shown, "unsure": bar.unsure}
        for n, bar in enumerate(chart.bars)
    ]
    scale = {"domain": [min(chart.least, 0), max(chart.longest, 0)], "nice": False, "zero": True}
    across = {"field": "value", "type": "quantitative", "scale": scale, "axis": None}
    bar = {"type": "bar", "height": THICK, "yOffset": (ROW - THICK) / 2 - 3}
    words = {"type": "text", "baseline": "middle", "dy": -7}
    spec = {
        "data": {"values": rows},
        "width": WIDTH,
        "height": ROW * len(rows),
        "encoding": {
            "y": {"field": "n", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}
        },
        "layer": [
            _layer("track", {**bar, "height": 1}, x={"value": 0}, x2={"value": WIDTH}),
            _layer("bar", bar, "!datum.unsure", x=across, x2={"datum": 0}),
            _layer("unsure", bar, "datum.unsure", x=across, x2={"datum": 0}),
            _layer("name", {**words, "align": "left"}, x={"value": 0}, text={"field": "name"}),
            _layer("value", {**words, "align": "right"}, x={"value": WIDTH}, text={"field": "shown"}),
        ],
    }
    return _drawn(spec, chart.title)


@lru_cache(maxsize=256)
def columns_svg(chart: Columns) -> Markup:
    """Columns over years as an inline SVG, with an axis of years and one of numbers."""
    first, last = min(year for year, _ in chart.years), max(year for year, _ in chart.years)
    axis = {"title": None, "ticks": False, "domain": False, "labelFontSize": 12, "labelPadding": 5}
    spec = {
        "data": {"values": [{"year": year, "n": n} for year, n in chart.years]},
        "width": WIDTH - 30,
        "height": HEIGHT,
        "layer": [
            _layer(
                "bar",
                {"type": "bar", "width": max(2, round((WIDTH - 30) / (last - first + 1)) - 1)},
                x={
                    "field": "year",
                    "type": "quantitative",
                    "scale": {"domain": [first - 0.5, last + 0.5], "nice": False, "zero": False},
                    "axis": {**axis, "format": "d", "grid": False, "values": _ticks(first, last)},
                },
                y={
                    "field": "n",
                    "type": "quantitative",
                    "axis": {**axis, "format": "d", "tickMinStep": 1, "tickCount": 4},
                },
            )
        ],
    }
    return _drawn(spec, chart.title)


def _ticks(first: int, last: int) -> list[int]:
    step = 10 if last - first > 20 else 5
    return [year for year in range(first, last + 1) if year % step == 0] or [first]


def _layer(name: str, mark: dict[str, Any], keep: str = "", **encoding: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name, "mark": mark, "encoding": encoding}
    return {**made, "transform": [{"filter": keep}]} if keep else made


CONFIG = {"background": None, "padding": 1, "config": {"view": {"stroke": None}, "aria": False}}


NO_XML = re.compile("[\ufffe\uffff]")
"""Characters that a text of ours may hold and XML may not."""


def _drawn(spec: dict[str, Any], title: str) -> Markup:
    svg = _convert(NO_XML.sub("\ufffd", json.dumps({**CONFIG, **spec}, sort_keys=True, ensure_ascii=False)))
    return Markup(svg.replace("<svg ", f'<svg role="img" aria-label="{escape(title)}" ', 1))


@lru_cache(maxsize=256)
def _convert(spec: str) -> str:
    """The cleaned drawing of a spec; charts that differ in their title alone are drawn once."""
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    root = ET.fromstring(svg)
    box = root.get("viewBox", "")
    parts = [part for child in root if (part := _clean(child)) is not None]
    return f'<svg class="vl" viewBox="{box}">{"".join(parts)}</svg>'


KEPT = {"path": ("d",), "line": ("x2", "y2"), "text": ("text-anchor",), "g": ()}
"""The attributes of each element that say where it is; all else is the stylesheet's."""
LAYER = re.compile(r"role-mark ([a-z]+)_marks\b")
AXIS = re.compile(r"role-axis-(grid|label)\b")
PLACED = re.compile(r"translate\(0,0\)")
FRACTION = re.compile(r"-?[0-9]+\.[0-9]+(?:e-?[0-9]+)?")


def _clean(element: ET.Element) -> str | None:
    tag = element.tag.rpartition("}")[2]
    if tag not in KEPT or element.get("class") in ("background", "foreground") or element.get("display") == "none":
        return None
    inner = "".join(part for child in element if (part := _clean(child)) is not None)
    text = str(escape(element.text)) if tag == "text" and element.text else ""
    if tag in ("g", "text") and not inner and not text:
        return None
    attributes = {name: element.get(name) for name in KEPT[tag]}
    attributes["transform"] = PLACED.sub("", element.get("transform") or "")
    attributes["class"] = _class(element.get("class") or "")
    written = "".join(f' {name}="{_short(value)}"' for name, value in attributes.items() if value)
    return inner if tag == "g" and not written else f"<{tag}{written}>{inner}{text}</{tag}>"


def _class(found: str) -> str:
    layer = LAYER.search(found) or AXIS.search(found)
    return f"vl-{layer[1]}" if layer else ""


def _short(value: str) -> str:
    """Coordinates to two places: the same on every machine, and half as long."""
    return FRACTION.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), value)
