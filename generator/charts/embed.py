"""The card of a record for other sites, as SVG: words in the reader's own fonts, light or dark as the reader has it.

A picture can load nothing, so it brings its colours along; and since its letters may be any, lines are kept short.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

from generator.charts.card import MARKS
from generator.charts.timeline import width_of

WIDTH, HEIGHT = 480, 230
EDGE = 22
STYLE = (
    ".p{fill:#fcfbf8;stroke:#d5d2c6}.i{fill:#17201f}.m{fill:#4a5553}.k{fill:none;stroke:#2c6e49;stroke-width:2}"
    ".f{fill:#2c6e49;stroke:none}.k.e,.k.h{stroke:#666e6b}.k.h .f{fill:#666e6b}.k.u{stroke:#805400}"
    ".t{font:600 20px Georgia,'Times New Roman',serif}.s{font:15px system-ui,sans-serif}"
    ".c{font:13px system-ui,sans-serif}"
    "@media(prefers-color-scheme:dark){.p{fill:#141a19;stroke:#39423f}.i{fill:#eceae2}.m{fill:#b3bab5}"
    ".k{stroke:#7cc49a}.f{fill:#7cc49a}.k.e,.k.h{stroke:#a9b1ad}.k.h .f{fill:#a9b1ad}.k.u{stroke:#e0ac52}}"
)
TONES = {"ended": " e", "held": " h", "unknown": " u"}


@dataclass(frozen=True)
class Embed:
    """What a card says. `mark` is the shape of a status; `facts` are the day and the number of sources."""

    title: str
    kicker: str
    sentence: str
    facts: str
    site: str
    url: str
    mark: str = ""


def embed_svg(card: Embed) -> str:
    """The card as a picture whose texts a screen reader reads, and which leads to the record where it is opened."""
    title = lines_of(card.title, 20, 3)
    sentence = lines_of(card.sentence, 15, 3 if len(title) < 3 else 2, 28 if card.mark else 0)
    top = 62 + 25 * len(title)
    rows = [_row("c m", 36, line) for line in lines_of(card.kicker, 13, 1)]
    rows += [_row("t i", 62 + 25 * number, line) for number, line in enumerate(title)]
    rows += [_row("s i", top + 12 + 21 * number, line, 28 if card.mark else 0) for number, line in enumerate(sentence)]
    rows += [_row("c m", HEIGHT - 34, line) for line in lines_of(card.facts, 13, 1)]
    rows += [_row("c m", HEIGHT - 15, line) for line in lines_of(card.site, 13, 1)]
    told = escape(f"{card.kicker}. {card.sentence} {card.facts} · {card.site}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'lang="en"><title>{escape(card.title)}</title><desc>{told}'
        f'</desc><style>{STYLE}</style><rect class="p" x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="6"/>'
        f'<a href="{escape(card.url)}" target="_top">{"".join(rows)}{_mark(card.mark, top - 3)}</a></svg>\n'
    )


def mark_svg(mark: str) -> str:
    """The shape of a status, for the card as a page."""
    shape = MARKS[mark].format(full='class="f"')
    return f'<svg class="k{TONES.get(mark, "")}" viewBox="0 0 20 20" aria-hidden="true">{shape}</svg>'


def _mark(mark: str, top: int) -> str:
    if not mark:
        return ""
    shape = MARKS[mark].format(full='class="f"')
    return f'<g class="k{TONES.get(mark, "")}" transform="translate({EDGE} {top})">{shape}</g>'


def _row(sort: str, y: int, line: str, right: int = 0) -> str:
    return f'<text class="{sort}" x="{EDGE + right}" y="{y}">{escape(line)}</text>'


def lines_of(text: str, size: float, most: int, indent: int = 0) -> tuple[str, ...]:
    """A text in lines that fit whatever the font; what is too long for `most` lines ends in «…»."""
    room = WIDTH - 2 * EDGE - indent
    lines: list[str] = []
    for word in text.split():
        if lines and _wide(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    kept = [*lines[: most - 1], f"{lines[most - 1]} …"] if len(lines) > most else lines
    return tuple(_cut(line, size, room) for line in kept)


def _cut(line: str, size: float, room: float) -> str:
    while len(line) > 1 and _wide(line, size) > room:
        line = line.removesuffix("…").rstrip()[:-1].rstrip() + "…"
    return line


def _wide(text: str, size: float) -> float:
    """How wide a line is at most in any of the fonts that the style names, or that stand in for them.

    Where there is neither Georgia nor Times, the widest seen is DejaVu Serif in bold.
    """
    return 1.2 * width_of(text, size) + 0.05 * size * sum(letter.isupper() for letter in text)
