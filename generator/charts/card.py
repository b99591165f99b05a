"""The picture that stands for a page where its link is shared: 1200 × 630, drawn as SVG.

Nothing of it depends on the reader, so colours are written out; `site` makes a PNG of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

from generator.charts.timeline import width_of

WIDTH, HEIGHT = 1200, 630
EDGE = 84
"""From the left and right edge to the text."""
PAPER, PANEL, INK, INK2, BRAND = "#fcfbf8", "#f3f1ea", "#17201f", "#4a5553", "#9b2743"
COLOURS = {"ended": "#666e6b", "held": "#666e6b", "unknown": "#805400"}
FORCE = "#2c6e49"
SERIF = 'font-family="Catalogue Serif" font-weight="600"'
SANS = 'font-family="Catalogue Sans" font-weight="500"'
SIZES = ((84, 2), (72, 3), (60, 4))
"""Sizes of the title and the lines it may have, the best first."""

MARKS = {
    "negotiating": '<circle cx="10" cy="10" r="8" stroke-dasharray=".1 3.6" stroke-linecap="round"/>',
    "signed": '<circle cx="10" cy="10" r="8"/>',
    "provisional": '<circle cx="10" cy="10" r="8"/><path d="M10 2a8 8 0 0 1 0 16z" {full}/>',
    "full": '<circle cx="10" cy="10" r="9" {full}/>',
    "held": '<circle cx="10" cy="10" r="8"/><circle cx="10" cy="10" r="4" {full}/>',
    "ended": '<circle cx="10" cy="10" r="8"/><path d="M5.5 10h9"/>',
    "unknown": '<circle cx="10" cy="10" r="8" stroke-dasharray="3 2.2"/>'
    '<path d="M7.6 8.2a2.5 2.5 0 1 1 3.7 2.1q-1.2.6-1.2 1.9M10.1 14.2v.5" stroke-width="1.7"/>',
}
"""The shapes of the statuses, as on the pages; the question mark is drawn, not written."""


@dataclass(frozen=True)
class Card:
    """What a card says. `mark` is the shape of a status; `state` its words, with the day."""

    title: str
    site: str
    kicker: str = ""
    mark: str = ""
    state: str = ""


def card_svg(card: Card) -> str:
    """The drawing of a card. Whatever the texts hold, they are text."""
    size, lines = title_lines(card.title)
    top = 150 + size * 0.72
    rows = "".join(
        f'<text x="{EDGE}" y="{top + number * size * 1.14:.0f}" {SERIF} font-size="{size}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    kicker = f'<text x="{EDGE}" y="118" {SANS} font-size="34" fill="{INK2}">{escape(_short(card.kicker, 34))}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/><rect width="{WIDTH}" height="14" fill="{INK}"/>'
        f'<g fill="{INK}">{kicker if card.kicker else ""}{rows}{_state(card)}{_foot(card.site)}</g></svg>\n'
    )


def _state(card: Card) -> str:
    if not card.state:
        return ""
    colour = COLOURS.get(card.mark, FORCE)
    shape = MARKS.get(card.mark, MARKS["negotiating"]).format(full=f'fill="{colour}" stroke="none"')
    mark = f'<g transform="translate({EDGE} 456) scale(2.1)" fill="none" stroke="{colour}" stroke-width="2.2">'
    words = _short(card.state, 34)
    return f'{mark}{shape}</g><text x="{EDGE + 60}" y="489" {SANS} font-size="34">{escape(words)}</text>'


def _foot(site: str) -> str:
    """The site's rings and name on a ground of their own."""
    rings = (
        f'<g transform="translate({EDGE} 555) scale(1.5)" stroke="{INK}" stroke-width="2.2" fill="none">'
        f'<circle cx="12" cy="12" r="10.5"/><path d="M24 1.5a10.5 10.5 0 0 1 0 21z" fill="{BRAND}" stroke="none"/>'
        '<circle cx="24" cy="12" r="10.5"/></g>'
    )
    return (
        f'<rect y="532" width="{WIDTH}" height="98" fill="{PANEL}"/>{rings}'
        f'<text x="{EDGE + 76}" y="585" {SERIF} font-size="32">{escape(_short(site, 34))}</text>'
    )


def title_lines(title: str) -> tuple[int, tuple[str, ...]]:
    """The greatest size at which a title fits, and its lines; one that never fits ends in «…»."""
    for size, most in SIZES:
        lines = _wrapped(title.split(), size)
        if len(lines) <= most and all(_wide(line, size) <= WIDTH - 2 * EDGE for line in lines):
            return size, lines
    size, most = SIZES[-1]
    cut = _wrapped(_broken(title, size), size)
    last = cut[most - 1] if len(cut) == most else cut[most - 1] + " …" if len(cut) > most else ""
    lines = (*cut[: most - 1], last) if last else cut
    return size, tuple(_cut(line, size) for line in lines)


def _wrapped(words: list[str], size: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in words:
        if lines and _wide(f"{lines[-1]} {word}", size) <= WIDTH - 2 * EDGE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _broken(title: str, size: float) -> list[str]:
    """The words of a title; one that is wider than the card is cut."""
    return [_cut(word, size) for word in title.split()]


def _cut(line: str, size: float) -> str:
    while len(line) > 1 and _wide(line, size) > WIDTH - 2 * EDGE:
        line = line.removesuffix("…").rstrip()[:-1].rstrip() + "…"
    return line


def _short(text: str, size: float) -> str:
    """One line of sans, cut where the card ends."""
    return _cut(" ".join(text.split()), size)


def _wide(text: str, size: float) -> float:
    """How wide a line of the serif is at most: its letters are wider than those of the pages, its capitals most."""
    return 1.09 * width_of(text, size) + 0.07 * size * sum(letter.isupper() for letter in text)
